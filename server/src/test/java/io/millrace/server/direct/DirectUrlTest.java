package io.millrace.server.direct;

import static io.millrace.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.ServerFixture;
import io.millrace.server.compatible.Processes;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class DirectUrlTest {
  @RegisterExtension static final ServerFixture server = ServerFixture.shared();

  private static final String DENIED =
      "{\"request_proc\":\"ok\",\"ops\":{\"proc\":\"error\",\"obj\":\"task\",\"ref\":null,"
          + "\"description\":\"Access denied\"}}";

  private long process;
  private String hash = "";

  @BeforeEach
  void makeAProcess() {
    process = Processes.waiting(server, "Direct");
    hash =
        server
            .ok("{\"type\":\"get\",\"obj\":\"callback_hash\",\"conv_id\":%d}".formatted(process))
            .get("callback_hash")
            .asString();
  }

  private String path(String format) {
    return "/api/1/%s/public/%d/%s".formatted(format, process, hash);
  }

  @Test
  void aPostedObjectIsATaskAndTheAnswerAnObject() {
    JsonNode answer = json(server.post(path("json"), "{\"a\":{\"b\":[1,null]}}").body());
    assertThat(answer.get("request_proc").asString()).isEqualTo("ok");
    JsonNode op = answer.get("ops");
    assertThat(op.isObject()).isTrue();
    assertThat(op.get("proc").asString()).isEqualTo("ok");
    assertThat(op.get("ref").isNull()).isTrue();
    assertThat(data(op)).isEqualTo("{\"a\":{\"b\":[1,null]}}");
  }

  @Test
  void otherValuesAndQueryParametersBecomeData() {
    assertThat(created(path("json"), "[1,2]")).isEqualTo("{\"body\":[1,2]}");
    assertThat(created(path("json"), "")).isEqualTo("{}");
    assertThat(created(path("json") + "?a=1&b=2&b=3&c=x%20y", "{\"a\":7}"))
        .isEqualTo("{\"a\":7,\"b\":[\"2\",\"3\"],\"c\":\"x y\"}");
    JsonNode got = json(server.get(path("json") + "?q=1&q=2&r=%C5%BC").body());
    assertThat(data(got.get("ops"))).isEqualTo("{\"q\":[\"1\",\"2\"],\"r\":\"ż\"}");
    assertThat(created(path("json"), "{\"ops\":[]}")).isEqualTo("{\"ops\":[]}");
    assertThat(created(path("json"), "{\"ops\":[{\"type\":\"create\",\"obj\":\"conv\"}]}"))
        .contains("\"conv\"");
  }

  @Test
  void taskOperationsAreCarriedOutOnThisProcessOnly() {
    String body =
        """
        {"ops":[{"type":"create","obj":"task","conv_id":%1$d,"ref":"d1","data":{"a":1}},
                {"type":"modify","obj":"task","ref":"d1","data":{"a":2}},
                {"type":"show","obj":"task","ref":"d1"},
                {"type":"create","obj":"task","conv_id":1,"data":{}}]}\
        """
            .formatted(process);
    JsonNode ops = json(server.post(path("json"), body).body()).get("ops");
    assertThat(ops.isArray()).isTrue();
    assertThat(ops.get(0).get("proc").asString()).isEqualTo("ok");
    assertThat(ops.get(1).get("proc").asString()).isEqualTo("ok");
    assertThat(ops.get(2).get("data").toString()).isEqualTo("{\"a\":2}");
    assertThat(ops.get(3).get("description").asString()).isEqualTo("Access denied");
  }

  @Test
  void formsAndXmlAreReadByThePathAndNotByTheHeader() {
    HttpResponse<String> form =
        server.post(path("nvp"), "a=1&b=x+y", "Content-Type", "application/json");
    assertThat(form.body()).startsWith("request_proc=ok&ops=");
    HttpResponse<String> xml = server.post(path("xml"), "<r k=\"v\"><a>1</a><a>2</a></r>");
    assertThat(xml.body()).contains("<proc>ok</proc>");
    assertThat(xml.headers().firstValue("Content-Type")).hasValue("text/xml; charset=utf-8");
    String id = xml.body().replaceAll("(?s).*<obj_id>(.*)</obj_id>.*", "$1");
    assertThat(show(id)).isEqualTo("{\"@k\":\"v\",\"a\":[\"1\",\"2\"]}");
  }

  @Test
  void aWrongHashIsDeniedWithStatus200() {
    String wrong = "/api/2/json/public/%d/%s".formatted(process, "0".repeat(40));
    assertThat(server.post(wrong, "{}").body()).isEqualTo(DENIED);
    assertThat(server.post(wrong, "{}").statusCode()).isEqualTo(200);
    assertThat(server.post("/api/2/json/public/99999999/" + hash, "{}").body()).isEqualTo(DENIED);
  }

  @Test
  void aRotatedHashCountsAtOnce() {
    assertThat(server.post(path("json"), "{}").body()).contains("\"proc\":\"ok\"");
    String fresh =
        server
            .ok("{\"type\":\"modify\",\"obj\":\"callback_hash\",\"conv_id\":%d}".formatted(process))
            .get("callback_hash")
            .asString();
    assertThat(server.post(path("json"), "{}").body()).isEqualTo(DENIED);
    hash = fresh;
    assertThat(server.post(path("json"), "{}").body()).contains("\"proc\":\"ok\"");
    server.ok("{\"type\":\"delete\",\"obj\":\"callback_hash\",\"conv_id\":%d}".formatted(process));
    assertThat(server.post(path("json"), "{}").body()).isEqualTo(DENIED);
  }

  @Test
  void basicAuthenticationIsAskedForWhenItIsOn() {
    server.ok(
        "{\"type\":\"modify\",\"obj\":\"conv_auth\",\"conv_id\":%d,\"obj_type\":\"basic\",\"data\":{\"user\":\"ann\",\"pass\":\"s3cret\"}}"
            .formatted(process));
    HttpResponse<String> none = server.post(path("json"), "{}");
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.body()).isEqualTo(DENIED);
    assertThat(none.headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(server.post(path("json"), "{}", "Authorization", basic("ann:wrong")).statusCode())
        .isEqualTo(401);
    assertThat(server.post(path("json"), "{}", "Authorization", basic("ann:s3cret")).body())
        .contains("\"proc\":\"ok\"");
    assertThat(
            server
                .ok("{\"type\":\"show\",\"obj\":\"conv_auth\",\"conv_id\":%d}".formatted(process))
                .get("data")
                .toString())
        .isEqualTo("{\"user\":\"ann\",\"pass\":\"s3cret\"}");
    server.ok("{\"type\":\"delete\",\"obj\":\"conv_auth\",\"conv_id\":%d}".formatted(process));
    assertThat(server.post(path("json"), "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyThatIsNotJsonAndAnInactiveProcessAreSaid() {
    HttpResponse<String> broken = server.post(path("json"), "{\"a\":");
    assertThat(broken.statusCode()).isEqualTo(400);
    assertThat(broken.body()).contains("Incorrect body");
    server.ok(
        "{\"type\":\"modify\",\"obj\":\"conv\",\"obj_id\":%d,\"status\":\"paused\"}"
            .formatted(process));
    assertThat(
            json(server.post(path("json"), "{}").body()).path("ops").get("description").asString())
        .isEqualTo("conveyor is not active");
    server.ok("{\"type\":\"delete\",\"obj\":\"conv\",\"obj_id\":%d}".formatted(process));
    assertThat(server.post(path("json"), "{}").body()).isEqualTo(DENIED);
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private String created(String path, String body) {
    return data(json(server.post(path, body).body()).get("ops"));
  }

  private String data(JsonNode op) {
    return show(op.get("obj_id").asString());
  }

  private String show(String task) {
    return server
        .ok(
            "{\"type\":\"show\",\"obj\":\"task\",\"conv_id\":%d,\"obj_id\":\"%s\"}"
                .formatted(process, task))
        .get("data")
        .toString();
  }
}
