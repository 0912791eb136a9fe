package io.millrace.server.compatible;

import static io.millrace.server.ServerFixture.ADMIN_LOGIN;
import static io.millrace.server.ServerFixture.ADMIN_SECRET;
import static io.millrace.server.ServerFixture.auth;
import static io.millrace.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.ServerFixture;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class EnvelopeTest {
  @RegisterExtension static final ServerFixture server = ServerFixture.shared();

  private static long process;

  @BeforeAll
  static void makeAProcess() {
    process = server.process("Envelopes");
  }

  private static String create() {
    return "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{}}".formatted(process);
  }

  @Test
  void anObjectIsAnsweredWithAnObject() {
    HttpResponse<String> answer = server.signed("/api/1/json", "{\"ops\":" + create() + "}");
    assertThat(json(answer.body()).get("ops").isObject()).isTrue();
    assertThat(json(answer.body()).path("ops").get("proc").asString()).isEqualTo("ok");
  }

  @Test
  void everyAnswerHasItsLengthAndType() {
    HttpResponse<String> answer = server.signed("/api/2/json", "{\"ops\":[" + create() + "]}");
    assertThat(answer.headers().firstValueAsLong("Content-Length"))
        .hasValue(answer.body().length());
    assertThat(answer.headers().firstValue("Transfer-Encoding")).isEmpty();
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("application/json; charset=utf-8");
  }

  @Test
  void unknownThingsAreNamedSoThatClientsCanFindOut() {
    JsonNode answers =
        server.ops(
            """
            {"id":"a","type":"list","obj":"charts_list"},
            {"type":"explode","obj":"task","conv_id":1},
            {"obj":"conv"},
            {"type":"create"},
            {"type":"list","obj":"company","company_id":""}\
            """);
    assertThat(answers.get(0).toString())
        .isEqualTo(
            "{\"id\":\"a\",\"obj\":\"charts_list\",\"proc\":\"error\","
                + "\"description\":\"bad object\"}");
    assertThat(answers.get(1).get("description").asString()).isEqualTo("undefined request");
    assertThat(answers.get(2).get("description").asString()).isEqualTo("undefined request");
    assertThat(answers.get(3).get("description").asString()).isEqualTo("bad object");
    assertThat(answers.get(4).get("description").asString()).isEqualTo("Value is not valid");
    assertThat(answers.get(4).get("key").asString()).isEqualTo("company_id");
  }

  @Test
  void aWrongSignatureIsAnsweredWithStatus200() {
    String body = "{\"ops\":[" + create() + "]}";
    HttpResponse<String> wrong =
        server.post("/api/2/json/" + ADMIN_LOGIN + "/1700000000/" + "0".repeat(40), body);
    assertThat(wrong.statusCode()).isEqualTo(200);
    assertThat(wrong.body())
        .isEqualTo(
            "{\"request_proc\":\"error\",\"description\":\"Access denied: wrong signature\","
                + "\"error_message\":\"Access denied: wrong signature\",\"ops\":[]}");
    HttpResponse<String> unknown =
        server.post(
            "/api/2/json/" + auth(777_777, ADMIN_SECRET, body.getBytes(StandardCharsets.UTF_8)),
            body);
    assertThat(unknown.statusCode()).isEqualTo(200);
    assertThat(unknown.body()).contains("Access denied: unknown login");
  }

  @Test
  void theTextualLoginAndUpperCaseSignaturesAreEqual() {
    String body = "{\"ops\":[" + create() + "]}";
    String login =
        server
            .workspace()
            .apiKeys()
            .findKeyByLogin(Long.toString(ADMIN_LOGIN))
            .orElseThrow()
            .key()
            .login();
    String numeric = auth(body.getBytes(StandardCharsets.UTF_8));
    String[] parts = numeric.split("/");
    HttpResponse<String> answer =
        server.post(
            "/api/2/json/"
                + login
                + "/"
                + parts[1]
                + "/"
                + parts[2].toUpperCase(java.util.Locale.ROOT),
            body);
    assertThat(json(answer.body()).get("request_proc").asString()).isEqualTo("ok");
  }

  @Test
  void theClockIsCheckedForKeysThatWantIt() {
    var key = server.key("Skewed");
    String body = "{\"ops\":[{\"type\":\"list\",\"obj\":\"company\"}]}";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String signature =
        io.millrace.server.session.Signature.ofContent(
            "42", key.secret().getBytes(StandardCharsets.UTF_8), bytes);
    String path = "/api/2/json/" + key.key().loginId() + "/42/" + signature;
    assertThat(server.post(path, body).body()).contains("Access denied: wrong time");
    server.ok(
        "{\"type\":\"modify\",\"obj\":\"user\",\"obj_id\":%d,\"skew_check\":\"false\"}"
            .formatted(key.key().id()));
    assertThat(json(server.post(path, body).body()).get("request_proc").asString()).isEqualTo("ok");
  }

  @Test
  void nodesMaySignInTheQuery() {
    String body = "{\"ops\":[" + create() + "]}";
    String[] parts = auth(body.getBytes(StandardCharsets.UTF_8)).split("/");
    HttpResponse<String> answer =
        server.post(
            "/api/2/json/%s?conv_time=%s&conv_signature=%s&conv_id=1"
                .formatted(parts[0], parts[1], parts[2]),
            body);
    assertThat(json(answer.body()).get("request_proc").asString()).isEqualTo("ok");
  }

  @Test
  void theFormatOfVersionOneIsNamed() {
    HttpResponse<String> first = server.signed("/api/1/json", "{\"ops\":\"text\"}");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).isEqualTo("{\"request_proc\":\"format_error\",\"ops\":[]}");
    assertThat(server.signed("/api/2/json", "{\"ops\":\"text\"}").statusCode()).isEqualTo(400);
  }

  @Test
  void tooManyOperationsAreRefusedAsAWhole() {
    String ops = "{},".repeat(10_000) + "{}";
    HttpResponse<String> answer = server.signed("/api/2/json", "{\"ops\":[" + ops + "]}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer.body()).get("description").asString()).isEqualTo("Too many ops");
  }

  @Test
  void xmlIsReadAndAnswered() {
    String body =
        "<request><ops><type>create</type><obj>task</obj><conv_id>%1$d</conv_id><ref>x-1</ref><data><a>1</a></data></ops><ops><type>show</type><obj>task</obj><conv_id>%1$d</conv_id><ref>x-1</ref></ops></request>"
            .formatted(process);
    HttpResponse<String> answer = server.signed("/api/1/xml", body);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?><response>")
        .contains("<request_proc>ok</request_proc><ops>")
        .contains("<ref>x-1</ref>")
        .contains("<data><a>1</a></data>");
  }

  @Test
  void anXmlDocumentTypeIsRefused() {
    String body =
        "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><request><ops><type>&e;</type></ops></request>";
    HttpResponse<String> answer = server.signed("/api/1/xml", body);
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void formsAreReadAndAnswered() {
    String ops = URLEncoder.encode("[" + create() + "]", StandardCharsets.UTF_8);
    HttpResponse<String> answer = server.signed("/api/1/nvp", "ops=" + ops);
    assertThat(answer.body()).startsWith("request_proc=ok&ops=%5B%7B");
  }

  @Test
  void slashesAreTolerated() {
    String body = "{\"ops\":[" + create() + "]}";
    String auth = auth(body.getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> answer = server.post("//api/2//json/" + auth + "/", body);
    assertThat(json(answer.body()).get("request_proc").asString()).isEqualTo("ok");
  }

  @Test
  void otherMethodsAreNotAllowed() {
    HttpResponse<String> answer = server.get("/api/2/json/" + auth(new byte[0]));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
  }

  @Test
  void publicSettingsNeedNoKey() {
    JsonNode conf = json(server.get("/system/conf").body());
    assertThat(conf.get("result").asString()).isEqualTo("ok");
    assertThat(conf.path("web_settings").path("path").get("ws").asString())
        .isEqualTo("/api/1/sock_json");
    assertThat(conf.path("web_settings").path("host").get("site").asString())
        .isEqualTo("127.0.0.1:" + server.port());
  }

  @Test
  void companyAndSettingsAreAnswered() {
    assertThat(
            server
                .ok("{\"type\":\"list\",\"obj\":\"company\"}")
                .path("list")
                .path(0)
                .get("company_id")
                .asString())
        .isEqualTo("i000000001");
    assertThat(
            server
                .ok("{\"type\":\"show\",\"obj\":\"conf\",\"obj_type\":\"timer\"}")
                .get("min_value")
                .asInt())
        .isEqualTo(30);
    assertThat(
            server
                .ok("{\"type\":\"show\",\"obj\":\"conf\",\"obj_type\":\"ui\"}")
                .get("box_solution")
                .asBoolean())
        .isTrue();
  }
}
