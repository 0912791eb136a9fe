package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServerHostTest {
  private static final HttpSettings SETTINGS =
      new HttpSettings("127.0.0.1", 0, 1_000, 1_000, 8_192, 4_096, 5, 1, 1, 3, 2, 5);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final CountDownLatch slowMayEnd = new CountDownLatch(1);
  private final CountDownLatch slowStarted = new CountDownLatch(1);
  private HttpServerHost host;

  @BeforeEach
  void start() throws IOException {
    host = HttpServerHost.start(SETTINGS, this::mount);
  }

  @AfterEach
  void stop() {
    slowMayEnd.countDown();
    host.close();
    client.close();
  }

  private void mount(Router router) {
    router
        .post("/api/echo")
        .handler(routing -> {
          Exchange exchange = Exchange.of(routing);
          exchange.readBody(
              1_000,
              SETTINGS.bodyTimeoutSeconds(),
              body -> exchange.answer(200, Exchange.TEXT, body.content()));
        });
    router
        .get("/api/slow")
        .handler(routing -> {
          Exchange exchange = Exchange.of(routing);
          exchange.blocking(() -> {
            slowStarted.countDown();
            await(slowMayEnd);
            exchange.json(200, "{}".getBytes(StandardCharsets.UTF_8));
          });
        });
    router
        .get("/api/fault")
        .handler(routing ->
            Exchange.of(routing)
                .blocking(() -> {
                  throw new IllegalStateException("a secret detail");
                }));
    router
        .get("/api/refused")
        .handler(routing -> {
          throw Problem.invalid("limit", "many", "a number", "Correct it.").exception();
        });
    new StaticFiles(getClass().getClassLoader(), "sample").mount(router);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path));
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path).GET();
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aBodyUpToTheLimitIsRead() throws Exception {
    assertThat(post("/api/echo", "x".repeat(1_000)).body()).hasSize(1_000);
    HttpResponse<String> tooLarge = post("/api/echo", "x".repeat(1_001));
    assertThat(tooLarge.statusCode()).isEqualTo(413);
    assertThat(tooLarge.body()).contains("\"code\":\"too_large\"");
  }

  @Test
  void aBodyThatNeverEndsIsGivenUp() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", host.port())) {
      socket
          .getOutputStream()
          .write(
              "POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"code\":\"timeout\"");
    }
  }

  @Test
  void aConnectionWithoutARequestIsClosed() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", host.port())) {
      socket.getOutputStream().write("GET /api".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void moreConnectionsThanAllowedAreClosed() throws Exception {
    try (Socket one = new Socket("127.0.0.1", host.port());
        Socket two = new Socket("127.0.0.1", host.port());
        Socket three = new Socket("127.0.0.1", host.port())) {
      assertThat(new Socket[] {one, two, three}).allMatch(Socket::isConnected);
      Awaitility.await().until(() -> host.connections() == 3);
      try (Socket four = new Socket("127.0.0.1", host.port())) {
        assertThat(four.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void faultsAreAnsweredWithoutTheirDetails() throws Exception {
    HttpResponse<String> fault = get("/api/fault");
    assertThat(fault.statusCode()).isEqualTo(500);
    assertThat(fault.body()).contains("\"code\":\"internal\"").doesNotContain("secret");
    HttpResponse<String> refused = get("/api/refused");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"invalid\",\"field\":\"limit\",\"value\":\"many\",\"expected\":\"a number\",\"remedy\":\"Correct it.\"}}");
  }

  @Test
  void wrongMethodsAndUnknownPathsAreSaid() throws Exception {
    assertThat(get("/api/echo").statusCode()).isEqualTo(405);
    assertThat(post("/api/slow", "").statusCode()).isEqualTo(405);
    assertThat(post("/api/nothing", "").statusCode()).isEqualTo(404);
    assertThat(get("/api/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void thePageIsServedForItsRoutesAndAssetsAreKept() throws Exception {
    HttpResponse<String> page = get("/processes/17?x=1");
    assertThat(page.body()).contains("<title>app</title>");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("script-src 'self';", "frame-ancestors 'none'");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    HttpResponse<String> script = get("/assets/main-abc123.js");
    assertThat(script.headers().firstValue("Cache-Control"))
        .hasValue("public, max-age=31536000, immutable");
    assertThat(script.headers().firstValue("Content-Type"))
        .hasValue("text/javascript; charset=utf-8");
    assertThat(
            get("/assets/main-abc123.js", "Accept-Encoding", "gzip")
                .headers()
                .firstValue("Content-Encoding"))
        .hasValue("gzip");
    String tag = script.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = get("/assets/main-abc123.js", "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
  }

  @Test
  void pathTricksFindNothing() throws Exception {
    for (String path :
        new String[] {
          "/../logback-test.xml",
          "/..%2flogback-test.xml",
          "/%2e%2e/logback-test.xml",
          "/assets/..%2f..%2flogback-test.xml",
          "/.hidden.js",
          "/assets%5cmain.js",
          "/missing.js"
        }) {
      try (Socket socket = new Socket("127.0.0.1", host.port())) {
        socket
            .getOutputStream()
            .write(
                ("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .as(path)
            .startsWith("HTTP/1.1 404 ");
      }
    }
  }

  @Test
  void closingLetsARunningRequestFinish() throws Exception {
    CompletableFuture<HttpResponse<String>> slow =
        client.sendAsync(request("/api/slow").GET().build(), HttpResponse.BodyHandlers.ofString());
    slowStarted.await();
    Thread closing = Thread.startVirtualThread(host::close);
    slowMayEnd.countDown();
    assertThat(slow.join().statusCode()).isEqualTo(200);
    closing.join();
  }

  @Test
  void aTakenPortIsSaidInWords() {
    assertThatThrownBy(
            () -> HttpServerHost.start(SETTINGS.withPort(host.port()), router -> {}).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Cannot listen on 127.0.0.1:" + host.port())
        .hasMessageContaining("--port");
  }
}
