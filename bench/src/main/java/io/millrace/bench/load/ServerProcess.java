package io.millrace.bench.load;

import io.millrace.engine.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The real server as a process of its own, started, spoken to and killed. */
public final class ServerProcess implements AutoCloseable {
  static final String LOGIN = "900001";
  static final String SECRET = "benchbenchbenchbenchbenchbenchbenchbenchbenchbe";
  private static final int READY_SECONDS_MAX = 120;

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final double startSeconds;
  private int port;

  /** Starts the server on the folder and waits until it says that it is ready. */
  public ServerProcess(Path home, List<String> jvmOptions) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new java.util.ArrayList<>(List.of(java));
    command.addAll(jvmOptions);
    // As the launcher starts it: with the start-up cache of the build, when there is one.
    String cache = System.getProperty("millrace.cache", "");
    if (Files.exists(Path.of(cache)) && !cache.isEmpty()) {
      command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
    }
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders",
            "-cp",
            System.getProperty("java.class.path"),
            "io.millrace.app.Main",
            "server",
            "--home",
            home.toString(),
            "--port",
            "0"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("MILLRACE_API_LOGIN", LOGIN);
    builder.environment().put("MILLRACE_API_SECRET", SECRET);
    builder.redirectErrorStream(true);
    long started = System.nanoTime();
    process = builder.start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    String url = null;
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      int at = line.indexOf("is ready at http://");
      if (at >= 0) {
        url = line.substring(at + 12).split("\\s", 2)[0];
        break;
      }
    }
    if (url == null) {
      throw new IOException("The server did not start:\n" + said);
    }
    startSeconds = (System.nanoTime() - started) / 1e9;
    port = URI.create(url).getPort();
    Thread.ofVirtual().start(() -> drain(out));
  }

  private static void drain(BufferedReader out) {
    try {
      while (out.readLine() != null) {
        // The server must not wait for someone to read what it says.
      }
    } catch (IOException e) {
      // It has ended.
    }
  }

  int port() {
    return port;
  }

  /** From starting the process to its ready line. */
  double startSeconds() {
    return startSeconds;
  }

  /** Resident memory, MiB; 0 where the system does not tell. */
  double residentMib() throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (!Files.exists(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D+", "")) / 1024.0;
      }
    }
    return 0;
  }

  /** Runs operations with the administrator's key; the answers, in order. */
  JsonNode call(ObjectNode... operations) throws IOException, InterruptedException {
    ObjectNode body = Json.object();
    var list = body.putArray("ops");
    for (ObjectNode operation : operations) {
      list.add(operation);
    }
    byte[] bytes = Json.bytes(body);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + Signing.path(LOGIN, SECRET, bytes)))
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
            .build();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    JsonNode parsed = Json.parse(answer.body());
    if (!parsed.path("request_proc").asString("").equals("ok")) {
      throw new IOException("The server answered " + answer.statusCode() + ": " + parsed);
    }
    return parsed.path("ops");
  }

  /** Imports a folder's export; answers the number of the process with this title. */
  long importScheme(String scheme, String title) throws IOException, InterruptedException {
    ObjectNode operation = Json.object();
    operation.put("type", "create").put("obj", "obj_scheme").put("folder_id", 0);
    operation.put("scheme", scheme).put("async", "false");
    JsonNode answer = call(operation).path(0);
    for (JsonNode created : answer.path("scheme")) {
      if (created.path("title").asString("").equals(title)) {
        return created.path("obj_id").asLong();
      }
    }
    throw new IOException("The import did not create '" + title + "': " + answer);
  }

  /** The value of a metric without labels, or null. */
  @Nullable Double metric(String name) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    String text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    for (String line : text.split("\n")) {
      if (line.startsWith(name + " ") || line.startsWith(name + "{")) {
        return Double.valueOf(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return null;
  }

  double tasksFinished() throws IOException, InterruptedException {
    return Objects.requireNonNull(
        metric("millrace_tasks_finished_total"), "no metric of finished tasks");
  }

  /** Ends it at once, as a power failure would end the process. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(READY_SECONDS_MAX, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
