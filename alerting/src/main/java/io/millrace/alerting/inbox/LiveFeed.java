package io.millrace.alerting.inbox;

import io.millrace.alerting.alert.AlertJson;
import io.millrace.alerting.alert.AlertView;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * New and changed alerts as server-sent events. A reader that does not keep up is cut off rather
 * than buffered for; it connects again and reads the list.
 */
final class LiveFeed {
  static final int READERS_MAX = 1_000;
  private static final int UNSENT_EVENTS_MAX = 1_000;
  private static final int UNSENT_BYTES_MAX = 1 << 20;
  private static final String CONTENT_TYPE = "text/event-stream; charset=utf-8";

  private final long heartbeatMillis;
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();

  LiveFeed(long heartbeatMillis) {
    this.heartbeatMillis = heartbeatMillis;
  }

  /** One connection; everything but the counter happens on its own event loop. */
  private final class Reader {
    final Vertx vertx;
    final Context context;
    final HttpServerResponse response;
    final AtomicInteger unsent = new AtomicInteger();
    final long timer;

    Reader(Vertx vertx, Context context, HttpServerResponse response) {
      this.vertx = vertx;
      this.context = context;
      this.response = response;
      this.timer = vertx.setPeriodic(heartbeatMillis, _ -> write(": still here\n\n"));
    }

    void offer(String event) {
      if (unsent.incrementAndGet() > UNSENT_EVENTS_MAX) {
        context.runOnContext(_ -> drop());
        return;
      }
      context.runOnContext(_ -> {
        unsent.decrementAndGet();
        write(event);
      });
    }

    void write(String text) {
      if (response.closed() || response.writeQueueFull()) {
        drop();
      } else {
        response.write(text);
      }
    }

    void drop() {
      if (readers.remove(this)) {
        vertx.cancelTimer(timer);
        if (!response.closed()) {
          response.reset();
        }
      }
    }
  }

  /** Whether another reader can be taken. */
  boolean hasRoom() {
    return readers.size() < READERS_MAX;
  }

  int readers() {
    return readers.size();
  }

  /** Keeps this connection and sends it what happens from now on. Called on its event loop. */
  void open(Vertx vertx, HttpServerResponse response) {
    response
        .setChunked(true)
        .setWriteQueueMaxSize(UNSENT_BYTES_MAX)
        .putHeader("Content-Type", CONTENT_TYPE)
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no");
    Reader reader = new Reader(vertx, vertx.getOrCreateContext(), response);
    readers.add(reader);
    response.closeHandler(_ -> reader.drop());
    response.exceptionHandler(_ -> reader.drop());
    reader.write(": open\n\n");
  }

  void publish(AlertView alert) {
    if (readers.isEmpty()) {
      return;
    }
    // JSON has no raw line breaks, so one data line is enough.
    String event = "event: alert\ndata: " + AlertJson.brief(alert) + "\n\n";
    readers.forEach(reader -> reader.offer(event));
  }

  void close() {
    readers.forEach(reader -> reader.context.runOnContext(_ -> reader.drop()));
  }
}
