package io.millrace.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes connections that do not bring a whole request head in time. The idle timeout alone would
 * let a client hold a connection for hours by sending a byte now and then.
 */
final class FirstRequestWatch {
  private final Vertx vertx;
  private final long timeoutMillis;
  private final Map<HttpConnection, Long> waiting = new ConcurrentHashMap<>();

  FirstRequestWatch(Vertx vertx, int timeoutSeconds) {
    this.vertx = vertx;
    this.timeoutMillis = timeoutSeconds * 1000L;
  }

  void connected(HttpConnection connection) {
    long timer =
        vertx.setTimer(
            timeoutMillis,
            ignored -> {
              if (waiting.remove(connection) != null) {
                connection.close();
              }
            });
    waiting.put(connection, timer);
  }

  /** A request came, or the connection closed. */
  void over(HttpConnection connection) {
    Long timer = waiting.isEmpty() ? null : waiting.remove(connection);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }
}
