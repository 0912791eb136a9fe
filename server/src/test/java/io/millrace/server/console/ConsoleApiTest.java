package io.millrace.server.console;

import static io.millrace.server.ServerFixture.PASSWORD;
import static io.millrace.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.ServerFixture;
import io.millrace.server.compatible.Processes;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class ConsoleApiTest {
  @RegisterExtension static final ServerFixture server = ServerFixture.shared();

  private String cookie = "";
  private String csrf = "";

  @BeforeEach
  void signIn() {
    HttpResponse<String> answer = signIn("admin", PASSWORD);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    csrf = json(answer.body()).get("csrf").asString();
  }

  private static HttpResponse<String> signIn(String login, String password, String... headers) {
    return server.post(
        "/api/session",
        "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(login, password),
        headers);
  }

  private String pair() {
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private HttpResponse<String> get(String path) {
    return server.send(
        HttpRequest.newBuilder(URI.create(server.url(path))).header("Cookie", pair()).GET());
  }

  @Test
  void theCookieIsKeptFromScriptsAndOtherSites() {
    assertThat(cookie)
        .startsWith("millrace_session=")
        .containsIgnoringCase("; HttpOnly")
        .contains("SameSite=Strict")
        .contains("Path=/")
        .doesNotContain("Secure");
    assertThat(
            signIn("admin", PASSWORD, "X-Forwarded-Proto", "https")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow())
        .contains("Secure");
  }

  @Test
  void aSessionIsShownUntilItIsSignedOut() {
    JsonNode session = json(get("/api/session").body());
    assertThat(session.get("csrf").asString()).isEqualTo(csrf);
    assertThat(session.path("user").get("login").asString()).isEqualTo("admin");
    assertThat(session.path("user").get("administrator").asBoolean()).isTrue();
    HttpRequest.Builder delete =
        HttpRequest.newBuilder(URI.create(server.url("/api/session")))
            .header("Cookie", pair())
            .DELETE();
    HttpResponse<String> withoutToken = server.send(delete.copy());
    assertThat(withoutToken.statusCode()).isEqualTo(403);
    assertThat(json(withoutToken.body()).path("error").get("code").asString()).isEqualTo("csrf");
    assertThat(server.send(delete.header("X-Csrf-Token", csrf)).statusCode()).isEqualTo(204);
    HttpResponse<String> after = get("/api/session");
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(json(after.body()).isEmpty()).isTrue();
    assertThat(get("/api/tree").statusCode()).isEqualTo(401);
  }

  @Test
  void wrongCredentialsAreOneAnswerAndThenThrottled() {
    HttpResponse<String> wrong = signIn("nobody-of-that-name", "x");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(json(wrong.body()).path("error").get("code").asString())
        .isEqualTo("wrong_credentials");
    HttpResponse<String> last = wrong;
    for (int i = 0; i < 20 && last.statusCode() == 401; i++) {
      last = signIn("nobody-of-that-name", "x");
    }
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
    HttpResponse<String> missing = server.post("/api/session", "{\"login\":17}");
    assertThat(missing.statusCode()).isEqualTo(400);
    assertThat(json(missing.body()).path("error").get("field").asString()).isEqualTo("login");
  }

  @Test
  void theCompatibleApiTakesTheCookieWithItsToken() {
    String body = "{\"ops\":[{\"type\":\"list\",\"obj\":\"company\"}]}";
    assertThat(server.post("/api/2/json", body).statusCode()).isEqualTo(401);
    HttpResponse<String> withoutToken = server.post("/api/2/json", body, "Cookie", pair());
    assertThat(withoutToken.statusCode()).isEqualTo(403);
    assertThat(json(withoutToken.body()).get("request_proc").asString()).isEqualTo("error");
    HttpResponse<String> good =
        server.post("/api/2/json", body, "Cookie", pair(), "X-Csrf-Token", csrf);
    assertThat(json(good.body()).path("ops").path(0).get("proc").asString()).isEqualTo("ok");
  }

  @Test
  void contributedRoutesKnowWhoIsAsking() {
    assertThat(server.get("/api/contributed").statusCode()).isEqualTo(401);
    assertThat(get("/api/contributed").body()).isNotEqualTo("nobody");
  }

  @Test
  void theTreeListsWhatTheCallerMaySee() {
    long process = Processes.waiting(server, "In the tree");
    server.ok(
        "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{}}".formatted(process));
    JsonNode found = null;
    for (JsonNode item : json(get("/api/tree").body()).get("items")) {
      found = item.get("id").asLong() == process ? item : found;
    }
    assertThat(found).isNotNull();
    assertThat(found.get("kind").asString()).isEqualTo("process");
    assertThat(found.get("parentId").asLong()).isZero();
    assertThat(found.get("status").asString()).isEqualTo("active");
    assertThat(found.get("liveTasks").asLong()).isEqualTo(1);
    assertThat(server.get("/api/tree").statusCode()).isEqualTo(401);
  }

  @Test
  void aProcessIsViewedWithReadableNodesAndCounters() {
    long process = Processes.waiting(server, "Viewed");
    String wait = Processes.node(server, process, "Wait");
    server.ok(
        "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"ref\":\"v\",\"data\":{\"a\":1}}"
            .formatted(process));
    JsonNode view = json(get("/api/processes/%d/view".formatted(process)).body());
    assertThat(view.get("title").asString()).isEqualTo("Viewed");
    assertThat(view.get("version").asLong()).isEqualTo(1_700_000_001L);
    JsonNode node = null;
    for (JsonNode one : view.get("nodes")) {
      node = one.get("id").asString().equals(wait) ? one : node;
    }
    assertThat(node).isNotNull();
    assertThat(node.get("summary").toString())
        .isEqualTo("[\"Wait for a callback\",\"Go to “End”\"]");
    assertThat(node.path("edges").path(0).get("kind").asString()).isEqualTo("go");
    assertThat(view.path("counts").path(wait).toString())
        .isEqualTo("{\"in\":1,\"out\":0,\"count\":1}");

    JsonNode page =
        json(
            get("/api/processes/%d/nodes/%s/tasks?limit=1&order=newest".formatted(process, wait))
                .body());
    assertThat(page.get("count").asLong()).isEqualTo(1);
    assertThat(page.get("more").asBoolean()).isFalse();
    JsonNode task = page.path("tasks").path(0);
    assertThat(task.get("ref").asString()).isEqualTo("v");
    JsonNode whole =
        json(get("/api/tasks/%d/%s".formatted(process, task.get("id").asString())).body());
    assertThat(whole.get("nodeTitle").asString()).isEqualTo("Wait");
    assertThat(whole.path("path").path(0).get("title").asString()).isEqualTo("Start");
    assertThat(whole.get("data").toString()).isEqualTo("{\"a\":1}");
  }

  @Test
  void errorsSayWhatIsWrong() {
    HttpResponse<String> missing = get("/api/processes/99999999/view");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(json(missing.body()).path("error").get("code").asString()).isEqualTo("not_found");
    assertThat(get("/api/processes/abc/view").statusCode()).isEqualTo(404);
    assertThat(get("/api/nothing").statusCode()).isEqualTo(404);
    long process = server.process("Errors");
    HttpResponse<String> limit =
        get("/api/processes/%d/nodes/aaaaaaaaaaaaaaaaaaaaaaaa/tasks?limit=many".formatted(process));
    assertThat(limit.statusCode()).isEqualTo(400);
    assertThat(json(limit.body()).path("error").toString())
        .contains("\"field\":\"limit\"", "\"value\":\"many\"", "a number from 0 to 500");
    assertThat(get("/api/tasks/%d/000000000000000000000000".formatted(process)).statusCode())
        .isEqualTo(404);
  }
}
