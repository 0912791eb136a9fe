package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.command.CommandException;
import io.millrace.app.command.MillraceCommand;
import io.millrace.app.command.Running;
import io.millrace.app.command.Wiring;
import io.millrace.app.house.Repository;
import io.millrace.app.setting.Settings;
import io.millrace.app.setting.SettingsException;
import io.millrace.app.setting.SettingsReader;
import io.millrace.runtime.host.AuditProgress;
import io.millrace.runtime.host.AuditReport;
import io.millrace.workspace.rights.Rights;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole product on a fresh folder, as its operator meets it. */
class ProductTest {
  private static final String SECRET = "productTestSecretproductTestSecretproductTest000";

  @TempDir Path folder = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private @Nullable Running running;

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
  }

  @Test
  void theFirstStartMakesUpAPasswordAndALaterOneDoesNot() throws Exception {
    Running first = start(Map.of());
    assertThat(first.generatedPassword().orElseThrow()).hasSizeGreaterThanOrEqualTo(16);
    first.close();

    assertThat(start(Map.of()).generatedPassword()).isEmpty();
  }

  @Test
  void aChosenPasswordIsNotShown() throws Exception {
    assertThat(
            start(Map.of("MILLRACE_ADMIN_PASSWORD", "a long enough password")).generatedPassword())
        .isEmpty();
  }

  @Test
  void theFirstStartWritesACommentedConfigurationFile() throws Exception {
    start(Map.of());

    assertThat(home().resolve("millrace.conf")).content().contains("#port = 8787");
  }

  @Test
  void itIsHealthyOnceStarted() throws Exception {
    Running product = start(Map.of());

    assertThat(get(product.address() + "/health").statusCode()).isEqualTo(200);
    assertThat(get(product.address() + "/metrics").body()).contains("millrace_partitions ");
  }

  @Test
  void twoServersCannotShareAFolder() throws Exception {
    start(Map.of());

    assertThatThrownBy(() -> Millrace.start(settings(Map.of())))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("Millrace cannot start: ");
  }

  @Test
  void aWrongChannelKeepsItFromStarting() {
    assertThatThrownBy(() ->
            start(
                Map.of(
                    "MILLRACE_ALERTS_CHANNEL_OPS_TYPE", "webhook",
                    "MILLRACE_ALERTS_CHANNEL_OPS_URL", "https://hooks.example/x")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("ops")
        .hasMessageContaining("secret");
  }

  @Test
  void aSourceWhoseProcessIsMissingShowsInHealth() throws Exception {
    Running product =
        start(
            Map.of(
                "MILLRACE_AWS_SOURCE_PROD_QUEUE_URL", "http://127.0.0.1:1/q",
                "MILLRACE_AWS_SOURCE_PROD_PROCESS", "Not there",
                "MILLRACE_AWS_SOURCE_PROD_REGION", "eu-west-1"));

    org.awaitility.Awaitility.await()
        .untilAsserted(() -> {
          HttpResponse<String> health = get(product.address() + "/health");
          // Work from other doors is accepted all the same.
          assertThat(health.statusCode()).isEqualTo(200);
          assertThat(health.body()).contains("source prod waits for a process 'Not there'");
        });
  }

  @Test
  void aReplayedFileBecomesTasksOnceAndTheAuditOfTheRunningServerIsClean() throws Exception {
    Running product = start(Map.of("MILLRACE_API_LOGIN", "4711", "MILLRACE_API_SECRET", SECRET));
    product
        .workspace()
        .exchange()
        .importFile(
            Rights.SYSTEM,
            Files.readAllBytes(
                Repository.root().resolve("solutions/cloudtrail/cloudtrail-monitoring.json")),
            0);
    Path file = Files.writeString(folder.resolve("trail.json"), records());

    assertThat(
            run(
                product,
                "replay",
                file.toString(),
                "--to",
                "01 - Event router",
                "--state",
                state()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("2 records sent: 2 new, 0 known before, 0 refused");

    out.getBuffer().setLength(0);
    assertThat(
            run(
                product,
                "replay",
                file.toString(),
                "--to",
                "01 - Event router",
                "--restart",
                "--state",
                state()))
        .isZero();
    assertThat(out.toString()).contains("2 records sent: 0 new, 2 known before, 0 refused");

    out.getBuffer().setLength(0);
    assertThat(run(product, "audit")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("Clean: the store keeps its promises.");
  }

  @Test
  void anUnknownTitleIsAnsweredWithSimilarOnes() throws Exception {
    Running product = start(Map.of("MILLRACE_API_LOGIN", "4711", "MILLRACE_API_SECRET", SECRET));
    product
        .workspace()
        .exchange()
        .importFile(
            Rights.SYSTEM,
            Files.readAllBytes(
                Repository.root().resolve("solutions/cloudtrail/cloudtrail-monitoring.json")),
            0);
    Path file = Files.writeString(folder.resolve("trail.json"), records());

    assertThat(run(product, "replay", file.toString(), "--to", "router")).isEqualTo(2);
    assertThat(err.toString())
        .contains("No process is titled 'router'. Similar:")
        .contains("01 - Event router");
  }

  private static String records() {
    return """
    {"Records": [
      {"eventVersion": "1.11", "eventID": "11111111-1111-4111-8111-111111111111",
       "eventTime": "2026-11-22T03:00:00Z", "eventSource": "s3.amazonaws.com",
       "eventName": "ListBuckets", "awsRegion": "eu-west-1", "recipientAccountId": "111122223333",
       "eventType": "AwsApiCall", "userIdentity": {"type": "IAMUser", "userName": "ada"}},
      {"eventVersion": "1.11", "eventID": "22222222-2222-4222-8222-222222222222",
       "eventTime": "2026-11-22T03:00:01Z", "eventSource": "s3.amazonaws.com",
       "eventName": "ListBuckets", "awsRegion": "eu-west-1", "recipientAccountId": "111122223333",
       "eventType": "AwsApiCall", "userIdentity": {"type": "IAMUser", "userName": "ada"}}]}
    """;
  }

  private String state() {
    return folder.resolve("state.json").toString();
  }

  private Path home() {
    return folder.resolve("home");
  }

  private Settings settings(Map<String, String> environment) throws SettingsException {
    Map<String, String> all = new TreeMap<>(environment);
    all.put("MILLRACE_HOME", home().toString());
    all.put("MILLRACE_PORT", "0");
    all.put("MILLRACE_LOG_LEVEL", "error");
    return SettingsReader.read(all, Map.of(), null);
  }

  private Running start(Map<String, String> environment) throws SettingsException {
    running = Millrace.start(settings(environment));
    return running;
  }

  private int run(Running product, String command, String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = command;
    System.arraycopy(more, 0, arguments, 1, more.length);
    arguments[more.length + 1] = "--url";
    arguments[more.length + 2] = product.address().toString();
    CommandLine line =
        MillraceCommand.create(
            Map.of("MILLRACE_API_LOGIN", "4711", "MILLRACE_API_SECRET", SECRET), new Nothing());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(address)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /** The commands here talk to a running server; they open nothing themselves. */
  private static final class Nothing implements Wiring {
    @Override
    public Running start(Settings settings) {
      throw new AssertionError("Nothing is to be started here");
    }

    @Override
    public AuditReport audit(Settings settings, AuditProgress progress) {
      throw new AssertionError("No stopped store is to be opened here");
    }
  }
}
