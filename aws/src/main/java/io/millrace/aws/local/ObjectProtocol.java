package io.millrace.aws.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Answers GetObject (and HeadObject) for the files below a folder, with the bucket in the path. */
final class ObjectProtocol {
  private final String bucket;
  private final Path folder;

  ObjectProtocol(String bucket, Path folder) throws IOException {
    this.bucket = bucket;
    this.folder = folder.toRealPath();
  }

  void handle(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      fail(exchange, 405, "MethodNotAllowed");
      return;
    }
    // The URI class has decoded the percent signs; a plus in a path is a plus.
    String path = exchange.getRequestURI().getPath();
    String prefix = "/" + bucket + "/";
    if (!path.startsWith(prefix)) {
      fail(exchange, 404, "NoSuchBucket");
      return;
    }
    Path file = folder.resolve(path.substring(prefix.length())).normalize();
    if (!file.startsWith(folder)
        || !Files.isRegularFile(file)
        || !file.toRealPath().startsWith(folder)) {
      fail(exchange, 404, "NoSuchKey");
      return;
    }
    send(exchange, file, method.equals("HEAD"));
  }

  private static void send(HttpExchange exchange, Path file, boolean head) throws IOException {
    long size = Files.size(file);
    Instant modified = Files.getLastModifiedTime(file).toInstant();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange
        .getResponseHeaders()
        .set(
            "Last-Modified",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(modified.atOffset(ZoneOffset.UTC)));
    exchange
        .getResponseHeaders()
        .set("ETag", "\"" + Long.toHexString(size ^ modified.toEpochMilli()) + "\"");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(size));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, size == 0 ? -1 : size);
    if (size > 0) {
      try (InputStream in = Files.newInputStream(file)) {
        in.transferTo(exchange.getResponseBody());
      }
    }
  }

  private static void fail(HttpExchange exchange, int status, String code) throws IOException {
    byte[] text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
            .formatted(code, code)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : text.length);
    if (!head) {
      exchange.getResponseBody().write(text);
    }
  }
}
