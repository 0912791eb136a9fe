package io.millrace.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.alerting.channel.ChannelSettings;
import io.millrace.engine.command.Effect;
import io.millrace.http.Identity;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RoutesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TOKEN = "t0ps3cret-token-0123456789";
  private final AlertingFixture fixture =
      new AlertingFixture(
          new ChannelSettings(
              "hook", "webhook", Map.of("url", "http://127.0.0.1:1/" + TOKEN, "secret", TOKEN)));
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;
  private volatile @Nullable Identity caller = new Identity(7, "Ann", true, true);

  @BeforeEach
  void listen() {
    Router router = Router.router(fixture.vertx);
    fixture.alerting.mount(router, _ -> caller);
    server = fixture.vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
  }

  @AfterEach
  void close() {
    client.close();
    server.close().await();
    fixture.close();
  }

  @Test
  void theListIsNewestFirstWithCounts() throws Exception {
    store(1, "low", 10);
    store(2, "critical", 30);
    store(3, "low", 20);

    JsonNode answer = get("/api/alerts", 200);

    assertThat(titles(answer)).containsExactly("Title 2", "Title 3", "Title 1");
    assertThat(answer.path("next").isNull()).isTrue();
    assertThat(answer.path("counts").toString())
        .isEqualTo(
            "{\"info\":0,\"low\":2,\"medium\":0,\"high\":0,\"critical\":1,\"total\":3,"
                + "\"unacknowledged\":3}");
    assertThat(answer.path("alerts").path(0).toString())
        .isEqualTo(
            "{\"id\":\"2\",\"dedupKey\":\"\",\"title\":\"Title 2\",\"text\":\"Text 2\",\"severity\":"
                + "\"critical\",\"fields\":{\"user\":\"alice2\"},\"channel\":\"inbox\",\"count\":1,"
                + "\"firstMillis\":30,\"lastMillis\":30,\"acknowledged\":false,\"acknowledgedBy\":null,"
                + "\"acknowledgedMillis\":null,\"processId\":42,\"nodeId\":"
                + "\"0123456789abcdef01234567\",\"taskId\":\"01977420dc00001000000002\"}");
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepetition() throws Exception {
    for (int i = 1; i <= 7; i++) {
      store(i, "low", i / 3);
    }
    List<String> titles = new ArrayList<>();
    String before = "";
    int pages = 0;
    while (before != null) {
      JsonNode page = get("/api/alerts?limit=3" + before, 200);
      titles.addAll(titles(page));
      before = page.path("next").isNull() ? null : "&before=" + page.path("next").asString();
      pages++;
    }

    assertThat(pages).isEqualTo(3);
    assertThat(titles)
        .containsExactly(
            "Title 7", "Title 6", "Title 5", "Title 4", "Title 3", "Title 2", "Title 1");
  }

  @ParameterizedTest
  @CsvSource({
    "severity=critical, Title 2",
    "severity=high%2Ccritical, Title 2",
    "query=ALICE1, Title 1",
    "query=title+alice2, Title 2",
    "query=100%25_x, ''",
    "query=%25, ''",
    "channel=hook, ''",
    "processId=42&severity=low, Title 1",
    "processId=43, ''",
    "fromMillis=11, Title 2",
    "toMillis=11, Title 1",
    "acknowledged=true, ''"
  })
  void filtersNarrowTheList(String query, String expected) throws Exception {
    store(1, "low", 10);
    store(2, "critical", 30);

    assertThat(titles(get("/api/alerts?" + query, 200)))
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=201",
        "limit=x",
        "before=x",
        "severity=bad",
        "acknowledged=1",
        "processId=-",
        "fromMillis=99999999999999999999"
      })
  void aWrongValueIsNamed(String query) throws Exception {
    JsonNode error = get("/api/alerts?" + query, 400).path("error");

    assertThat(error.path("code").asString()).isEqualTo("bad_value");
    assertThat(error.path("field").asString()).isEqualTo(query.split("=")[0]);
    assertThat(error.path("value").asString()).isEqualTo(query.split("=")[1]);
    assertThat(error.path("expected").asString()).isNotEmpty();
    assertThat(error.path("remedy").asString()).isNotEmpty();
  }

  @Test
  void oneAlertShowsItsOccurrences() throws Exception {
    fixture.run(AlertingFixture.alert(1, "inbox", "low", "key", 10));
    fixture.run(AlertingFixture.alert(2, "inbox", "high", "key", 20));

    JsonNode alert = get("/api/alerts/1", 200);

    assertThat(alert.path("count").asInt()).isEqualTo(2);
    assertThat(alert.path("occurrences").path(1).toString())
        .isEqualTo(
            "{\"timeMillis\":10,\"taskId\":\"01977420dc00001000000001\",\"severity\":\"low\","
                + "\"title\":\"Title 1\"}");
    assertThat(get("/api/alerts/99", 404).path("error").path("code").asString())
        .isEqualTo("not_found");
    get("/api/alerts/x1", 400);
  }

  @Test
  void acknowledgingSaysWhoAndWhenAndCanBeTakenBack() throws Exception {
    store(1, "low", 10);

    JsonNode done = post("/api/alerts/1/acknowledge", "", 200);
    fixture.time.advance(5);
    caller = new Identity(8, "Bob", false, true);
    JsonNode again = post("/api/alerts/1/acknowledge", "", 200);
    JsonNode open = post("/api/alerts/1/unacknowledge", "", 200);

    assertThat(done.path("acknowledgedBy").asString()).isEqualTo("Ann");
    assertThat(done.path("acknowledgedMillis").asLong()).isEqualTo(VirtualTime.START_MILLIS);
    assertThat(again).isEqualTo(done);
    assertThat(open.path("acknowledged").asBoolean()).isFalse();
    assertThat(open.path("acknowledgedBy").isNull()).isTrue();
    post("/api/alerts/99/acknowledge", "", 404);
  }

  @Test
  void manyAreAcknowledgedByIdsOrByFilter() throws Exception {
    for (int i = 1; i <= 4; i++) {
      store(i, i == 4 ? "high" : "low", i);
    }

    assertThat(acknowledged("{\"ids\":[\"1\",2,99]}")).isEqualTo(2);
    assertThat(acknowledged("{\"filter\":{\"severity\":\"low\"}}")).isEqualTo(1);
    assertThat(titles(get("/api/alerts?acknowledged=false", 200))).containsExactly("Title 4");
    assertThat(acknowledged("{\"filter\":{}}")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"ids\":1}",
        "{\"ids\":[{}]}",
        "{\"ids\":[],\"filter\":{}}",
        "{\"filter\":{\"severity\":\"bad\"}}"
      })
  void aWrongBodyIsRefused(String body) throws Exception {
    post("/api/alerts/acknowledge", body, 400);
  }

  @Test
  void anAcknowledgedGroupOpensAgainWhenItGetsWorse() throws Exception {
    fixture.run(AlertingFixture.alert(1, "inbox", "low", "key", 10));
    post("/api/alerts/1/acknowledge", "", 200);
    fixture.run(AlertingFixture.alert(2, "inbox", "low", "key", 20));
    assertThat(get("/api/alerts/1", 200).path("acknowledged").asBoolean()).isTrue();
    fixture.run(AlertingFixture.alert(3, "inbox", "high", "key", 30));

    assertThat(get("/api/alerts/1", 200).path("acknowledged").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/alerts",
        "/api/alerts/1",
        "/api/alerts/live",
        "/api/alerts/1/deliveries",
        "/api/channels"
      })
  void whoeverIsNotSignedInSeesNothing(String path) throws Exception {
    caller = null;
    assertThat(get(path, 401).path("error").path("code").asString()).isEqualTo("not_signed_in");
  }

  @Test
  void channelsAreListedWithoutSecretsAndTestedByAdministratorsOnly() throws Exception {
    JsonNode list = get("/api/channels", 200);
    JsonNode outcome = post("/api/channels/hook/test", "", 200);
    JsonNode inbox = post("/api/channels/inbox/test", "", 200);
    post("/api/channels/none/test", "", 404);
    caller = new Identity(8, "Bob", false, true);
    post("/api/channels/hook/test", "", 403);

    assertThat(list.toString())
        .isEqualTo(
            "{\"channels\":[{\"name\":\"inbox\",\"type\":\"inbox\"},"
                + "{\"name\":\"hook\",\"type\":\"webhook\"}]}");
    assertThat(outcome.path("delivered").asBoolean()).isFalse();
    assertThat(outcome.path("permanent").asBoolean()).isFalse();
    assertThat(outcome.path("error").asString()).contains("No connection").doesNotContain(TOKEN);
    assertThat(inbox.path("delivered").asBoolean()).isTrue();
  }

  @Test
  void theAttemptsOfAnAlertAreListedNewestFirst() throws Exception {
    fixture.start(fixture.alert(1, "hook", "high", ""));
    await().until(() -> fixture.count("alert_delivery") == 1);

    JsonNode delivery = get("/api/alerts/1/deliveries", 200).path("deliveries").path(0);

    assertThat(delivery.path("channel").asString()).isEqualTo("hook");
    assertThat(delivery.path("attempt").asInt()).isEqualTo(1);
    assertThat(delivery.path("outcome").asString()).isEqualTo("retry");
    assertThat(delivery.path("error").asString()).contains("No connection").doesNotContain(TOKEN);
    get("/api/alerts/2/deliveries", 404);
  }

  @Test
  void newAndChangedAlertsArriveLive() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    HttpRequest request = request("/api/alerts/live").build();
    HttpResponse<Stream<String>> response =
        client.send(request, HttpResponse.BodyHandlers.ofLines());
    Thread reader = Thread.ofVirtual().start(() -> readInto(lines, response.body()));
    await().until(() -> lines.contains(": open"));

    store(1, "high", 10);
    await().until(() -> events(lines).size() == 1);
    post("/api/alerts/1/acknowledge", "", 200);
    await().until(() -> events(lines).size() == 2);

    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/event-stream; charset=utf-8");
    assertThat(events(lines).getFirst())
        .contains("\"title\":\"Title 1\"", "\"acknowledged\":false");
    assertThat(events(lines).getLast()).contains("\"acknowledgedBy\":\"Ann\"");
    await().until(() -> lines.contains(": still here"));
    reader.interrupt();
  }

  @Test
  void aReaderThatDoesNotReadIsCutOff() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      socket.setReceiveBufferSize(1_024);
      socket
          .getOutputStream()
          .write(
              "GET /api/alerts/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(in.readLine()).contains("200");
      await().until(() -> fixture.alerting.liveReaders() == 1);

      for (int i = 0; i < 2_000 && fixture.alerting.liveReaders() > 0; i++) {
        var _ = fixture.start(big(i));
      }
      await().until(() -> fixture.alerting.liveReaders() == 0);
    }
  }

  @Test
  void aReaderThatLeavesIsForgotten() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /api/alerts/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      await().until(() -> fixture.alerting.liveReaders() == 1);
    }
    await().until(() -> fixture.alerting.liveReaders() == 0);
  }

  private static void readInto(List<String> lines, Stream<String> stream) {
    try {
      stream.forEach(lines::add);
    } catch (UncheckedIOException e) {
      // The test is over.
    }
  }

  private static Effect.Notify big(int number) {
    var small = AlertingFixture.alert(number, "inbox", "low", "", number);
    return new Effect.Notify(
        small.id(),
        42,
        small.nodeId(),
        number,
        "inbox",
        List.of(),
        "big",
        "x".repeat(15_000),
        "low",
        Map.of(),
        "");
  }

  private static List<String> events(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("data: ")).toList();
  }

  private void store(int number, String severity, long timeMillis) throws Exception {
    fixture.run(AlertingFixture.alert(number, "inbox", severity, "", timeMillis));
  }

  private int acknowledged(String body) throws Exception {
    return post("/api/alerts/acknowledge", body, 200).path("acknowledged").asInt();
  }

  private static List<String> titles(JsonNode answer) {
    List<String> titles = new ArrayList<>();
    answer.path("alerts").forEach(alert -> titles.add(alert.path("title").asString()));
    return titles;
  }

  private JsonNode get(String path, int status) throws Exception {
    return send(request(path).build(), status);
  }

  private JsonNode post(String path, String body, int status) throws Exception {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(), status);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path));
  }

  private JsonNode send(HttpRequest request, int status) throws Exception {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JSON.readTree(response.body());
  }
}
