package io.millrace.server;

import io.millrace.http.Authenticator;
import io.millrace.http.Exchange;
import io.millrace.http.HttpSettings;
import io.millrace.http.Identity;
import io.millrace.server.directory.EngineSchemeCheck;
import io.millrace.server.session.Signature;
import io.millrace.server.wire.Json;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.WorkspaceSettings;
import io.millrace.workspace.people.ApiKey;
import io.millrace.workspace.people.KeyWithSecret;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole server on a free port of 127.0.0.1, with a workspace in a folder of its own and the real
 * engine in memory; and a client that signs like the public ones.
 */
public final class ServerFixture implements BeforeAllCallback, AutoCloseable {
  public static final String PASSWORD = "correct horse battery staple";
  public static final long ADMIN_LOGIN = 4242;
  public static final String ADMIN_SECRET = "s3cr3tKeyForTestsOnlys3cr3tKeyForTestsOnly123456";

  private static final ServerFixture SHARED = new ServerFixture();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private @Nullable MemoryHost host;
  private @Nullable Workspace workspace;
  private @Nullable Server server;
  private @Nullable Path home;

  private ServerFixture() {}

  /** The one server of this test run. */
  public static ServerFixture shared() {
    return SHARED;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    if (server == null) {
      start();
      context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).put("server", this);
    }
  }

  private void start() throws IOException {
    home = Files.createTempDirectory("millrace-server-test");
    host = new MemoryHost();
    workspace =
        Workspace.open(
            WorkspaceSettings.embedded(home, InstantSource.system())
                .withSchemeCheck(new EngineSchemeCheck()));
    workspace.users().bootstrapAdministrator(PASSWORD);
    ApiKey key = workspace.apiKeys().ensureApiKey(ADMIN_LOGIN, ADMIN_SECRET);
    workspace.apiKeys().setSkewCheck(key.id(), false);
    server =
        new Server(
            ServerSettings.of(HttpSettings.DEFAULT.withPort(0), home),
            host,
            workspace,
            List.of(ServerFixture::contribute));
    server.start();
  }

  /** A route as other modules add theirs. */
  private static void contribute(Router router, Authenticator authenticator) {
    router
        .get("/api/contributed")
        .handler(routing -> {
          Exchange exchange = Exchange.of(routing);
          exchange.blocking(() -> {
            Identity identity = authenticator.identify(routing);
            exchange.answer(
                identity == null ? 401 : 200,
                Exchange.TEXT,
                (identity == null ? "nobody" : identity.name()).getBytes(StandardCharsets.UTF_8));
          });
        });
  }

  @Override
  public void close() throws IOException {
    client.close();
    server().close();
    workspace().close();
    host().close();
    try (var files = Files.walk(Objects.requireNonNull(home))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  public Server server() {
    return Objects.requireNonNull(server);
  }

  public Workspace workspace() {
    return Objects.requireNonNull(workspace);
  }

  public MemoryHost host() {
    return Objects.requireNonNull(host);
  }

  public int port() {
    return server().port();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  public HttpClient client() {
    return client;
  }

  /** Sends as it is. */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(
          request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(url(path))).GET());
  }

  public HttpResponse<String> post(String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url(path)))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  public HttpResponse<String> post(String path, String body, String... headers) {
    return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** The signed part of a path. */
  public static String auth(long login, String secret, byte[] content) {
    String time = Long.toString(System.currentTimeMillis() / 1000);
    String signature = Signature.ofContent(time, secret.getBytes(StandardCharsets.UTF_8), content);
    return login + "/" + time + "/" + signature;
  }

  public static String auth(byte[] content) {
    return auth(ADMIN_LOGIN, ADMIN_SECRET, content);
  }

  /** Posts a body signed by the administrator's key. */
  public HttpResponse<String> signed(String route, String body, String... headers) {
    return post(route + "/" + auth(body.getBytes(StandardCharsets.UTF_8)), body, headers);
  }

  /** Carries out operations in version 2 and answers theirs; the request must succeed. */
  public ArrayNode ops(String ops) {
    return ops(2, ADMIN_LOGIN, ADMIN_SECRET, ops);
  }

  public ArrayNode ops(int version, long login, String secret, String ops) {
    String body = "{\"ops\":[" + ops + "]}";
    HttpResponse<String> response =
        post(
            "/api/"
                + version
                + "/json/"
                + auth(login, secret, body.getBytes(StandardCharsets.UTF_8)),
            body);
    JsonNode answer = json(response.body());
    if (!answer.path("request_proc").asString("").equals("ok")) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return (ArrayNode) answer.get("ops");
  }

  /** One operation in version 2. */
  public ObjectNode op(String op) {
    return (ObjectNode) ops(op).get(0);
  }

  /** One operation that must succeed. */
  public ObjectNode ok(String op) {
    ObjectNode answer = op(op);
    if (!answer.path("proc").asString("").equals("ok")) {
      throw new AssertionError(op + " -> " + answer);
    }
    return answer;
  }

  public static JsonNode json(String text) {
    return Json.parse(text).orElseThrow(() -> new AssertionError("not JSON: " + text));
  }

  /** A process with a start and a final node, deployed; answers its number. */
  public long process(String title) {
    return ok("{\"type\":\"create\",\"obj\":\"conv\",\"title\":\"%s\",\"folder_id\":0}"
            .formatted(title))
        .get("obj_id")
        .asLong();
  }

  /** A new key of the administrator's. */
  public KeyWithSecret key(String title) {
    long owner = workspace().users().findByLogin("admin").orElseThrow().id();
    KeyWithSecret key = workspace().apiKeys().create(owner, title, "");
    return key;
  }
}
