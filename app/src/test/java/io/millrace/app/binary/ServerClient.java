package io.millrace.app.binary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks a server over HTTP, signed as the specification says; the signatures are computed here and
 * not by the product's code, so that both cannot be wrong together.
 */
public final class ServerClient implements AutoCloseable {
  public static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final URI address;
  private final long login;
  private final String secret;

  public ServerClient(URI address, long login, String secret) {
    this.address = address;
    this.login = login;
    this.secret = secret;
  }

  /** A client with the key that the first start made. */
  public static ServerClient of(ServerProcess server) {
    return new ServerClient(server.address(), ServerProcess.API_LOGIN, ServerProcess.API_SECRET);
  }

  public URI url(String path) {
    return URI.create(address + path);
  }

  public static String sha1(String time, String secret, byte[] content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(time.getBytes(StandardCharsets.US_ASCII));
      digest.update(secret.getBytes(StandardCharsets.UTF_8));
      digest.update(content);
      return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String hmac(String time, String secret, byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update(time.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(mac.doFinal(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String now() {
    return Long.toString(System.currentTimeMillis() / 1000);
  }

  /** {@code /login/time/signature}. */
  public String auth(byte[] content) {
    String time = now();
    return "/" + login + "/" + time + "/" + sha1(time, secret, content);
  }

  public HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public HttpResponse<byte[]> post(String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url(path)).timeout(PATIENCE).POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return send(request.build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Posts to a route, signed in its path. */
  public HttpResponse<byte[]> signed(String route, byte[] body, String... headers) {
    return post(route + auth(body), body, headers);
  }

  /** Posts to a route, signed by headers. */
  public HttpResponse<byte[]> signedByHeaders(String route, byte[] body) {
    return post(route, body, signatureHeaders(body));
  }

  public String[] signatureHeaders(byte[] body) {
    String time = now();
    return new String[] {
      "X-API-Login", Long.toString(login),
      "X-API-Timestamp", time,
      "X-API-Signature", hmac(time, secret, body)
    };
  }

  public HttpResponse<byte[]> get(String path) {
    try {
      return send(
          HttpRequest.newBuilder(url(path))
              .timeout(PATIENCE)
              .headers(signatureHeaders(new byte[0]))
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public JsonNode getJson(String path) {
    HttpResponse<byte[]> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + text(response));
    }
    return JSON.readTree(response.body());
  }

  public int health() {
    return get("/health").statusCode();
  }

  public static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /**
   * Carries out operations in version 2.
   *
   * @throws IOException when the server went away, or refused the request as a whole
   */
  public List<ObjectNode> tryOps(List<ObjectNode> ops) throws IOException {
    ObjectNode envelope = JSON.createObjectNode();
    envelope.putArray("ops").addAll(ops);
    byte[] body = JSON.writeValueAsBytes(envelope);
    HttpResponse<byte[]> response =
        send(
            HttpRequest.newBuilder(url("/api/2/json" + auth(body)))
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    JsonNode answer = JSON.readTree(response.body());
    if (response.statusCode() != 200 || !answer.path("request_proc").asString("").equals("ok")) {
      throw new IOException(response.statusCode() + " " + text(response));
    }
    List<ObjectNode> answers = new ArrayList<>();
    answer.get("ops").forEach(one -> answers.add((ObjectNode) one));
    return answers;
  }

  public List<ObjectNode> ops(List<ObjectNode> ops) {
    try {
      return tryOps(ops);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ObjectNode object(String json) {
    return (ObjectNode) JSON.readTree(json);
  }

  /** One operation. */
  public ObjectNode op(String json) {
    return ops(List.of(object(json))).getFirst();
  }

  /** One operation that must succeed. */
  public ObjectNode ok(String json) {
    return expectOk(op(json));
  }

  public static ObjectNode expectOk(ObjectNode answer) {
    if (!answer.path("proc").asString("").equals("ok")) {
      throw new AssertionError(answer.toString());
    }
    return answer;
  }

  /** Imports an export file below the root; answers new ids by old ones. */
  public Map<Long, Long> importFile(byte[] file) {
    ObjectNode op = object("{\"type\":\"create\",\"obj\":\"obj_scheme\",\"folder_id\":0}");
    op.put("scheme", new String(file, StandardCharsets.UTF_8));
    ObjectNode answer = expectOk(ops(List.of(op)).getFirst());
    if (answer.has("errors")) {
      throw new AssertionError(answer.toString());
    }
    Map<Long, Long> ids = new TreeMap<>();
    answer
        .get("scheme")
        .forEach(entry -> ids.put(entry.get("old_obj_id").asLong(), entry.get("obj_id").asLong()));
    return ids;
  }

  /** The nodes of a process, by title. */
  public Map<String, JsonNode> nodes(long process) {
    Map<String, JsonNode> nodes = new TreeMap<>();
    ok("{\"type\":\"list\",\"obj\":\"conv\",\"obj_id\":%d}".formatted(process))
        .get("list")
        .forEach(node -> nodes.put(node.get("title").asString(), node));
    return nodes;
  }

  /** All tasks in a node, page by page. */
  public List<JsonNode> tasks(long process, String node) {
    List<JsonNode> tasks = new ArrayList<>();
    JsonNode page;
    do {
      page =
          ok("""
          {"type":"list","obj":"node","conv_id":%d,"obj_id":"%s",
           "limit":1000,"offset":%d,"sort":"ASC"}\
          """
                  .formatted(process, node, tasks.size()))
              .get("list");
      page.forEach(tasks::add);
    } while (page.size() == 1000);
    return tasks;
  }

  public static ArrayNode array() {
    return JSON.createArrayNode();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
