package io.millrace.app.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.app.binary.ServerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/** What nodes call: it answers, fails or hangs as the path says, and remembers who called. */
final class CalledServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<Integer, Set<String>> keysOfNumber = new ConcurrentHashMap<>();

  CalledServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The idempotency keys of the calls of each number. */
  Map<Integer, Set<String>> keysOfNumber() {
    return keysOfNumber;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = ServerClient.JSON.readTree(exchange.getRequestBody());
      int number = body.path("n").asInt();
      keysOfNumber
          .computeIfAbsent(number, any -> ConcurrentHashMap.newKeySet())
          .add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
      switch (Numbered.Answer.valueOf(exchange.getRequestURI().getPath().substring(1))) {
        case OK -> answer(exchange, 200, "{\"called\":%d}".formatted(number));
        case FAIL -> answer(exchange, 500, "{\"why\":\"asked to fail\"}");
        case HANG -> closed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
