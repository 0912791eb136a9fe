package io.millrace.aws.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class HttpSinkTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String SECRET = "s3cr3tKeyForTestsOnly";

  private final Map<String, JsonNode> tasks = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Integer> troubles = new ConcurrentLinkedQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile int bodyBytesMax = Integer.MAX_VALUE;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/api/2/json/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void theSignatureIsThatOfThePublishedExample() {
    String body =
        "{\"ops\":[{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":1001,\"ref\":\"r-1\",\"data\":{\"a\":1}}]}";
    assertThat(Signature.of("1700000000", SECRET, body.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("02c920409ebdb87446a899593ad8789b2ebcfa87");
    assertThat(Signature.of("1700000000", SECRET, new byte[0]))
        .isEqualTo("a39061e9304a99a63fc6eea05e8c1248d97866aa");
  }

  @Test
  void recordsTravelInBatches() throws Exception {
    SubmitTally tally = submit(settings(500, 4 << 20), 1_200);
    assertThat(tally.created()).isEqualTo(1_200);
    assertThat(tasks).hasSize(1_200).containsKey("e0");
    assertThat(requests.get()).isEqualTo(3);
  }

  @Test
  void knownReferencesAreDuplicates() throws Exception {
    submit(settings(500, 4 << 20), 10);
    assertThat(submit(settings(500, 4 << 20), 15)).isEqualTo(new SubmitTally(5, 10, 0, List.of()));
  }

  @Test
  void overloadAndFailuresAreTriedAgain() throws Exception {
    troubles.addAll(List.of(503, 429, 500));
    assertThat(submit(settings(500, 4 << 20), 20).created()).isEqualTo(20);
    assertThat(requests.get()).isEqualTo(4);
  }

  @Test
  void aRequestThatIsTooLargeIsHalved() throws Exception {
    bodyBytesMax = 500;
    assertThat(submit(settings(500, 4 << 20), 40).created()).isEqualTo(40);
    bodyBytesMax = 30;
    assertThat(submit(settings(500, 4 << 20), 2).refusals())
        .extracting(RefusedRecord::reason)
        .containsExactly("TASK_TOO_LARGE", "TASK_TOO_LARGE");
  }

  @Test
  void aWrongSecretIsToldWithoutShowingIt() {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    HttpSinkSettings wrong = HttpSinkSettings.of(address, "7", "wrong", 1001);
    assertThatThrownBy(() -> submit(wrong, 1))
        .isInstanceOf(SubmitException.class)
        .hasMessageContaining("Access denied: wrong signature");
    assertThat(wrong.toString()).doesNotContain("wrong");
  }

  private SubmitTally submit(HttpSinkSettings settings, int records) throws Exception {
    try (HttpSink sink = new HttpSink(settings)) {
      SubmitWindow window = new SubmitWindow(sink, 2_000);
      for (int i = 0; i < records; i++) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        window.submit(record.put("eventID", "e" + i).put("name", "Żółw"));
      }
      return window.drain();
    }
  }

  private HttpSinkSettings settings(int operationsMax, int bytesMax) {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    return new HttpSinkSettings(address, "7", SECRET, 1001, operationsMax, bytesMax, 2, 3, 10_000);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      byte[] body = exchange.getRequestBody().readAllBytes();
      Integer trouble = troubles.poll();
      if (trouble != null) {
        exchange.getResponseHeaders().set("Retry-After", "0");
        exchange.sendResponseHeaders(trouble, -1);
      } else if (body.length > bodyBytesMax) {
        exchange.sendResponseHeaders(413, -1);
      } else {
        byte[] text = JSON.writeValueAsBytes(answered(exchange.getRequestURI(), body));
        exchange.sendResponseHeaders(200, text.length);
        exchange.getResponseBody().write(text);
      }
    }
  }

  private ObjectNode answered(URI uri, byte[] body) {
    String[] path = uri.getPath().split("/");
    ObjectNode answer = JSON.createObjectNode();
    if (!path[6].equals(Signature.of(path[5], SECRET, body))) {
      return answer
          .put("request_proc", "error")
          .put("description", "Access denied: wrong signature");
    }
    answer.put("request_proc", "ok");
    var operations = answer.putArray("ops");
    for (JsonNode operation : JSON.readTree(body).path("ops")) {
      assertThat(operation.path("conv_id").asInt()).isEqualTo(1001);
      String reference = operation.path("ref").stringValue();
      boolean known = tasks.putIfAbsent(reference, operation.path("data")) != null;
      ObjectNode one = operations.addObject().put("proc", known ? "error" : "ok");
      one.put("ref", reference);
      if (known) {
        one.put("description", "not unical reference");
      }
    }
    return answer;
  }
}
