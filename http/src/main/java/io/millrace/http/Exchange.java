package io.millrace.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer. Made on the event loop; it may be answered from any thread, once, and
 * every answer carries its length.
 */
public final class Exchange {
  public static final String JSON = "application/json; charset=utf-8";
  public static final String HTML = "text/html; charset=utf-8";
  public static final String TEXT = "text/plain; charset=utf-8";

  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final RoutingContext routing;
  private final Context context;

  private Exchange(RoutingContext routing, Context context) {
    this.routing = routing;
    this.context = context;
  }

  /** Takes hold of a request; to be called on its event loop. */
  public static Exchange of(RoutingContext routing) {
    Context context = Vertx.currentContext();
    return new Exchange(routing, context == null ? routing.vertx().getOrCreateContext() : context);
  }

  public RoutingContext routing() {
    return routing;
  }

  public HttpServerRequest request() {
    return routing.request();
  }

  public @Nullable String header(String name) {
    return routing.request().getHeader(name);
  }

  /** The caller's address, as the connection shows it. */
  public String remoteAddress() {
    var address = routing.request().remoteAddress();
    String host = address == null ? null : address.hostAddress();
    return host == null ? "unknown" : host;
  }

  /** Whether the browser spoke TLS, here or with a proxy in front. */
  public boolean secure() {
    return routing.request().isSSL() || "https".equalsIgnoreCase(header("X-Forwarded-Proto"));
  }

  /** Reads the whole body within the limits, or answers the error itself. */
  public void readBody(int bytesMax, int timeoutSeconds, Consumer<RequestBody> then) {
    RequestBodyReader.read(this, bytesMax, timeoutSeconds, then);
  }

  /** Runs work that may block; what it throws becomes the answer. */
  public void blocking(Runnable work) {
    Thread.startVirtualThread(() -> {
      try {
        work.run();
      } catch (Throwable thrown) {
        fail(thrown);
      }
    });
  }

  /** Runs work on this request's event loop. */
  public void onEventLoop(Runnable work) {
    if (context.equals(Vertx.currentContext()) && Context.isOnEventLoopThread()) {
      work.run();
    } else {
      context.runOnContext(ignored -> work.run());
    }
  }

  public void json(int status, byte[] body) {
    answer(status, JSON, body);
  }

  /** Answers with headers set before by {@link #setHeader}. */
  public void answer(int status, String contentType, byte[] body) {
    onEventLoop(() -> end(status, contentType, Buffer.buffer(body)));
  }

  /** Answers without a body. */
  public void empty(int status) {
    onEventLoop(() -> end(status, null, Buffer.buffer()));
  }

  /** Answers with a problem. */
  public void problem(Problem problem) {
    if (problem.retryAfterSeconds() > 0) {
      setHeader("Retry-After", Integer.toString(problem.retryAfterSeconds()));
    }
    json(problem.status(), problem.json());
  }

  /** Adds a header to the answer; before answering. */
  public void setHeader(String name, String value) {
    routing.response().putHeader(name, value);
  }

  /** Turns what a handler threw into an answer: a problem as such, anything else as a fault. */
  public void fail(Throwable thrown) {
    if (thrown instanceof ProblemException problem) {
      problem(problem.problem());
    } else {
      LOG.error("{} {} failed", request().method(), request().path(), thrown);
      ErrorBodies.Body body = ErrorBodies.of(500, request().path());
      answer(500, body.contentType(), body.bytes());
    }
  }

  private void end(int status, @Nullable String contentType, Buffer body) {
    HttpServerResponse response = routing.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(status);
    if (contentType != null) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
    }
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    response.end(body);
  }
}
