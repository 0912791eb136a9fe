package io.millrace.server.compatible;

import static io.millrace.server.ServerFixture.ADMIN_LOGIN;
import static io.millrace.server.ServerFixture.ADMIN_SECRET;
import static io.millrace.server.ServerFixture.auth;
import static io.millrace.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.ServerFixture;
import io.millrace.server.session.Signature;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What the public clients send and rely on, client by client. */
class ClientQuirksTest {
  @RegisterExtension static final ServerFixture server = ServerFixture.shared();

  private static final byte[] SECRET = ADMIN_SECRET.getBytes(StandardCharsets.UTF_8);

  private static long process;
  private static long waiting;

  @BeforeAll
  static void makeProcesses() {
    process = server.process("Quirks");
    waiting = Processes.waiting(server, "Quirks that wait");
  }

  /** sdk-java: version 1, conv_id as text; reads proc and ref of every operation. */
  @Test
  void javaSdk() {
    String body =
        "{\"ops\":[{\"ref\":\"j-1\",\"type\":\"create\",\"obj\":\"task\",\"conv_id\":\"%1$d\",\"data\":{\"x\":1}},{\"ref\":\"j-1\",\"type\":\"modify\",\"obj\":\"task\",\"conv_id\":\"%1$d\",\"data\":{}},{\"ref\":\"j-none\",\"type\":\"modify\",\"obj\":\"task\",\"conv_id\":\"%1$d\",\"data\":{}}]}"
            .formatted(waiting);
    JsonNode answer =
        json(server.signed("/api/1/json", body, "Content-Type", "application/json").body());
    assertThat(answer.get("request_proc").asString()).isEqualTo("ok");
    for (JsonNode op : answer.get("ops")) {
      assertThat(op.has("proc")).isTrue();
      assertThat(op.has("ref")).isTrue();
    }
  }

  /** sdk-python: version 2, HMAC headers, {@code get}; finds its operation by an equal ref. */
  @Test
  void pythonSdk() {
    String create =
        "{\"ops\": [{\"type\": \"create\", \"obj\": \"task\", \"conv_id\": %d, \"ref\": \"py-1\", \"data\": {\"a\": 1}}]}"
            .formatted(process);
    assertThat(hmac(create).path("ops").path(0).get("ref").asString()).isEqualTo("py-1");
    String get =
        "{\"ops\": [{\"type\": \"get\", \"obj\": \"task\", \"conv_id\": %d, \"ref\": \"py-1\"}]}"
            .formatted(process);
    JsonNode got = hmac(get).path("ops").path(0);
    assertThat(got.get("ref").asString()).isEqualTo("py-1");
    assertThat(got.get("status").asString()).isEqualTo("processed");
    HttpResponse<String> wrong =
        server.post(
            "/api/2/json",
            get,
            "X-API-Login",
            Long.toString(ADMIN_LOGIN),
            "X-API-Timestamp",
            "1",
            "X-API-Signature",
            "00");
    assertThat(wrong.statusCode()).isEqualTo(200);
    assertThat(json(wrong.body()).get("error_message").asString())
        .isEqualTo("Access denied: wrong signature");
  }

  private static JsonNode hmac(String body) {
    String time = Long.toString(System.currentTimeMillis() / 1000);
    return json(
        server
            .post(
                "/api/2/json",
                body,
                "Content-Type",
                "application/json",
                "X-API-Login",
                Long.toString(ADMIN_LOGIN),
                "X-API-Timestamp",
                time,
                "X-API-Signature",
                Signature.hmac(time, SECRET, body.getBytes(StandardCharsets.UTF_8)))
            .body());
  }

  /** sdk-php: escapes slashes and everything beyond ASCII; the raw body is what is signed. */
  @Test
  void phpSdk() {
    String body =
        "{\"ops\":[{\"ref\":null,\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{\"url\":\"http:\\/\\/x\\/\",\"n\":\"\\u017b\\u00f3\\u0142w\"}},{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":[]}]}"
            .formatted(process, process);
    JsonNode answer =
        json(server.signed("/api/1/json", body, "Content-type", "application/json").body());
    String task = answer.path("ops").path(0).get("obj_id").asString();
    assertThat(answer.path("ops").path(1).get("proc").asString()).isEqualTo("ok");
    assertThat(
            server
                .ok(
                    "{\"type\":\"show\",\"obj\":\"task\",\"conv_id\":%d,\"obj_id\":\"%s\"}"
                        .formatted(process, task))
                .get("data")
                .toString())
        .isEqualTo("{\"url\":\"http://x/\",\"n\":\"Żółw\"}");
  }

  /** The other PHP client: no JSON content type at all. */
  @Test
  void phpClientWithAFormContentType() {
    String body =
        "{\"ops\":[{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{}}]}"
            .formatted(process);
    for (String type :
        List.of(
            "application/x-www-form-urlencoded",
            "application/octet-stream",
            "text/xml; charset=\"utf-8\"",
            "application/json; charset=utf8",
            "nonsense")) {
      HttpResponse<String> answer = server.signed("/api/1/json", body, "Content-Type", type);
      assertThat(answer.statusCode()).as(type).isEqualTo(200);
      assertThat(answer.body()).contains("\"proc\":\"ok\"");
    }
  }

  /** sdk-erlang: ops as an object; then so is the answer's. */
  @Test
  void erlangSdk() {
    String body =
        "{\"ops\":{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"ref\":\"erl\",\"data\":{}}}"
            .formatted(process);
    JsonNode answer =
        json(server.signed("/api/1/json", body, "Content-Type", "application/octet-stream").body());
    assertThat(answer.path("ops").get("proc").asString()).isEqualTo("ok");
    assertThat(answer.path("ops").get("ref").asString()).isEqualTo("erl");
  }

  /** A Go client: the second of the minute as time; wants a length and exactly one operation. */
  @Test
  void goClientWithTheSecondOfTheMinute() {
    String body =
        "{\"ops\":[{\"ref\":\"\",\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{}}]}"
            .formatted(process)
            .replace("\"ref\":\"\",", "");
    String signature = Signature.ofContent("37", SECRET, body.getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> answer =
        server.post("/api/2/json/" + ADMIN_LOGIN + "/37/" + signature, body);
    assertThat(answer.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
    assertThat(json(answer.body()).get("ops")).hasSize(1);
    assertThat(json(answer.body()).path("ops").path(0).get("proc").asString()).isEqualTo("ok");
  }

  /** The CloudTrail Lambda: one operation per event, no ref, no id, several megabytes. */
  @Test
  void cloudTrailLambda() {
    String padding = "p".repeat(1_500);
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      events.add(
          "{\"obj\":\"task\",\"conv_id\":\"%d\",\"type\":\"create\",\"data\":{\"eventID\":\"e-%d\",\"requestParameters\":null,\"userAgent\":\"%s\",\"user\":{\"name\":\"Jürgen\"}}}"
              .formatted(process, i, padding));
    }
    String body = "{\"ops\":[" + String.join(",", events) + "]}";
    HttpResponse<String> answer =
        server.signed("/api/1/json", body, "Content-type", "application/json; charset=utf8");
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode ops = json(answer.body()).get("ops");
    assertThat(ops).hasSize(2_000);
    for (JsonNode op : ops) {
      assertThat(op.get("proc").asString()).isEqualTo("ok");
      assertThat(op.get("id").asString()).isEmpty();
    }
  }

  /** The MCP client: ids echoed by create node, numbers as numbers, errors as an object. */
  @Test
  void mcpClient() {
    long made = server.process("Made by MCP");
    JsonNode answers =
        server.ops(
            """
            {"id":"local-1","type":"create","obj":"node","conv_id":%1$d,"obj_type":0,"version":1800000001,"title":"A"},
            {"id":"local-2","type":"create","obj":"node","conv_id":%1$d,"obj_type":0,"version":1800000001,"title":"B"},
            {"type":"confirm","obj":"commit","conv_id":%1$d,"version":1800000001}\
            """
                .formatted(made));
    assertThat(answers.get(0).get("id").asString()).isEqualTo("local-1");
    assertThat(answers.get(1).get("obj_id").isString()).isTrue();
    JsonNode list = server.ok("{\"type\":\"list\",\"obj\":\"conv\",\"obj_id\":%d}".formatted(made));
    assertThat(list.get("change_time").isNumber()).isTrue();
    assertThat(list.get("last_confirmed_version").isNumber()).isTrue();
  }

  /** Telemetry: operations posted to a direct URL of version 2. */
  @Test
  void telemetryPost() {
    String hash =
        server
            .ok("{\"type\":\"get\",\"obj\":\"callback_hash\",\"conv_id\":%d}".formatted(process))
            .get("callback_hash")
            .asString();
    HttpResponse<String> answer =
        server.post(
            "/api/2/json/public/%d/%s".formatted(process, hash),
            "{\"ops\":[{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{}}]}"
                .formatted(process));
    assertThat(json(answer.body()).path("ops").path(0).get("obj_id").asString()).hasSize(24);
  }

  /** An Origin that we do not know must not hurt a signed request. */
  @Test
  void anUnknownOriginIsNoReasonToRefuse() {
    String body = "{\"ops\":[{\"type\":\"list\",\"obj\":\"company\"}]}";
    HttpResponse<String> answer =
        server.post(
            "/api/2/json/" + auth(body.getBytes(StandardCharsets.UTF_8)),
            body,
            "Origin",
            "https://elsewhere.example");
    assertThat(json(answer.body()).get("request_proc").asString()).isEqualTo("ok");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }
}
