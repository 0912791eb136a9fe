package io.millrace.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.http.HttpServerHost;
import io.millrace.http.HttpSettings;
import io.millrace.runtime.host.HostStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Health and metrics as a load balancer and a scraper see them, over HTTP. */
class HealthTest {
  private static final HostStatus FINE =
      new HostStatus(true, "", 4, 12, 80_000, 3, 1_000, 500, 9_000, 700, 250.0);

  private final AtomicReference<HostStatus> status = new AtomicReference<>(FINE);
  private final AtomicReference<Optional<String>> database =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<String>> sources = new AtomicReference<>(Optional.empty());
  private final Metrics metrics = new Metrics(this::status);
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServerHost server = start();

  private HttpServerHost start() {
    Health health =
        new Health(
            "0.1.0",
            this::status,
            Map.of("database", database::get),
            Map.of("sources", sources::get));
    try {
      return HttpServerHost.start(
          HttpSettings.DEFAULT.withPort(0),
          router -> {
            health.mount(router, _ -> null);
            metrics.mount(router, _ -> null);
          });
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private HostStatus status() {
    return status.get();
  }

  @BeforeEach
  void fine() {
    status.set(FINE);
  }

  @AfterEach
  void stop() {
    server.close();
    metrics.close();
  }

  @Test
  void itIsUpWhenWorkIsAccepted() throws Exception {
    HttpResponse<String> answer = get("/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode body = JsonMapper.shared().readTree(answer.body());
    assertThat(body.path("status").asString()).isEqualTo("up");
    assertThat(body.path("version").asString()).isEqualTo("0.1.0");
    assertThat(body.path("parts").toString()).isEqualTo("{\"engine\":\"up\",\"database\":\"up\"}");
    assertThat(body.path("reasons")).isEmpty();
  }

  @Test
  void itIsDownWithTheReasonWhenTheStoreFailed() throws Exception {
    status.set(new HostStatus(false, "the disk is full", 4, 0, 80_000, 0, 0, 0, 0, 0, 0));

    HttpResponse<String> answer = get("/health");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"engine: the disk is full\"", "\"status\":\"down\"");
  }

  @Test
  void itIsDownWhileTheInboxIsFull() throws Exception {
    status.set(new HostStatus(true, "", 4, 80_000, 80_000, 0, 0, 0, 0, 0, 0));

    HttpResponse<String> answer = get("/health");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("engine: the inbox is full (80000 commands)");
  }

  @Test
  void everyReasonIsNamed() throws Exception {
    status.set(new HostStatus(false, "stopping", 4, 0, 80_000, 0, 0, 0, 0, 0, 0));
    database.set(Optional.of("no connection"));

    assertThat(get("/health").body())
        .contains("\"reasons\":[\"engine: stopping\",\"database: no connection\"]");
  }

  @Test
  void aWarningKeepsNoWorkOut() throws Exception {
    sources.set(Optional.of("source prod waits for its process"));

    HttpResponse<String> answer = get("/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"warnings\":[\"sources: source prod waits for its process\"]");
  }

  @Test
  void metricsTellTheHostAndTheMachine() throws Exception {
    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body().lines())
        .contains(
            "millrace_accepting 1.0",
            "millrace_inbox_commands 12.0",
            "millrace_effects_pending 3.0",
            "millrace_tasks_live 1000.0",
            "millrace_tasks_finished_total 500.0",
            "millrace_commits_total 700.0",
            "millrace_commit_seconds_mean 2.5E-4")
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"));
  }

  @Test
  void metricsAreReadWhenAskedFor() throws Exception {
    get("/metrics");
    status.set(new HostStatus(true, "", 4, 13, 80_000, 0, 0, 0, 0, 0, 0));

    assertThat(get("/metrics").body().lines()).contains("millrace_inbox_commands 13.0");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
