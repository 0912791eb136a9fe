package io.millrace.effects.http;

import io.millrace.effects.guard.EgressDecision;
import io.millrace.effects.guard.EgressGuard;
import io.millrace.effects.http.HttpUrl.InvalidUrlException;
import io.millrace.engine.command.Effect.Header;
import io.millrace.engine.command.EffectResult.HttpFailure;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request with its redirects: check the destination, connect to a checked address, send, read
 * within the limits. The first of answer, failure, timeout and abort ends it; the rest is ignored.
 */
final class HttpExchange implements PendingExchange {
  private final Vertx vertx;
  private final HttpClient client;
  private final EgressGuard guard;
  private final Executor lookups;
  private final int connectTimeoutMillis;
  private final HttpRequest request;
  private final Consumer<HttpOutcome> done;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final long startNanos = System.nanoTime();
  private volatile long timer = -1;
  private volatile @Nullable HttpClientRequest current;

  /** One request of the chain. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Hop(
      HttpUrl url,
      String method,
      List<Header> headers,
      byte @Nullable [] body,
      int redirectsLeft) {}

  HttpExchange(
      Vertx vertx,
      HttpClient client,
      EgressGuard guard,
      Executor lookups,
      int connectTimeoutMillis,
      HttpRequest request,
      Consumer<HttpOutcome> done) {
    this.vertx = vertx;
    this.client = client;
    this.guard = guard;
    this.lookups = lookups;
    this.connectTimeoutMillis = connectTimeoutMillis;
    this.request = request;
    this.done = done;
  }

  void start() {
    try {
      HttpUrl url = HttpUrl.parse(request.url());
      RequestHeaders.checkMethod(request.method());
      List<Header> headers = RequestHeaders.prepare(request.headers(), url);
      timer = vertx.setTimer(Math.max(1, request.timeoutMillis()), _ -> timeout());
      go(new Hop(url, request.method(), headers, request.body(), request.redirectsMax()));
    } catch (InvalidUrlException | RequestHeaders.InvalidHeaderException e) {
      // Reported later: the caller has not even got this exchange yet.
      vertx.runOnContext(_ -> fail(HttpFailure.INVALID_REQUEST, String.valueOf(e.getMessage())));
    }
  }

  @Override
  public void abort() {
    if (ended.compareAndSet(false, true)) {
      release();
    }
  }

  private void go(Hop hop) {
    try {
      lookups.execute(() -> check(hop));
    } catch (RejectedExecutionException e) {
      vertx.runOnContext(_ ->
          fail(
              HttpFailure.INTERNAL, "Too many name look-ups are waiting, or the client is closed"));
    }
  }

  private void check(Hop hop) {
    if (ended.get()) {
      return;
    }
    try {
      switch (guard.check(hop.url.host(), hop.url.port())) {
        case EgressDecision.Allowed(List<InetAddress> addresses) -> connect(hop, addresses, 0);
        case EgressDecision.Blocked(String message) -> fail(HttpFailure.BLOCKED, message);
        case EgressDecision.Unresolved(String message) -> fail(HttpFailure.CONNECT, message);
      }
    } catch (RuntimeException e) {
      fail(HttpFailure.INTERNAL, "The request failed inside the client: " + e.getClass().getName());
    }
  }

  /** Tries the checked addresses in turn; nothing was sent before one of them answers. */
  private void connect(Hop hop, List<InetAddress> addresses, int index) {
    client
        .request(options(hop, addresses.get(index)))
        .onSuccess(open -> send(hop, open))
        .onFailure(cause -> {
          if (cause instanceof ConnectionPoolTooBusyException) {
            fail(HttpFailure.INTERNAL, "Too many requests wait for " + hop.url);
          } else if (index + 1 < addresses.size() && !ended.get()) {
            connect(hop, addresses, index + 1);
          } else {
            fail(HttpFailure.CONNECT, "No connection to " + hop.url + ": " + reason(cause));
          }
        });
  }

  private RequestOptions options(Hop hop, InetAddress address) {
    RequestOptions options =
        new RequestOptions()
            // The literal address is what is connected to; the name is only talked about.
            .setServer(SocketAddress.inetSocketAddress(hop.url.port(), address.getHostAddress()))
            .setHost(hop.url.host().text())
            .setPort(hop.url.port())
            .setSsl(hop.url.tls())
            .setMethod(HttpMethod.valueOf(hop.method))
            .setURI(hop.url.target())
            .setFollowRedirects(false)
            .setConnectTimeout(connectTimeoutMillis);
    options.putHeader("Host", hop.url.hostHeader());
    hop.headers.forEach(header -> options.addHeader(header.name(), header.value()));
    return options;
  }

  private void send(Hop hop, HttpClientRequest open) {
    current = open;
    if (ended.get()) {
      open.reset();
      return;
    }
    open.response()
        .onSuccess(response -> read(hop, response))
        .onFailure(cause -> fail(HttpFailure.CONNECT, broken(hop, cause)));
    byte[] body = hop.body;
    if (body != null) {
      open.end(Buffer.buffer(body));
    } else {
      if (RequestHeaders.expectsBody(hop.method)) {
        open.putHeader("Content-Length", "0");
      }
      open.end();
    }
  }

  private void read(Hop hop, HttpClientResponse response) {
    String location = response.getHeader("Location");
    if (location != null && hop.redirectsLeft > 0 && isRedirect(response.statusCode())) {
      redirect(hop, response, location);
      return;
    }
    long bytesMax = request.responseBytesMax();
    BodyCollector body = new BodyCollector(bytesMax);
    response.exceptionHandler(cause -> fail(HttpFailure.CONNECT, broken(hop, cause)));
    response.handler(chunk -> {
      if (!ended.get() && !body.add(chunk)) {
        fail(HttpFailure.TOO_LARGE, "The answer is longer than " + bytesMax + " bytes");
      }
    });
    response.endHandler(_ ->
        end(
            new HttpOutcome.Answered(
                response.statusCode(),
                headers(response),
                body.bytes(),
                (System.nanoTime() - startNanos) / 1_000)));
  }

  private void redirect(Hop hop, HttpClientResponse response, String location) {
    try {
      HttpUrl next = hop.url.resolve(location);
      if (hop.url.tls() && !next.tls()) {
        fail(HttpFailure.BLOCKED, "Refused to follow a redirect from https to http at " + hop.url);
        return;
      }
      int status = response.statusCode();
      boolean turnsToGet =
          status == 303
              || (status <= 302 && !hop.method.equals("GET") && !hop.method.equals("HEAD"));
      String method = turnsToGet && !hop.method.equals("HEAD") ? "GET" : hop.method;
      List<Header> headers =
          RequestHeaders.forRedirect(hop.headers, hop.url.sameOrigin(next), turnsToGet);
      // A redirect's own body is of no interest and of unknown length: its connection is closed.
      response.exceptionHandler(_ -> {});
      response.request().reset();
      current = null;
      go(new Hop(next, method, headers, turnsToGet ? null : hop.body, hop.redirectsLeft - 1));
    } catch (InvalidUrlException e) {
      fail(HttpFailure.CONNECT, "A redirect of " + hop.url + " is not usable. " + e.getMessage());
    }
  }

  private void timeout() {
    fail(HttpFailure.TIMEOUT, "No complete answer within " + request.timeoutMillis() + " ms");
  }

  private void fail(HttpFailure failure, String detail) {
    if (ended.compareAndSet(false, true)) {
      release();
      done.accept(new HttpOutcome.Failed(failure, detail));
    }
  }

  private void end(HttpOutcome outcome) {
    if (ended.compareAndSet(false, true)) {
      vertx.cancelTimer(timer);
      done.accept(outcome);
    }
  }

  private void release() {
    vertx.cancelTimer(timer);
    HttpClientRequest open = current;
    if (open != null) {
      open.reset();
    }
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static List<Header> headers(HttpClientResponse response) {
    List<Header> headers = new ArrayList<>();
    for (Map.Entry<String, String> header : response.headers()) {
      headers.add(new Header(header.getKey(), header.getValue()));
    }
    return headers;
  }

  private static String broken(Hop hop, Throwable cause) {
    return "The connection to "
        + hop.url
        + " broke before the answer was complete: "
        + reason(cause);
  }

  // Messages of TLS and socket errors name hosts and ports, never content.
  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
