package io.millrace.server.compatible;

import static io.millrace.server.ServerFixture.ADMIN_LOGIN;
import static io.millrace.server.ServerFixture.ADMIN_SECRET;
import static io.millrace.server.ServerFixture.auth;
import static io.millrace.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.server.ServerFixture;
import io.millrace.server.session.Signature;
import io.millrace.server.wire.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Uploads and downloads. */
class ExchangeRoutesTest {
  @RegisterExtension static final ServerFixture server = ServerFixture.shared();

  private static final String SECRET_BYTES = ADMIN_SECRET;

  @Test
  void anExportImportedAgainHasTheSameGraph() {
    long process = Processes.waiting(server, "Round trip");
    String url = export(process, "json");
    String file = server.send(HttpRequest.newBuilder(URI.create(url)).GET()).body();

    JsonNode made = upload(multipart(file), "boundary42").path("ops").path(0);
    assertThat(made.get("proc").asString()).isEqualTo("ok");
    JsonNode created = made.path("scheme").path(0);
    assertThat(created.get("old_obj_id").asLong()).isEqualTo(process);
    assertThat(created.get("obj_type").asString()).isEqualTo("conv");
    assertThat(created.get("hash").asString()).matches("[0-9a-f]{40}");
    long copy = created.get("obj_id").asLong();
    assertThat(titles(copy)).isEqualTo(titles(process));
    server.ok(
        "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"ref\":\"r\",\"data\":{}}"
            .formatted(copy));
    assertThat(
            server
                .ok(
                    "{\"type\":\"show\",\"obj\":\"task\",\"conv_id\":%d,\"ref\":\"r\"}"
                        .formatted(copy))
                .get("status")
                .asString())
        .isEqualTo("delayed");
  }

  @Test
  void aDownloadIsReachableByNameAndBySignature() {
    String url = export(server.process("Exported"), "zip");
    assertThat(url).startsWith(server.url("/user_downloads/")).endsWith(".zip");
    HttpResponse<String> plain = server.send(HttpRequest.newBuilder(URI.create(url)).GET());
    HttpResponse<String> signed =
        server.send(HttpRequest.newBuilder(URI.create(url + "/" + auth(new byte[0]))).GET());
    assertThat(plain.statusCode()).isEqualTo(200);
    assertThat(plain.headers().firstValue("Content-Type")).hasValue("application/zip");
    assertThat(plain.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment;");
    assertThat(signed.body()).isEqualTo(plain.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/user_downloads/../workspace.mv.db",
        "/user_downloads/..%2fworkspace.mv.db",
        "/user_downloads/%2e%2e%2fworkspace.mv.db",
        "/user_downloads/..%5c..%5cetc%5cpasswd",
        "/user_downloads/conv_1_1.json",
        "/user_downloads/conv%00.json",
        "/user_downloads/%2fetc%2fpasswd",
        "/user_downloads/....//....//etc/passwd",
        "/user_downloads/a_0123456789abcdef0123456789abcdef.json/",
        "/user_downloads/"
      })
  void pathTricksFindNothing(String path) throws Exception {
    String answer =
        RawHttp.send(
            server.port(), "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 (404|400).*");
  }

  @Test
  void importsAreSignedInAnyOfTheWays() {
    byte[] body = multipart("[]").getBytes(StandardCharsets.UTF_8);
    byte[] secret = SECRET_BYTES.getBytes(StandardCharsets.UTF_8);
    for (byte[] content : new byte[][] {body, Signature.multipartContent(body), new byte[0]}) {
      String path =
          "/api/2/upload/" + ADMIN_LOGIN + "/17/" + Signature.ofContent("17", secret, content);
      HttpResponse<String> answer =
          server.post(path, body, "Content-Type", "multipart/form-data; boundary=boundary42");
      assertThat(answer.body()).contains("\"request_proc\":\"ok\"");
    }
    String wrong = "/api/2/upload/" + ADMIN_LOGIN + "/17/" + "0".repeat(40);
    assertThat(
            server
                .post(wrong, body, "Content-Type", "multipart/form-data; boundary=boundary42")
                .body())
        .contains("wrong signature");
  }

  @Test
  void anAsynchronousUploadIsAskedForByItsHash() {
    String file = scheme(server.process("Async"));
    String body =
        "type=create&obj=obj_scheme&async=true&scheme="
            + URLEncoder.encode(file, StandardCharsets.UTF_8);
    HttpResponse<String> started =
        server.signed("/api/2/upload", body, "Content-Type", "application/x-www-form-urlencoded");
    String hash = json(started.body()).path("ops").path(0).get("hash").asString();
    assertThat(hash).hasSizeGreaterThan(30);
    await()
        .untilAsserted(() -> {
          JsonNode state =
              json(server.get("/api/2/upload/info/" + auth(new byte[0]) + "?hash=" + hash).body())
                  .path("ops")
                  .path(0);
          assertThat(state.get("status").asString()).isEqualTo("success");
          assertThat(state.get("scheme")).hasSize(1);
        });
    assertThat(server.get("/api/2/upload/info/" + auth(new byte[0]) + "?hash=unknown").body())
        .contains("does not exist");
    assertThat(
            server
                .ok("{\"type\":\"get\",\"obj\":\"statistics\",\"id\":\"%s\"}".formatted(hash))
                .path("data")
                .path(0)
                .get("progress")
                .asInt())
        .isEqualTo(100);
  }

  @Test
  void theSchemeComesInlineAndGoesInAsText() {
    long process = Processes.waiting(server, "Inline");
    String text = Json.text(Json.object().put("scheme", scheme(process)).get("scheme"));
    JsonNode made =
        server.ok(
            "{\"type\":\"create\",\"obj\":\"obj_scheme\",\"folder_id\":\"0\",\"scheme\":%s,\"async\":\"false\"}"
                .formatted(text));
    assertThat(made.path("scheme").path(0).get("title").asString()).isEqualTo("Inline");
    assertThat(
            server
                .ok(
                    "{\"type\":\"create\",\"obj\":\"obj_scheme\",\"obj_id\":%d,\"obj_type\":\"conv\"}"
                        .formatted(process))
                .get("download_url")
                .asString())
        .contains("/user_downloads/");
    assertThat(
            server
                .op(
                    "{\"type\":\"download\",\"obj\":\"obj_scheme\",\"obj_id\":1,\"obj_type\":\"conv\"}")
                .get("description")
                .asString())
        .isEqualTo("undefined request");
  }

  @Test
  void badFilesAreRefusedAsAWhole() {
    for (String file :
        new String[] {"not json", "[1,2,3]", "[{\"obj_type\":1}]", "PK\u0003\u0004broken"}) {
      JsonNode answer = upload(multipart(file), "boundary42").path("ops").path(0);
      assertThat(answer.get("proc").asString()).as(file).isEqualTo("error");
      assertThat(answer.get("description").asString()).isEqualTo("Invalid scheme");
    }
    HttpResponse<String> broken =
        server.signed(
            "/api/2/upload", "--x\r\nnonsense", "Content-Type", "multipart/form-data; boundary=x");
    assertThat(broken.statusCode()).isEqualTo(400);
    JsonNode missing =
        json(server.signed("/api/2/upload", "{\"type\":\"create\",\"obj\":\"obj_scheme\"}").body());
    assertThat(missing.path("ops").path(0).get("description").asString())
        .isEqualTo("Key 'scheme' is required");
  }

  private static String export(long process, String format) {
    String body =
        "{\"ops\":[{\"type\":\"download\",\"obj\":\"obj_scheme\",\"obj_id\":%d,\"obj_type\":\"conv\",\"with_alias\":true,\"format\":\"%s\",\"async\":false}]}"
            .formatted(process, format);
    return json(server.signed("/api/2/download", body).body())
        .path("ops")
        .path(0)
        .get("download_url")
        .asString();
  }

  private static String scheme(long process) {
    ObjectNode answer =
        server.ok(
            "{\"type\":\"get\",\"obj\":\"obj_scheme\",\"obj_type\":\"conv\",\"obj_id\":%d}"
                .formatted(process));
    return Json.text(answer.get("scheme"));
  }

  private static JsonNode upload(String body, String boundary) {
    return json(
        server
            .signed(
                "/api/2/upload", body, "Content-Type", "multipart/form-data; boundary=" + boundary)
            .body());
  }

  private static String multipart(String file) {
    return """
    --boundary42
    Content-Disposition: form-data; name="scheme"; filename="../../evil.json"
    Content-Type: application/json

    FILE
    --boundary42
    Content-Disposition: form-data; name="type"

    create
    --boundary42
    Content-Disposition: form-data; name="obj"

    obj_scheme
    --boundary42--
    """
        .replace("\n", "\r\n")
        .replace("FILE", file);
  }

  private static java.util.List<String> titles(long process) {
    java.util.List<String> titles = new java.util.ArrayList<>();
    server
        .ok("{\"type\":\"list\",\"obj\":\"conv\",\"obj_id\":%d}".formatted(process))
        .get("list")
        .forEach(node ->
            titles.add(
                node.get("title").asString() + node.get("obj_type") + node.get("logics").size()));
    return titles;
  }
}
