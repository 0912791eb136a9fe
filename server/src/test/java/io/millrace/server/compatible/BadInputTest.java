package io.millrace.server.compatible;

import static io.millrace.server.ServerFixture.auth;
import static io.millrace.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.ServerFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {
  @RegisterExtension static final ServerFixture server = ServerFixture.shared();

  private static final int MEBIBYTE = 1024 * 1024;
  private static final String INCORRECT =
      "{\"request_proc\":\"error\",\"ops\":[{\"proc\":\"error\",\"description\":\"Incorrect body\"}]}";
  private static final String TOO_LARGE =
      "{\"request_proc\":\"error\",\"ops\":[{\"proc\":\"error\",\"description\":\"Request entity too large\"}]}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "true",
        "17",
        "\"ops\"",
        "[]",
        "{}",
        "{\"ops\":null}",
        "{\"ops\":[]}}",
        "{\"ops\":[}",
        "{'ops':[]}",
        "{\"ops\":[NaN]}",
        "{\"ops\":[1e99999999999]} x"
      })
  void whatIsNoEnvelopeIsAnIncorrectBody(String body) {
    HttpResponse<String> answer = server.signed("/api/2/json", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo(INCORRECT);
  }

  @Test
  void operationsThatAreNoObjectsFailAlone() {
    HttpResponse<String> answer =
        server.signed(
            "/api/2/json", "{\"ops\":[1,null,[],\"x\",{\"type\":\"list\",\"obj\":\"company\"}]}");
    var ops = json(answer.body()).get("ops");
    assertThat(ops).hasSize(5);
    for (int i = 0; i < 4; i++) {
      assertThat(ops.get(i).get("proc").asString()).isEqualTo("error");
      assertThat(ops.get(i).get("description").asString()).isNotEmpty();
    }
    assertThat(ops.get(4).get("proc").asString()).isEqualTo("ok");
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    HttpResponse<String> answer =
        server.signed(
            "/api/2/json",
            "{\"ops\":[{\"type\":\"create\",\"obj\":\"task\",\"data\":" + deep + "}]}");
    assertThat(answer.statusCode()).isEqualTo(400);
    String xml = "<a>".repeat(10_000) + "</a>".repeat(10_000);
    assertThat(server.signed("/api/1/xml", xml).statusCode()).isEqualTo(400);
  }

  @Test
  void invalidUtf8IsRefused() {
    byte[] body = "{\"ops\":[{\"type\":\"?\",\"obj\":\"x\"}]}".getBytes(StandardCharsets.UTF_8);
    body[18] = (byte) 0xff;
    HttpResponse<String> answer = server.post("/api/2/json/" + auth(body), body);
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void halfASurrogatePairComesBackAsItWas() {
    HttpResponse<String> answer =
        server.signed(
            "/api/2/json",
            "{\"ops\":[{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":99999999,\"ref\":\"\\ud800\",\"data\":{}}]}");
    assertThat(answer.body()).containsIgnoringCase("\"ref\":\"\\ud800\"");
  }

  @Test
  void anAnnouncedBodyOverTheLimitIsNotRead() throws IOException {
    String answer =
        RawHttp.send(
            server.port(),
            "POST /api/2/json/1/2/3 HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413 ").endsWith(TOO_LARGE);
  }

  @Test
  void aBodyWithoutALengthIsReadUpToTheLimit() throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(
        "POST /api/2/json/1/2/3 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            .getBytes(StandardCharsets.ISO_8859_1));
    byte[] chunk =
        ("100000\r\n" + "x".repeat(MEBIBYTE) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < 17; i++) {
      request.writeBytes(chunk);
    }
    assertThat(RawHttp.send(server.port(), request.toByteArray()))
        .startsWith("HTTP/1.1 413 ")
        .endsWith(TOO_LARGE);
  }

  @Test
  void compressedBodiesAreReadAndBombsAreNot() throws IOException {
    byte[] plain =
        "{\"ops\":[{\"type\":\"list\",\"obj\":\"company\"}]}".getBytes(StandardCharsets.UTF_8);
    byte[] zipped = gzip(plain);
    for (byte[] signed : new byte[][] {zipped, plain}) {
      HttpResponse<String> answer =
          server.post("/api/2/json/" + auth(signed), zipped, "Content-Encoding", "gzip");
      assertThat(json(answer.body()).get("request_proc").asString()).isEqualTo("ok");
    }
    byte[] bomb = gzip(new byte[64 * MEBIBYTE]);
    assertThat(bomb.length).isLessThan(MEBIBYTE);
    HttpResponse<String> refused =
        server.post("/api/2/json/" + auth(bomb), bomb, "Content-Encoding", "gzip");
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.body()).isEqualTo(TOO_LARGE);
    HttpResponse<String> broken =
        server.post("/api/2/json/" + auth(plain), plain, "Content-Encoding", "gzip");
    assertThat(broken.statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/3/json/1/2/3",
        "/api/2/json/1/2",
        "/api/2/json/1/2/3/4",
        "/api/2/unknown/1/2/3",
        "/api/2/json/public/x/y",
        "/api/2/json/plugins/x"
      })
  void unknownPathsAreNotFound(String path) {
    assertThat(server.post(path, "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void brokenHttpIsAnsweredAndTheConnectionClosed() throws IOException {
    assertThat(RawHttp.send(server.port(), "NONSENSE\r\n\r\n")).matches("(?s)HTTP/1.[01] 400 .*");
    assertThat(
            RawHttp.send(
                server.port(), "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .matches("(?s)HTTP/1.[01] 414 .*");
    assertThat(
            RawHttp.send(
                server.port(),
                "GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(40_000) + "\r\n\r\n"))
        .matches("(?s)HTTP/1.[01] 431 .*");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }
}
