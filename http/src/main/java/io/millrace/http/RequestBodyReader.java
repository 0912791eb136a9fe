package io.millrace.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one request body within a number of bytes and a time. A body that breaks a limit is
 * answered and its connection closed, so that nobody can make us hold or wait for more.
 */
final class RequestBodyReader {
  private final Exchange exchange;
  private final int bytesMax;
  private final Consumer<RequestBody> then;
  private final Buffer received = Buffer.buffer();
  private long timer = -1;
  private boolean done;

  private RequestBodyReader(Exchange exchange, int bytesMax, Consumer<RequestBody> then) {
    this.exchange = exchange;
    this.bytesMax = bytesMax;
    this.then = then;
  }

  static void read(
      Exchange exchange, int bytesMax, int timeoutSeconds, Consumer<RequestBody> then) {
    HttpServerRequest request = exchange.request();
    RequestBodyReader reader = new RequestBodyReader(exchange, bytesMax, then);
    if (announcedBytes(request) > bytesMax) {
      reader.refuse(413);
      return;
    }
    Vertx vertx = exchange.routing().vertx();
    reader.timer = vertx.setTimer(timeoutSeconds * 1000L, ignored -> reader.refuse(408));
    request.exceptionHandler(ignored -> reader.stop());
    request.handler(reader::receive);
    request.endHandler(ignored -> reader.finish());
  }

  private static long announcedBytes(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length.trim());
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private void receive(Buffer chunk) {
    if (done) {
      return;
    }
    if ((long) received.length() + chunk.length() > bytesMax) {
      refuse(413);
    } else {
      received.appendBuffer(chunk);
    }
  }

  private void finish() {
    if (!stop()) {
      return;
    }
    byte[] sent = received.getBytes();
    String encoding = exchange.request().getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity")) {
      proceed(RequestBody.plain(sent));
    } else {
      exchange.blocking(() -> decode(sent, encoding.trim().toLowerCase(Locale.ROOT)));
    }
  }

  private void decode(byte[] sent, String encoding) {
    byte @Nullable [] content;
    try {
      content = Decompression.decode(sent, encoding, bytesMax);
    } catch (Decompression.UnreadableException e) {
      answerError(400, false);
      return;
    }
    if (content == null) {
      answerError(413, false);
      return;
    }
    exchange.onEventLoop(() -> proceed(new RequestBody(sent, content, true)));
  }

  private void proceed(RequestBody body) {
    try {
      then.accept(body);
    } catch (RuntimeException thrown) {
      exchange.fail(thrown);
    }
  }

  /** Ends the reading; answers false when it had ended before. */
  private boolean stop() {
    if (done) {
      return false;
    }
    done = true;
    if (timer >= 0) {
      exchange.routing().vertx().cancelTimer(timer);
    }
    return true;
  }

  private void refuse(int status) {
    if (stop()) {
      answerError(status, true);
    }
  }

  private void answerError(int status, boolean closeConnection) {
    ErrorBodies.Body body = ErrorBodies.of(status, exchange.request().path());
    if (closeConnection) {
      // The rest of the body is still on its way: a connection that is kept would have to read it.
      exchange.setHeader("Connection", "close");
      exchange.request().handler(ignored -> {});
      exchange.routing().response().endHandler(ignored -> closeSoon());
    }
    exchange.answer(status, body.contentType(), body.bytes());
  }

  // A close in the same moment would reset the connection while the answer is still unread.
  private void closeSoon() {
    exchange.routing().vertx().setTimer(500, ignored -> exchange.request().connection().close());
  }
}
