package io.millrace.server.console;

import static io.millrace.server.ServerFixture.PASSWORD;
import static io.millrace.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.ServerFixture;
import io.millrace.server.compatible.Processes;
import io.millrace.server.session.Signature;
import io.millrace.workspace.people.KeyWithSecret;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class LiveStreamTest {
  @RegisterExtension static final ServerFixture server = ServerFixture.shared();

  /** Collects the frames of one socket. */
  private static final class Frames implements WebSocket.Listener {
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        frames.add(partial.toString());
        partial.setLength(0);
      }
      socket.request(1);
      return null;
    }

    String next() throws InterruptedException {
      String frame = frames.poll(20, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("no frame came");
      }
      return frame;
    }

    JsonNode op() throws InterruptedException {
      return json(next()).path("ops").path(0);
    }
  }

  private static CompletableFuture<WebSocket> connect(Frames frames, String... headers) {
    WebSocket.Builder builder = server.client().newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    return builder.buildAsync(
        URI.create("ws://127.0.0.1:" + server.port() + "/api/1/sock_json"), frames);
  }

  private static String cookie() {
    HttpResponse<String> answer =
        server.post(
            "/api/session", "{\"login\":\"admin\",\"password\":\"%s\"}".formatted(PASSWORD));
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private static String watch(long process, String status) {
    return "{\"ops\":[{\"type\":\"monitor_show\",\"obj\":\"conv\",\"obj_id\":%d,\"status\":\"%s\"}]}"
        .formatted(process, status);
  }

  @Test
  void countersComeOnSubscribingAndWhenTheyChange() throws Exception {
    long process = Processes.waiting(server, "Live");
    String wait = Processes.node(server, process, "Wait");
    Frames frames = new Frames();
    WebSocket socket =
        connect(frames, "Cookie", cookie(), "Origin", "http://127.0.0.1:" + server.port()).join();
    socket.sendText("0", true).join();
    assertThat(frames.next()).isEqualTo("1");

    socket.sendText(watch(process, "on"), true).join();
    JsonNode first = frames.op();
    assertThat(first.get("type").asString()).isEqualTo("monitor_show");
    assertThat(first.get("proc").asString()).isEqualTo("ok");
    assertThat(first.get("obj_id").asLong()).isEqualTo(process);

    server.ok(
        "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":{}}".formatted(process));
    JsonNode changed = frames.op();
    JsonNode node = null;
    for (JsonNode one : changed.get("list")) {
      node = one.get("obj_id").asString().equals(wait) ? one : node;
    }
    assertThat(node).isNotNull();
    assertThat(node.get("count").asLong()).isEqualTo(1);
    assertThat(node.get("in").asLong()).isEqualTo(1);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  @Test
  void onlyThoseWhoMayViewAProcessMayWatchIt() throws Exception {
    long process = server.process("Not for all");
    KeyWithSecret key = server.key("watcher");
    String time = Long.toString(System.currentTimeMillis() / 1000);
    String signature =
        Signature.hmac(time, key.secret().getBytes(StandardCharsets.UTF_8), new byte[0]);
    Frames frames = new Frames();
    WebSocket socket =
        connect(
                frames,
                "X-API-Login",
                Long.toString(key.key().loginId()),
                "X-API-Timestamp",
                time,
                "X-API-Signature",
                signature)
            .join();
    socket.sendText(watch(process, "on"), true).join();
    assertThat(frames.op().get("description").asString()).isEqualTo("Access denied");
    socket.sendText("{\"ops\":[{\"type\":\"monitor_show\",\"obj\":\"git_call\"}]}", true).join();
    assertThat(frames.op().get("description").asString()).isEqualTo("bad object");
    socket.sendText("not json", true).join();
    assertThat(frames.next()).contains("Incorrect body");
    socket.abort();
  }

  @Test
  void subscriptionsAreBounded() throws Exception {
    Frames frames = new Frames();
    WebSocket socket = connect(frames, "Cookie", cookie()).join();
    for (int i = 1; i <= 51; i++) {
      socket.sendText(watch(90_000_000L + i, "on"), true).join();
    }
    // Administrators may watch anything; the last of 51 is one too many.
    int refused = 0;
    for (int i = 1; i <= 51; i++) {
      refused += frames.op().get("proc").asString().equals("ok") ? 0 : 1;
    }
    assertThat(refused).isEqualTo(1);
    socket.abort();
  }

  @Test
  void strangersAndPagesOfOtherSitesAreRefused() {
    assertThat(status(connect(new Frames()))).isEqualTo(401);
    assertThat(
            status(
                connect(new Frames(), "Cookie", cookie(), "Origin", "https://elsewhere.example")))
        .isEqualTo(403);
    assertThat(server.get("/api/1/sock_json").statusCode()).isEqualTo(426);
  }

  private static int status(CompletableFuture<WebSocket> connecting) {
    Throwable[] thrown = new Throwable[1];
    assertThatThrownBy(connecting::join)
        .isInstanceOf(CompletionException.class)
        .satisfies(e -> thrown[0] = e.getCause());
    return ((WebSocketHandshakeException) thrown[0]).getResponse().statusCode();
  }
}
