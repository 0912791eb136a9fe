package io.millrace.effects.http;

import static io.millrace.effects.http.RawServer.answering;
import static io.millrace.effects.http.RawServer.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.effects.guard.EgressGuard;
import io.millrace.effects.guard.EgressRules;
import io.millrace.effects.guard.NameResolver;
import io.millrace.engine.command.Effect.Header;
import io.millrace.engine.command.EffectResult.HttpFailure;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedHttpClientTest {
  private static final Vertx VERTX = Vertx.vertx();

  // 127.0.0.2 may be reached in these tests, 127.0.0.3 and the rest of loopback may not.
  private static final EgressRules RULES = EgressRules.allowing(List.of("127.0.0.2"));

  @AfterAll
  static void closeVertx() {
    VERTX.close().await();
  }

  @Test
  void anAnswerArrivesWholeWhateverItsStatus() throws Exception {
    try (RawServer server =
        new RawServer("127.0.0.2", answering("HTTP/1.1 418 Teapot\r\nX-A: 1\r\nX-A: 2", "short"))) {
      HttpOutcome.Answered answer = answered(send(post(server, "/pot", "tea")));

      assertThat(answer.status()).isEqualTo(418);
      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("short");
      assertThat(answer.headers()).contains(new Header("X-A", "1"), new Header("X-A", "2"));
      assertThat(server.requests.getFirst())
          .startsWith("POST /pot HTTP/1.1\r\n")
          .contains("127.0.0.2:" + server.port())
          .endsWith("\r\n\r\ntea");
    }
  }

  @Test
  void theNameIsResolvedOnceAndTheCheckedAddressIsUsed() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    // The first answer is allowed; whoever asks again is sent to a forbidden address.
    NameResolver swapping =
        _ ->
            List.of(
                InetAddress.getByName(lookups.incrementAndGet() == 1 ? "127.0.0.2" : "127.0.0.1"));
    try (RawServer server = new RawServer("127.0.0.2", answering("HTTP/1.1 200 OK", "checked"))) {
      String url = "http://swap.example:" + server.port() + "/a";

      HttpOutcome.Answered first = answered(send(swapping, get(url)));
      HttpOutcome second = send(swapping, get(url));

      assertThat(new String(first.body(), StandardCharsets.UTF_8)).isEqualTo("checked");
      assertThat(server.requests.getFirst())
          .containsIgnoringCase("Host: swap.example:" + server.port());
      assertFailed(second, HttpFailure.BLOCKED, "127.0.0.1 is a loopback address");
      assertThat(lookups).hasValue(2);
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void aPublicAddressFirstDoesNotOpenTheWayToLoopback() throws Exception {
    Queue<String> answers = new ArrayDeque<>(List.of("192.0.2.1", "127.0.0.1"));
    NameResolver swapping = _ -> List.of(InetAddress.getByName(String.valueOf(answers.poll())));
    try (RawServer server = new RawServer("127.0.0.1", answering("HTTP/1.1 200 OK", "secret"));
        GuardedHttpClient client =
            new GuardedHttpClient(
                VERTX,
                new EgressGuard(EgressRules.allowing(List.of("192.0.2.1")), swapping),
                HttpClientSettings.defaults().withConnectTimeoutMillis(200))) {
      String url = "http://swap.example:" + server.port() + "/";

      HttpOutcome first = send(client, get(url));
      HttpOutcome second = send(client, get(url));

      assertFailed(first, HttpFailure.CONNECT, "swap.example");
      assertFailed(second, HttpFailure.BLOCKED, "127.0.0.1");
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void theNextCheckedAddressIsTriedWhenOneRefuses() throws Exception {
    EgressRules rules = EgressRules.allowing(List.of("127.0.0.0/8"));
    NameResolver two =
        _ -> List.of(InetAddress.getByName("127.0.0.9"), InetAddress.getByName("127.0.0.2"));
    try (RawServer server = new RawServer("127.0.0.2", answering("HTTP/1.1 200 OK", "second"));
        GuardedHttpClient client =
            new GuardedHttpClient(
                VERTX, new EgressGuard(rules, two), HttpClientSettings.defaults())) {
      assertThat(answered(send(client, get("http://two.example:" + server.port()))).status())
          .isEqualTo(200);
    }
  }

  @Test
  void aRefusedConnectionFailsAsConnect() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
      port = free.getLocalPort();
    }
    assertFailed(send(get("http://127.0.0.2:" + port)), HttpFailure.CONNECT, "No connection to");
  }

  @Test
  void aServerThatHangsRunsIntoTheTimeLimit() throws Exception {
    try (RawServer server = new RawServer("127.0.0.2", (_, _) -> {})) {
      assertFailed(
          send(request("GET", url(server, "/"), null, 150, 1000, 0)),
          HttpFailure.TIMEOUT,
          "within 150 ms");
    }
  }

  @Test
  void aServerThatDripsItsAnswerRunsIntoTheSameTimeLimit() throws Exception {
    try (RawServer server =
        new RawServer(
            "127.0.0.2",
            (connection, _) -> {
              write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
              while (true) {
                write(connection, "x");
                Thread.sleep(10);
              }
            })) {
      assertFailed(
          send(request("GET", url(server, "/"), null, 200, 1_000_000, 0)),
          HttpFailure.TIMEOUT,
          "within 200 ms");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        "junk\r\n\r\n"
      })
  void aCutOrBrokenAnswerFailsAsConnect(String beginning) throws Exception {
    try (RawServer server =
        new RawServer(
            "127.0.0.2",
            (connection, _) -> {
              write(connection, beginning);
              connection.close();
            })) {
      assertFailed(send(get(url(server, "/"))), HttpFailure.CONNECT, "127.0.0.2");
    }
  }

  @Test
  void anEndlessAnswerIsCutAtTheLimit() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    try (RawServer server =
        new RawServer(
            "127.0.0.2",
            (connection, _) -> {
              write(connection, "HTTP/1.1 200 OK\r\n\r\n");
              while (true) {
                write(connection, "x".repeat(1000));
                sent.addAndGet(1000);
              }
            })) {
      assertFailed(
          send(request("GET", url(server, "/"), null, 5_000, 4_000, 0)),
          HttpFailure.TOO_LARGE,
          "longer than 4000 bytes");
    }
  }

  @Test
  void anAnswerOfExactlyTheLimitIsComplete() throws Exception {
    try (RawServer server = new RawServer("127.0.0.2", answering("HTTP/1.1 200 OK", "12345"))) {
      assertThat(answered(send(request("GET", url(server, "/"), null, 5_000, 5, 0))).body())
          .hasSize(5);
    }
  }

  @Test
  void withoutRedirectsTheRedirectIsTheAnswer() throws Exception {
    try (RawServer server =
        new RawServer("127.0.0.2", answering("HTTP/1.1 302 Found\r\nLocation: /next", ""))) {
      assertThat(answered(send(get(url(server, "/")))).status()).isEqualTo(302);
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void aRedirectToAForbiddenAddressIsRefused() throws Exception {
    try (RawServer secret = new RawServer("127.0.0.3", answering("HTTP/1.1 200 OK", "secret"));
        RawServer server =
            new RawServer(
                "127.0.0.2",
                answering(
                    "HTTP/1.1 302 Found\r\nLocation: " + url(secret, "/").replace(".2:", ".3:"),
                    ""))) {
      HttpOutcome outcome = send(request("GET", url(server, "/"), null, 5_000, 1000, 3));

      assertFailed(outcome, HttpFailure.BLOCKED, "127.0.0.3 is a loopback address");
      assertThat(secret.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"301, GET", "302, GET", "303, GET", "307, POST", "308, POST"})
  void aRedirectKeepsOrDropsMethodAndBodyByItsStatus(int status, String method) throws Exception {
    try (RawServer server =
        new RawServer(
            "127.0.0.2",
            (connection, request) -> {
              boolean first = request.contains(" /first ");
              answering(
                      first
                          ? "HTTP/1.1 " + status + " Moved\r\nLocation: second?x=1"
                          : "HTTP/1.1 200 OK",
                      "")
                  .handle(connection, request);
            })) {
      assertThat(
              answered(send(request("POST", url(server, "/first"), "data", 5_000, 1000, 3)))
                  .status())
          .isEqualTo(200);
      assertThat(server.requests.get(1)).startsWith(method + " /second?x=1 HTTP/1.1");
      assertThat(server.requests.get(1).endsWith("data")).isEqualTo(method.equals("POST"));
    }
  }

  @Test
  void aRedirectLoopEndsWithTheRedirectAsAnswer() throws Exception {
    try (RawServer server =
        new RawServer("127.0.0.2", answering("HTTP/1.1 302 Found\r\nLocation: /again", ""))) {
      assertThat(answered(send(request("GET", url(server, "/"), null, 5_000, 1000, 3))).status())
          .isEqualTo(302);
      assertThat(server.requests).hasSize(4);
    }
  }

  @Test
  void secretsDoNotFollowARedirectToAnotherOrigin() throws Exception {
    try (RawServer other = new RawServer("127.0.0.2", answering("HTTP/1.1 200 OK", ""));
        RawServer server =
            new RawServer(
                "127.0.0.2", answering("HTTP/1.1 307 Moved\r\nLocation: " + url(other, "/"), ""))) {
      HttpRequest request =
          new HttpRequest(
              "GET",
              url(server, "/"),
              List.of(new Header("Authorization", "Bearer t0p"), new Header("X-Plain", "stays")),
              null,
              5_000,
              1000,
              1);

      answered(send(NameResolver.system(), request));

      assertThat(server.requests.getFirst()).contains("Bearer t0p");
      assertThat(other.requests.getFirst()).doesNotContain("t0p").contains("X-Plain: stays");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no-scheme.example/x",
        "ftp://a.example",
        "http://",
        "http:///path",
        "http://a.example:0",
        "http://a.example:70000",
        "http://a.example\\@127.0.0.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1/",
        "http://a.example/\r\nX: y",
        "http://a b.example/"
      })
  void anUnusableUrlIsAnInvalidRequest(String url) throws Exception {
    assertFailed(send(get(url)), HttpFailure.INVALID_REQUEST, "URL");
  }

  @ParameterizedTest
  @CsvSource({"'X Y', v", "'X', 'a\r\nInjected: 1'", "'', v"})
  void anUnusableHeaderIsAnInvalidRequestAndItsValueIsNotRepeated(String name, String value)
      throws Exception {
    HttpRequest request =
        new HttpRequest(
            "GET", "http://127.0.0.2:1/", List.of(new Header(name, value)), null, 1000, 1000, 0);

    HttpOutcome outcome = send(NameResolver.system(), request);

    assertFailed(outcome, HttpFailure.INVALID_REQUEST, "Header");
    assertThat(outcome.toString()).doesNotContain("Injected");
  }

  @Test
  void theClientFramesTheMessageItself() throws Exception {
    try (RawServer server = new RawServer("127.0.0.2", answering("HTTP/1.1 200 OK", ""))) {
      HttpRequest request =
          new HttpRequest(
              "POST",
              "http://user:p%40ss@127.0.0.2:" + server.port() + "/ä b?q={1|2}#part",
              List.of(
                  new Header("Content-Length", "999"),
                  new Header("Transfer-Encoding", "chunked"),
                  new Header("Host", "evil.example")),
              null,
              5_000,
              1000,
              0);

      answered(send(NameResolver.system(), request));

      String sent = server.requests.getFirst();
      assertThat(sent)
          .startsWith("POST /%C3%A4%20b?q=%7B1%7C2%7D HTTP/1.1\r\n")
          .containsIgnoringCase("\r\ncontent-length: 0\r\n")
          .contains("\r\nAuthorization: Basic dXNlcjpwQHNz\r\n")
          .doesNotContain("evil.example")
          .doesNotContainIgnoringCase("transfer-encoding");
    }
  }

  @Test
  void anAbortedExchangeReportsNothingAndClosesItsConnection() throws Exception {
    CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();
    CompletableFuture<@Nullable Void> reached = new CompletableFuture<>();
    CompletableFuture<HttpOutcome> outcome = new CompletableFuture<>();
    try (RawServer server =
            new RawServer(
                "127.0.0.2",
                (connection, _) -> {
                  reached.complete(null);
                  if (connection.getInputStream().read() < 0) {
                    gone.complete(null);
                  }
                });
        GuardedHttpClient client = client(NameResolver.system())) {
      PendingExchange exchange = client.send(get(url(server, "/")), outcome::complete);
      reached.get(5, TimeUnit.SECONDS);

      exchange.abort();

      gone.get(5, TimeUnit.SECONDS);
      assertThat(outcome).isNotDone();
    }
  }

  static String url(RawServer server, String path) {
    return "http://127.0.0.2:" + server.port() + path;
  }

  private static HttpRequest get(String url) {
    return request("GET", url, null, 5_000, 1_000_000, 0);
  }

  private static HttpRequest post(RawServer server, String path, String body) {
    return request("POST", url(server, path), body, 5_000, 1_000_000, 0);
  }

  private static HttpRequest request(
      String method, String url, @Nullable String body, long timeout, long bytes, int redirects) {
    byte[] content = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
    return new HttpRequest(method, url, List.of(), content, timeout, bytes, redirects);
  }

  private static GuardedHttpClient client(NameResolver resolver) {
    return new GuardedHttpClient(
        VERTX, new EgressGuard(RULES, resolver), HttpClientSettings.defaults());
  }

  private static HttpOutcome send(HttpRequest request) throws Exception {
    return send(NameResolver.system(), request);
  }

  private static HttpOutcome send(NameResolver resolver, HttpRequest request) throws Exception {
    try (GuardedHttpClient client = client(resolver)) {
      return send(client, request);
    }
  }

  static HttpOutcome send(GuardedHttpClient client, HttpRequest request) throws Exception {
    CompletableFuture<HttpOutcome> outcome = new CompletableFuture<>();
    client.send(request, outcome::complete);
    return outcome.get(10, TimeUnit.SECONDS);
  }

  static HttpOutcome.Answered answered(HttpOutcome outcome) {
    assertThat(outcome).isInstanceOf(HttpOutcome.Answered.class);
    return (HttpOutcome.Answered) outcome;
  }

  static void assertFailed(HttpOutcome outcome, HttpFailure failure, String detail) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            HttpOutcome.Failed.class,
            failed -> {
              assertThat(failed.failure()).isEqualTo(failure);
              assertThat(failed.detail()).contains(detail);
            });
  }
}
