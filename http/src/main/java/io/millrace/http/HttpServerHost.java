package io.millrace.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one HTTP/1.1 listener of an installation. It bounds what a client may send and how slowly,
 * and answers in the right shape what no route answered; closing lets running requests finish.
 */
public final class HttpServerHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServerHost.class);
  private static final int WEB_SOCKET_BYTES_MAX = 64 * 1024;
  private static final int START_TIMEOUT_SECONDS = 30;

  private final Vertx vertx;
  private final HttpSettings settings;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final FirstRequestWatch firstRequests;

  private HttpServerHost(Vertx vertx, HttpSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
    this.firstRequests = new FirstRequestWatch(vertx, settings.headerTimeoutSeconds());
  }

  /**
   * Starts listening.
   *
   * @param routes mounts the routes; the first that match answer
   * @throws IOException when the address cannot be listened on
   */
  public static HttpServerHost start(HttpSettings settings, Consumer<Router> routes)
      throws IOException {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(settings.eventLoops())
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    HttpServerHost host = new HttpServerHost(vertx, settings);
    try {
      host.listen(routes);
      return host;
    } catch (IOException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  /** The port it listens on. */
  public int port() {
    return servers.getFirst().actualPort();
  }

  public Vertx vertx() {
    return vertx;
  }

  /** Connections open now. */
  public int connections() {
    return connections.get();
  }

  private void listen(Consumer<Router> routes) throws IOException {
    Router router = Router.router(vertx);
    router.route().handler(HttpServerHost::first);
    routes.accept(router);
    for (int status : new int[] {400, 404, 405, 413, 414, 431, 500}) {
      router.errorHandler(status, routing -> answerError(routing, status));
    }
    var deployment =
        vertx.deployVerticle(
            () -> new Listener(router),
            new DeploymentOptions().setInstances(settings.eventLoops()));
    try {
      deployment
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "Cannot listen on "
              + settings.bindAddress()
              + ":"
              + settings.port()
              + ". Expected a free port of this machine; choose another with --port or stop what"
              + " uses it.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while starting to listen", e);
    }
  }

  private static void first(RoutingContext routing) {
    SecurityHeaders.all(routing.response().headers());
    PathRules.tidy(routing);
  }

  private static void answerError(RoutingContext routing, int status) {
    Exchange exchange = Exchange.of(routing);
    Throwable thrown = routing.failure();
    if (thrown != null) {
      exchange.fail(thrown);
    } else {
      ErrorBodies.Body body = ErrorBodies.of(status, routing.request().path());
      exchange.answer(status, body.contentType(), body.bytes());
    }
  }

  /** One server per event loop; they share the port. */
  private final class Listener extends VerticleBase {
    private final Router router;

    Listener(Router router) {
      this.router = router;
    }

    @Override
    public Future<?> start() {
      HttpServer server = vertx.createHttpServer(options());
      server.connectionHandler(HttpServerHost.this::connected);
      server.invalidRequestHandler(HttpServerHost::refuseInvalid);
      server.exceptionHandler(thrown -> LOG.debug("A connection failed", thrown));
      server.requestHandler(request -> {
        firstRequests.over(request.connection());
        router.handle(request);
      });
      servers.add(server);
      return server.listen(address());
    }
  }

  /** The servers of all event loops must find the same port, also when it is any free one. */
  private SocketAddress address() {
    return settings.port() == 0
        ? SocketAddress.sharedRandomPort(1, settings.bindAddress())
        : SocketAddress.inetSocketAddress(settings.port(), settings.bindAddress());
  }

  private HttpServerOptions options() {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setUseAlpn(false)
        .setTcpNoDelay(true)
        .setAcceptBacklog(1024)
        .setIdleTimeout(settings.idleTimeoutSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setHandle100ContinueAutomatically(true)
        .setMaxHeaderSize(settings.headerBytesMax())
        .setMaxInitialLineLength(settings.requestLineBytesMax())
        .setMaxWebSocketFrameSize(WEB_SOCKET_BYTES_MAX)
        .setMaxWebSocketMessageSize(WEB_SOCKET_BYTES_MAX)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false);
  }

  private void connected(HttpConnection connection) {
    int open = connections.incrementAndGet();
    connection.closeHandler(ignored -> {
      connections.decrementAndGet();
      firstRequests.over(connection);
    });
    if (open > settings.connectionsMax()) {
      LOG.warn(
          "Connection from {} closed: {} are open, which is the limit",
          connection.remoteAddress(),
          settings.connectionsMax());
      connection.close();
    } else {
      firstRequests.connected(connection);
    }
  }

  private static void refuseInvalid(HttpServerRequest request) {
    int status = statusOfInvalid(request.decoderResult().cause());
    ErrorBodies.Body body = ErrorBodies.of(status, "/");
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", body.contentType())
        .putHeader("Content-Length", Integer.toString(body.bytes().length))
        .putHeader("Connection", "close")
        .end(Buffer.buffer(body.bytes()))
        .onComplete(ignored -> request.connection().close());
  }

  private static int statusOfInvalid(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException e -> 414;
      case TooLongHttpHeaderException e -> 431;
      case null, default -> 400;
    };
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    Duration patience = Duration.ofSeconds(settings.closeTimeoutSeconds());
    for (HttpServer server : servers) {
      await(server.shutdown(patience), patience.plusSeconds(2));
    }
    await(vertx.close(), Duration.ofSeconds(10));
  }

  private static void await(Future<Void> end, Duration patience) {
    try {
      end.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The listener did not close in order", e);
    }
  }
}
