package io.millrace.effects.http;

import io.millrace.effects.guard.EgressGuard;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The one way out for HTTP: pooled, HTTP/1.1, TLS 1.2 or newer with verified names. Every
 * connection, redirects included, goes to an address that the {@link EgressGuard} has checked,
 * while Host header, TLS server name and certificate check keep the name.
 */
public final class GuardedHttpClient implements AutoCloseable {
  private static final int HEADER_BYTES_MAX = 65_536;
  // Look-ups block inside the operating system, which would hold up a carrier of virtual threads.
  private static final int LOOKUPS_WAITING_MAX = 10_000;

  private final Vertx vertx;
  private final EgressGuard guard;
  private final HttpClientSettings settings;
  private final HttpClient client;
  private final ExecutorService lookups;

  public GuardedHttpClient(Vertx vertx, EgressGuard guard, HttpClientSettings settings) {
    this.vertx = vertx;
    this.guard = guard;
    this.settings = settings;
    this.client =
        vertx
            .httpClientBuilder()
            .with(options(settings))
            .with(pool(settings))
            // The exchange reports what went wrong; the default handler would log pieces of
            // content.
            .withConnectHandler(connection -> connection.exceptionHandler(_ -> {}))
            .build();
    this.lookups = lookupThreads(settings.lookupThreads());
  }

  /**
   * Sends a request. Returns at once; {@code done} is called exactly once, on any thread, unless
   * the exchange is aborted before. It must not block.
   */
  public PendingExchange send(HttpRequest request, Consumer<HttpOutcome> done) {
    HttpExchange exchange =
        new HttpExchange(
            vertx, client, guard, lookups, settings.connectTimeoutMillis(), request, done);
    exchange.start();
    return exchange;
  }

  /** Closes connections; exchanges under way fail. */
  @Override
  public void close() {
    lookups.shutdownNow();
    client.close().await();
  }

  private static HttpClientOptions options(HttpClientSettings settings) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setUseAlpn(false)
            .setVerifyHost(true)
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
            .setConnectTimeout(settings.connectTimeoutMillis())
            .setSslHandshakeTimeout(settings.connectTimeoutMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setKeepAliveTimeout(settings.keepAliveSeconds())
            .setPipelining(false)
            .setMaxHeaderSize(HEADER_BYTES_MAX)
            // Bodies are counted as they are read; an unpacked one would be a second, hidden size.
            .setDecompressionSupported(false)
            .setTcpNoDelay(true);
    return settings.trust() == null ? options : options.setTrustOptions(settings.trust());
  }

  private static PoolOptions pool(HttpClientSettings settings) {
    return new PoolOptions()
        .setHttp1MaxSize(settings.connectionsPerHostMax())
        .setMaxWaitQueueSize(settings.waitingPerHostMax());
  }

  private static ExecutorService lookupThreads(int threads) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(LOOKUPS_WAITING_MAX),
            Thread.ofPlatform().daemon().name("egress-lookup-", 0).factory());
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
