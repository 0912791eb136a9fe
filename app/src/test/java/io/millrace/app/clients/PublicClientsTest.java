package io.millrace.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.binary.RunningServer;
import io.millrace.app.binary.ServerClient;
import io.millrace.app.binary.ServerProcess;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The public clients, as their requests look on the wire: path, head and body. */
class PublicClientsTest {
  private static final String LOGIN = Long.toString(ServerProcess.API_LOGIN);
  private static final String SECRET = ServerProcess.API_SECRET;
  private static final String FLOW =
      """
      [{"obj_type":1,"obj_id":1,"parent_id":0,"title":"%1$s","description":"","status":"active",
        "params":[],"ref_mask":false,"conv_type":"process","scheme":{"nodes":[
        {"id":"a00000000000000000000001","obj_type":1,"title":"Start","description":"","x":0,"y":0,
         "extra":null,"options":null,
         "condition":{"logics":[{"type":"go","to_node_id":"a00000000000000000000002"}],"semaphors":[]}},
        {"id":"a00000000000000000000002","obj_type":0,"title":"Wait","description":"","x":0,"y":100,
         "extra":null,"options":null,
         "condition":{"logics":[{"type":"api_callback"},
           {"type":"go","to_node_id":"a00000000000000000000003"}],"semaphors":[]}},
        {"id":"a00000000000000000000003","obj_type":2,"title":"End","description":"","x":0,"y":200,
         "extra":null,"options":"{\\"save_task\\":true}",
         "condition":{"logics":[],"semaphors":[]}}],
        "web_settings":[[],[]]}}]\
      """;

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private static URI address() {
    return SERVER.process().address();
  }

  /** A process whose tasks wait in "Wait" until they are modified. */
  private static long process(String title) {
    return SERVER
        .client()
        .importFile(FLOW.formatted(title).getBytes(StandardCharsets.UTF_8))
        .get(1L);
  }

  private static String signedPath(String route, String login, String secret, String body) {
    return signedPath(route, login, secret, body, ServerClient.now());
  }

  private static String signedPath(
      String route, String login, String secret, String body, String time) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    return route + "/" + login + "/" + time + "/" + ServerClient.sha1(time, secret, content);
  }

  private static RawHttp.Answer post(String path, List<String> head, String body) {
    RawHttp.Answer answer =
        RawHttp.post(address(), path, head, body.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private static JsonNode json(RawHttp.Answer answer) {
    assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
    return ServerClient.JSON.readTree(answer.body());
  }

  private static JsonNode task(long process, String reference) {
    return SERVER
        .client()
        .ok(
            "{\"type\":\"show\",\"obj\":\"task\",\"conv_id\":%d,\"ref\":\"%s\"}"
                .formatted(process, reference));
  }

  /** Its parser reads {@code ref} and {@code proc} of every answer, without asking whether. */
  @Test
  void javaSdk() {
    long process = process("Java");
    List<String> head =
        List.of(
            "Accept-Encoding: gzip, x-gzip, deflate",
            "Content-Type: application/json; charset=UTF-8",
            "Host: " + address().getAuthority(),
            "Connection: keep-alive",
            "User-Agent: Apache-HttpClient/5.2.1 (Java/17.0.1)");
    String body =
        ("{\"ops\":[{\"ref\":\"order-1\",\"conv_id\":\"%1$d\",\"type\":\"create\",\"obj\":\"task\","
                + "\"data\":{\"customer_id\":\"12345\",\"amount\":100.5}},"
                + "{\"ref\":\"order-1\",\"conv_id\":\"%1$d\",\"type\":\"modify\",\"obj\":\"task\","
                + "\"data\":{\"paid\":true}},"
                + "{\"ref\":\"nobody\",\"conv_id\":\"%1$d\",\"type\":\"modify\",\"obj\":\"task\","
                + "\"data\":{}}]}")
            .formatted(process);

    JsonNode answer = json(post(signedPath("/api/1/json", LOGIN, SECRET, body), head, body));

    assertThat(answer.get("request_proc").asString()).isEqualTo("ok");
    JsonNode ops = answer.get("ops");
    assertThat(ops.get(0).get("ref").asString()).isEqualTo("order-1");
    assertThat(ops.get(0).get("proc").asString()).isEqualTo("ok");
    assertThat(ops.get(1).get("proc").asString()).isEqualTo("ok");
    assertThat(ops.get(2).get("ref").asString()).isEqualTo("nobody");
    assertThat(ops.get(2).get("proc").asString()).isNotEqualTo("ok");
    String byId =
        "{\"ops\":[{\"obj_id\":\"%s\",\"conv_id\":\"%d\",\"type\":\"modify\",\"obj\":\"task\",\"data\":{\"late\":1}}]}"
            .formatted(ops.get(0).get("obj_id").asString(), process);
    JsonNode late = json(post(signedPath("/api/1/json", LOGIN, SECRET, byId), head, byId));
    assertThat(late.get("ops").get(0).has("ref")).isTrue();
    assertThat(late.get("ops").get(0).get("proc").asString()).isEqualTo("ok");
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(task(process, "order-1").get("data").toString())
                .isEqualTo(
                    "{\"customer_id\":\"12345\",\"amount\":100.5,\"paid\":true,\"late\":1}"));
  }

  @Test
  void pythonSdk() {
    long process = process("Python");
    StringBuilder ops = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      ops.append(i == 0 ? "" : ",")
          .append(
              "{\"type\":\"create\",\"conv_id\":\"%d\",\"obj\":\"task\",\"ref\":\"p%d\",\"data\":{\"name\":\"\\u017b\\u00f3\\u0142w\"}}"
                  .formatted(process, i));
    }

    JsonNode created = python("{\"ops\":[" + ops + "]}");
    JsonNode got =
        python(
            "{\"ops\":[{\"type\":\"get\",\"conv_id\":\"%d\",\"obj\":\"task\",\"ref\":\"p7\"}]}"
                .formatted(process));
    ObjectNode scheme =
        ServerClient.object(
            "{\"ops\":[{\"type\":\"create\",\"obj\":\"obj_scheme\",\"folder_id\":\"0\",\"async\":\"false\"}]}");
    ((ObjectNode) scheme.get("ops").get(0)).put("scheme", FLOW.formatted("From Python"));
    JsonNode imported = python(scheme.toString());

    assertThat(created.get("ops"))
        .hasSize(100)
        .allMatch(op -> op.get("proc").asString("").equals("ok"));
    assertThat(got.get("ops").get(0).get("ref").asString()).isEqualTo("p7");
    assertThat(got.get("ops").get(0).get("data").get("name").asString()).isEqualTo("Żółw");
    JsonNode entry = imported.get("ops").get(0).get("scheme").get(0);
    assertThat(entry.get("obj_type").asString()).isEqualTo("conv");
    assertThat(entry.get("old_obj_id").asLong()).isEqualTo(1);
    assertThat(entry.get("hash").asString()).matches("[0-9a-f]{40}");
  }

  @Test
  void pythonSdkReadsTheReasonOfARefusal() {
    String body = "{\"ops\":[]}";

    RawHttp.Answer answer =
        post(
            "/api/2/json",
            List.of(
                "Host: " + address().getAuthority(),
                "X-API-Login: " + LOGIN,
                "X-API-Timestamp: " + ServerClient.now(),
                "X-API-Signature: 00"),
            body);

    assertThat(json(answer).get("request_proc").asString()).isEqualTo("error");
    assertThat(json(answer).get("error_message").asString())
        .isEqualTo("Access denied: wrong signature");
  }

  private static JsonNode python(String body) {
    String time = ServerClient.now();
    List<String> head =
        List.of(
            "Host: " + address().getAuthority(),
            "User-Agent: python-requests/2.31.0",
            "Accept-Encoding: gzip, deflate",
            "Accept: */*",
            "Connection: keep-alive",
            "Content-Type: application/json",
            "X-API-Login: " + LOGIN,
            "X-API-Timestamp: " + time,
            "X-API-Signature: "
                + ServerClient.hmac(time, SECRET, body.getBytes(StandardCharsets.UTF_8)));
    JsonNode answer = json(post("/api/2/json", head, body));
    assertThat(answer.get("request_proc").asString()).as(answer.toString()).isEqualTo("ok");
    return answer;
  }

  @Test
  void goSdk() {
    long process = process("Go");
    String body =
        "{\"ops\":[{\"conv_id\":%d,\"data\":{\"a\":\"\\u003cb\\u003e\"},\"obj\":\"task\",\"ref\":\"g1\",\"type\":\"create\"}]}"
            .formatted(process);

    JsonNode answer =
        json(
            post(
                signedPath("/api/2/json", LOGIN, SECRET, body),
                List.of(
                    "Host: " + address().getAuthority(),
                    "User-Agent: Go-http-client/1.1",
                    "Content-Type: application/json",
                    "Accept-Encoding: gzip"),
                body));

    assertThat(answer.get("ops").isArray()).isTrue();
    assertThat(answer.get("ops").get(0).get("proc").asString()).isEqualTo("ok");
    assertThat(task(process, "g1").get("data").get("a").asString()).isEqualTo("<b>");
  }

  /** Its signature is made over a text in which the boundary lines are missing. */
  @Test
  void goSdkUploadsAFormWithItsOwnSignature() {
    String boundary = "c1c0a5d1b2f3e4d5c6b7a8f9e0d1c2b3a4f5e6d7c8b9a0f1e2d3c4b5a6f7";
    String scheme = FLOW.formatted("From Go").replace("\n", "");
    String[][] fields = {
      {"type", "create"}, {"obj", "obj_scheme"}, {"folder_id", "0"}, {"async", "false"}
    };
    StringBuilder body = new StringBuilder();
    StringBuilder signed = new StringBuilder();
    String disposition =
        "Content-Disposition: form-data; name=\"scheme\"; filename=\"scheme.json\"\r\n";
    String type = "Content-Type: application/json\r\n";
    body.append("--").append(boundary).append("\r\n").append(disposition).append(type);
    body.append("\r\n").append(scheme).append("\r\n");
    signed.append(disposition).append(type).append(scheme);
    for (String[] field : fields) {
      String head = "Content-Disposition: form-data; name=\"" + field[0] + "\"\r\n";
      body.append("--").append(boundary).append("\r\n").append(head);
      body.append("\r\n").append(field[1]).append("\r\n");
      signed.append(head).append(field[1]);
    }
    body.append("--").append(boundary).append("--\r\n");

    JsonNode answer =
        json(
            post(
                signedPath("/api/2/upload", LOGIN, SECRET, signed.toString()),
                List.of(
                    "Host: " + address().getAuthority(),
                    "User-Agent: Go-http-client/1.1",
                    "Content-Type: multipart/form-data; boundary=" + boundary,
                    "Accept-Encoding: gzip"),
                body.toString()));

    assertThat(answer.get("ops").get(0).get("proc").asString())
        .as(answer.toString())
        .isEqualTo("ok");
    assertThat(answer.get("ops").get(0).get("scheme").get(0).get("title").asString())
        .isEqualTo("From Go");
  }

  /** PHP escapes slashes and all letters beyond ASCII; an empty array stands for an object. */
  @Test
  void phpSdk() {
    long process = process("PHP");
    String body =
        "{\"ops\":[{\"ref\":\"php\\/1\",\"type\":\"create\",\"obj\":\"task\",\"conv_id\":\"%1$d\",\"data\":{\"url\":\"http:\\/\\/a\\/\",\"n\":\"\\u017b\\u00f3\\u0142w\"}},{\"ref\":\"php2\",\"type\":\"create\",\"obj\":\"task\",\"conv_id\":\"%1$d\",\"data\":[]}]}"
            .formatted(process);

    JsonNode answer =
        json(
            post(
                signedPath("/api/1/json", LOGIN, SECRET, body),
                List.of(
                    "Host: " + address().getAuthority(),
                    "Accept: */*",
                    "Content-Type: application/json"),
                body));

    assertThat(answer.get("ops").get(0).get("ref").asString()).isEqualTo("php/1");
    assertThat(task(process, "php/1").get("data").toString())
        .isEqualTo("{\"url\":\"http://a/\",\"n\":\"Żółw\"}");
    assertThat(task(process, "php2").get("data").toString()).isEqualTo("{}");
  }

  /** Another PHP client says that its JSON is a form. */
  @Test
  void jsonThatClaimsToBeAForm() {
    long process = process("Form");
    String body =
        "{\"ops\":[{\"ref\":\"f1\",\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{\"a\":1}}]}"
            .formatted(process);

    JsonNode answer =
        json(
            post(
                signedPath("/api/1/json", LOGIN, SECRET, body),
                List.of(
                    "Host: " + address().getAuthority(),
                    "Accept: */*",
                    "Content-Type: application/x-www-form-urlencoded"),
                body));

    assertThat(answer.get("ops").get(0).get("proc").asString()).isEqualTo("ok");
  }

  /** One object instead of a list, and two headers that name two types, none of them JSON. */
  @Test
  void erlangSdk() {
    long process = process("Erlang");
    List<String> head =
        List.of(
            "Content-Type: text/xml; charset=\"utf-8\"",
            "Accept: application/json",
            "Host: " + address().getAuthority(),
            "Te: ",
            "Content-Type: application/octet-stream");
    String create =
        "{\"ops\":{\"ref\":\"e1\",\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{\"a\":1}}}"
            .formatted(process);
    String modify = create.replace("create", "modify").replace("\"a\":1", "\"a\":2");

    JsonNode created = json(post(signedPath("/api/1/json", LOGIN, SECRET, create), head, create));
    JsonNode modified = json(post(signedPath("/api/1/json", LOGIN, SECRET, modify), head, modify));

    assertThat(created.get("ops").isObject()).isTrue();
    assertThat(created.get("ops").get("proc").asString()).isEqualTo("ok");
    assertThat(modified.get("ops").get("proc").asString()).isEqualTo("ok");
    assertThat(task(process, "e1").get("data").get("a").asInt()).isEqualTo(2);
  }

  @Test
  void erlangSdkUsesADirectUrl() {
    long process = process("Erlang direct");

    JsonNode answer =
        json(
            post(
                directUrl(1, process),
                List.of(
                    "Content-Type: text/xml; charset=\"utf-8\"",
                    "Host: " + address().getAuthority()),
                "{\"name\":\"direct\"}"));

    assertThat(answer.get("ops").isObject()).isTrue();
    assertThat(answer.get("ops").get("proc").asString()).isEqualTo("ok");
    assertThat(answer.get("ops").get("ref").isNull()).isTrue();
    assertThat(answer.get("ops").get("obj_id").asString()).matches("[0-9a-f]{24}");
  }

  private static String directUrl(int version, long process) {
    String hash =
        SERVER
            .client()
            .ok("{\"type\":\"get\",\"obj\":\"callback_hash\",\"conv_id\":%d}".formatted(process))
            .get("callback_hash")
            .asString();
    return "/api/" + version + "/json/public/" + process + "/" + hash;
  }

  /** One Go client signs with the second of the minute: only a key for such clients takes it. */
  @Test
  void aClientWithTheSecondOfTheMinuteNeedsAKeyForLegacyClients() {
    long process = process("Seconds");
    JsonNode user =
        SERVER
            .client()
            .ok(
                "{\"type\":\"create\",\"obj\":\"user\",\"title\":\"old\",\"logins\":[{\"type\":\"api\"}]}")
            .get("users")
            .get(0);
    String login = user.get("logins").get(0).get("obj_id").asString();
    String secret = user.get("logins").get(0).get("key").asString();
    SERVER
        .client()
        .ok(
            "{\"type\":\"link\",\"obj\":\"conv\",\"obj_id\":%d,\"obj_to\":\"user\",\"obj_to_id\":%d,\"privs\":[{\"type\":\"create\",\"list_obj\":[\"all\"]}]}"
                .formatted(process, user.get("obj_id").asLong()));
    String body =
        "{\"ops\":[{\"conv_id\":%d,\"data\":{},\"obj\":\"task\",\"ref\":\"s1\",\"type\":\"create\"}]}"
            .formatted(process);
    List<String> head = List.of("Host: x", "Content-Type: application/json");
    String path = signedPath("/api/2/json", login, secret, body, "41");

    JsonNode refused = json(post(path, head, body));
    SERVER
        .client()
        .ok(
            "{\"type\":\"modify\",\"obj\":\"user\",\"obj_id\":%d,\"skew_check\":false}"
                .formatted(user.get("obj_id").asLong()));
    RawHttp.Answer accepted = post(path, head, body);

    assertThat(refused.get("description").asString()).isEqualTo("Access denied: wrong time");
    assertThat(Integer.parseInt(accepted.header("Content-Length"))).isPositive();
    assertThat(json(accepted).get("ops")).hasSize(1);
    assertThat(json(accepted).get("ops").get(0).get("proc").asString()).isEqualTo("ok");
  }

  /** The charset is misspelt; a framework that insists on it would answer 415. */
  @Test
  void aCloudTrailFunctionSendsTwoThousandEventsAtOnce() {
    long process = process("CloudTrail");
    StringBuilder ops = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      ops.append(i == 0 ? "" : ",")
          .append("{\"type\":\"create\",\"obj\":\"task\",\"data\":")
          .append(event(i))
          .append(",\"conv_id\":")
          .append(process)
          .append('}');
    }
    String body = "{\"ops\":[" + ops + "]}";

    JsonNode answer =
        json(
            post(
                signedPath("/api/1/json", LOGIN, SECRET, body),
                List.of(
                    "Accept-Encoding: identity",
                    "Connection: close",
                    "User-Agent: Python-urllib/2.7",
                    "Host: " + address().getAuthority(),
                    "Content-type: application/json; charset=utf8"),
                body));

    assertThat(answer.get("ops")).hasSize(2_000);
    assertThat(answer.get("ops"))
        .allMatch(op -> op.get("proc").asString("").equals("ok") && op.get("ref").isNull());
    String node = SERVER.client().nodes(process).get("Wait").get("obj_id").asString();
    List<JsonNode> tasks = SERVER.client().tasks(process, node);
    assertThat(tasks).hasSize(2_000);
    int number = tasks.get(1234).get("data").get("number").asInt();
    assertThat(tasks.get(1234).get("data").toString())
        .isEqualTo(ServerClient.JSON.readTree(event(number)).toString());
  }

  /** Like {@code json.dumps} of the language writes it: ASCII, compact; nulls at every level. */
  private static String event(int number) {
    return "{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"IAMUser\",\"userName\":\"Bj\\u00f6rk \\ud83d\\ude00\",\"sessionContext\":null},"
        + "\"requestParameters\":null,\"responseElements\":{\"ConsoleLogin\":null,\"list\":[null,{\"a\":null}]},"
        + "\"number\":%d,\"big\":12345678901234567890,\"text\":\"%s\"}"
            .formatted(number, "x".repeat(900));
  }

  @Test
  void httpBridgePostsItsRequestToADirectUrl() {
    long process = process("Bridge");

    JsonNode answer =
        json(
            post(
                directUrl(1, process),
                List.of("Host: x", "Content-Type: application/json"),
                "{\"reply_url\":\"http://bridge/1\",\"req\":{\"headers\":{\"host\":\"a\"},\"path\":\"/x\",\"id\":\"7\"}}"));

    assertThat(answer.get("request_proc").asString()).isEqualTo("ok");
    assertThat(answer.get("ops").get("proc").asString()).isEqualTo("ok");
  }

  @Test
  void telemetryPostsOperationsToADirectUrl() {
    long process = process("Telemetry");

    JsonNode answer =
        json(
            post(
                directUrl(2, process),
                List.of("Host: x", "Content-Type: application/json"),
                "{\"ops\":[{\"type\":\"create\",\"obj\":\"task\",\"ref\":\"t1\",\"data\":{\"v\":1}}]}"));

    assertThat(answer.get("ops").get(0).get("obj_id").asString()).matches("[0-9a-f]{24}");
    assertThat(task(process, "t1").get("data").get("v").asInt()).isEqualTo(1);
  }

  @Test
  void aDirectUrlTakesAQueryOrAnythingThatIsJson() {
    long process = process("Direct");
    String url = directUrl(1, process);

    RawHttp.Answer query =
        RawHttp.exchange(
            address(), "GET " + url + "?a=1&b=x%20y&b=z HTTP/1.1\r\nHost: x\r\n\r\n", new byte[0]);
    JsonNode list = json(post(url, List.of("Host: x"), "[1,null]"));
    JsonNode wrong = json(post(url.substring(0, url.length() - 1) + "x", List.of("Host: x"), "{}"));

    assertThat(json(query).get("ops").get("proc").asString()).isEqualTo("ok");
    assertThat(list.get("ops").get("proc").asString()).isEqualTo("ok");
    assertThat(wrong.get("ops").get("description").asString()).isEqualTo("Access denied");
    String node = SERVER.client().nodes(process).get("Wait").get("obj_id").asString();
    assertThat(SERVER.client().tasks(process, node).stream().map(t -> t.get("data").toString()))
        .containsExactlyInAnyOrder("{\"a\":\"1\",\"b\":[\"x y\",\"z\"]}", "{\"body\":[1,null]}");
  }

  /** What tools that manage processes rely on. */
  @Test
  void managementClients() {
    ServerClient client = SERVER.client();

    ObjectNode made =
        client.ok(
            "{\"id\":\"147\",\"type\":\"create\",\"obj\":\"conv\",\"title\":\"Invoices\",\"description\":null,\"folder_id\":0,\"conv_type\":\"process\",\"create_mode\":\"without_nodes\",\"status\":\"active\",\"obj_type\":0}");
    long process = made.get("obj_id").asLong();
    ObjectNode fresh =
        client.ok("{\"type\":\"list\",\"obj\":\"conv\",\"obj_id\":\"%d\"}".formatted(process));
    ObjectNode node =
        client.ok(
            "{\"id\":\"local-1\",\"type\":\"create\",\"obj\":\"node\",\"conv_id\":%d,\"obj_type\":1,\"version\":1700000001,\"title\":\"Start\"}"
                .formatted(process));
    ObjectNode unknown = client.op("{\"type\":\"list\",\"obj\":\"bot_wizzard\"}");
    ObjectNode confirm =
        client.op(
            "{\"type\":\"confirm\",\"obj\":\"commit\",\"conv_id\":%d,\"version\":1700000001}"
                .formatted(process));

    assertThat(made.get("id").asString()).isEqualTo("147");
    assertThat(made.get("obj_id").isNumber()).isTrue();
    assertThat(made.get("hash").asString()).matches("[0-9a-f]{40}");
    assertThat(fresh.get("commits").get("version").asInt()).isZero();
    assertThat(node.get("id").asString()).isEqualTo("local-1");
    assertThat(node.get("obj_id").isString()).isTrue();
    assertThat(unknown.get("description").asString()).isEqualTo("bad object");
    assertThat(confirm.get("proc").asString()).isEqualTo("error");
    assertThat(confirm.get("errors").isObject()).isTrue();
    assertThat(Map.of("status", client.getJson("/system/conf").get("result").asString()))
        .containsEntry("status", "ok");
  }
}
