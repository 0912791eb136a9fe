package io.millrace.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The compatible API of a running server, as far as the commands need it. */
final class ApiClient {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int ANSWER_BYTES_MAX = 16 << 20;
  private static final int LIST_MAX = 100;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final URI server;
  private final String login;
  private final String secret;

  ApiClient(URI server, String login, String secret) {
    this.server = server;
    this.login = login;
    this.secret = secret;
  }

  URI server() {
    return server;
  }

  String login() {
    return login;
  }

  String secret() {
    return secret;
  }

  /** Answers the number of the process that a number or a title names. */
  long processId(String numberOrTitle) {
    if (numberOrTitle.matches("\\d{1,18}")) {
      return Long.parseLong(numberOrTitle);
    }
    ObjectNode op = JSON.createObjectNode();
    op.put("type", "list").put("obj", "convs").put("pattern", numberOrTitle).put("limit", LIST_MAX);
    long found = 0;
    StringBuilder similar = new StringBuilder();
    int same = 0;
    for (JsonNode item : operation(op).path("list")) {
      String title = item.path("title").asString("");
      if (title.equalsIgnoreCase(numberOrTitle)) {
        found = item.path("obj_id").asLong();
        same++;
      }
      similar.append("\n  ").append(item.path("obj_id").asLong()).append("  ").append(title);
    }
    if (same == 1) {
      return found;
    }
    throw new CommandException(
        (same > 1
                ? "Several processes are titled '" + numberOrTitle + "'; give the number:"
                : "No process is titled '" + numberOrTitle + "'.")
            + (same == 0 && !similar.isEmpty() ? " Similar:" : "")
            + similar);
  }

  /** Sends one operation and answers its result, which is {@code ok}. */
  JsonNode operation(ObjectNode op) {
    ObjectNode body = JSON.createObjectNode();
    body.putArray("ops").add(op);
    JsonNode answer = parse(send("/api/2/json", body.toString()));
    JsonNode result = answer.path("ops").path(0);
    if (!answer.path("request_proc").asString("").equals("ok")
        || !result.path("proc").asString("").equals("ok")) {
      throw new CommandException(
          server + " refused: " + result.path("description").asString(answer.toString()));
    }
    return result;
  }

  /** Posts to a route and answers the body as it arrives; the caller closes it. */
  InputStream stream(String path) {
    HttpResponse<InputStream> answer = exchange(path, "");
    if (answer.statusCode() != 200) {
      throw unexpected(answer.statusCode(), bounded(answer));
    }
    return answer.body();
  }

  private byte[] send(String path, String body) {
    HttpResponse<InputStream> answer = exchange(path, body);
    byte[] text = bounded(answer);
    if (answer.statusCode() != 200) {
      throw unexpected(answer.statusCode(), text);
    }
    return text;
  }

  private HttpResponse<InputStream> exchange(String path, String body) {
    String time = Long.toString(System.currentTimeMillis() / 1000);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("X-API-Login", login)
            .header("X-API-Timestamp", time)
            .header("X-API-Signature", signature(time + body))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (ConnectException e) {
      throw new CommandException(
          "No server answers at " + server + ". Start one (millrace server) or name it by --url.",
          e);
    } catch (IOException e) {
      throw new CommandException(server + path + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("Interrupted.", e);
    }
  }

  private byte[] bounded(HttpResponse<InputStream> answer) {
    try (InputStream body = answer.body()) {
      return body.readNBytes(ANSWER_BYTES_MAX);
    } catch (IOException e) {
      throw new CommandException(server + ": the answer broke off: " + e.getMessage(), e);
    }
  }

  private CommandException unexpected(int status, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    return new CommandException(
        server
            + " answered HTTP status "
            + status
            + ": "
            + text.substring(0, Math.min(300, text.length())));
  }

  private JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      throw new CommandException(server + " does not answer like Millrace: no JSON.", e);
    }
  }

  private String signature(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
    }
  }
}
