package io.millrace.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.house.Repository;
import io.millrace.app.setting.Settings;
import io.millrace.engine.view.AuditFinding;
import io.millrace.runtime.host.AuditProgress;
import io.millrace.runtime.host.AuditReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  @TempDir Path folder = Path.of("");

  private final Map<String, String> environment = new TreeMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private AuditReport report = new AuditReport(List.of(), 0, Map.of());

  /** With {@code -Dmillrace.renew=true} the files are written instead of compared. */
  @ParameterizedTest
  @ValueSource(strings = {"", "demo", "server", "replay", "audit", "version"})
  void theHelpIsAsRecorded(String command) throws IOException {
    int code = command.isEmpty() ? run("--help") : run(command, "--help");

    Path recorded =
        Repository.root()
            .resolve("app/src/test/resources/help")
            .resolve((command.isEmpty() ? "millrace" : command) + ".txt");
    if (Boolean.getBoolean("millrace.renew")) {
      Files.createDirectories(recorded.resolveSibling("."));
      Files.writeString(recorded, out.toString());
    }
    assertThat(code).isZero();
    assertThat(out.toString()).isEqualTo(Files.readString(recorded));
  }

  @Test
  void theLauncherOffersEveryCommand() throws IOException {
    String launcher = Files.readString(Repository.root().resolve("millrace"));

    assertThat(line().getSubcommands().keySet())
        .allSatisfy(name -> assertThat(launcher).containsPattern("(?m)^  " + name + " +\\w"));
  }

  @Test
  void theVersionIsPrinted() {
    assertThat(run("version")).isZero();
    assertThat(out.toString()).matches("(?s)Millrace \\d+\\.\\d+\\.\\d+ \\(Java 2.*\\)\\R");
  }

  @Test
  void settingsArePrintedWithoutStarting() {
    environment.put("MILLRACE_ADMIN_PASSWORD", "s3cr3t-value");

    int code = run("server", "--home", folder.toString(), "--port", "0", "--print-settings");

    assertThat(code).isZero();
    assertThat(out.toString())
        .containsPattern("port += 0 +# command line")
        .contains("(set, not shown)")
        .doesNotContain("s3cr3t-value");
  }

  @Test
  void wrongSettingsEndTheCommandWithTheirList() {
    int code = run("server", "--port", "x", "--set", "log.level=loud");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).startsWith("2 settings are wrong:").doesNotContain("\tat ");
  }

  @Test
  void replayWithoutKeySaysWhichVariables() throws IOException {
    Path file = Files.writeString(folder.resolve("log.json"), "{\"Records\":[]}");

    int code = run("replay", file.toString(), "--to", "1");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("MILLRACE_API_LOGIN and MILLRACE_API_SECRET");
  }

  @Test
  void replayOfNothingIsAnError() {
    int code = run("replay", folder.resolve("absent").toString(), "--to", "1");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("absent: no CloudTrail file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "0x", "-1x", "x", "1"})
  void aWrongSpeedIsRefused(String speed) {
    assertThat(run("replay", "f", "--to", "1", "--speed", speed)).isEqualTo(2);
    assertThat(err.toString()).contains("a multiple such as 60x, but got " + speed);
  }

  @Test
  void replayWithoutServerSaysHowToStartOne() throws IOException {
    Path file = Files.writeString(folder.resolve("log.json"), "{\"Records\":[]}");
    environment.put("MILLRACE_API_LOGIN", "1");
    environment.put("MILLRACE_API_SECRET", "s");

    int code = run("replay", file.toString(), "--to", "Router", "--url", "http://127.0.0.1:1");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("No server answers at http://127.0.0.1:1");
  }

  @Test
  void aCleanAuditEndsWithZero() {
    Map<String, Long> checked = new LinkedHashMap<>();
    checked.put("live tasks", 1_234_567L);
    report = new AuditReport(List.of(), 0, checked);

    assertThat(run("audit", "--home", folder.toString())).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            Checked:
                    1,234,567  live tasks
            Clean: the store keeps its promises.
            """);
  }

  @Test
  void anAuditWithFindingsEndsWithOneAndNamesThem() {
    report =
        new AuditReport(
            List.of(new AuditFinding("every-task-once", "task 5", "is in two nodes")), 3, Map.of());

    assertThat(run("audit", "--home", folder.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("WRONG: 3 finding(s).", "[every-task-once] task 5: is in two nodes", "2 more");
  }

  @Test
  void anAuditTakesAHomeOrAServerAndNotBoth() {
    assertThat(run("audit", "--home", "x", "--url", "http://127.0.0.1:1")).isEqualTo(2);
    assertThat(err.toString()).contains("Give --home or --url, not both.");
  }

  private CommandLine line() {
    CommandLine line = MillraceCommand.create(environment, new NothingToStart());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line;
  }

  private int run(String... arguments) {
    return line().execute(arguments);
  }

  private final class NothingToStart implements Wiring {
    @Override
    public Running start(Settings settings) {
      throw new AssertionError("Nothing is to be started here");
    }

    @Override
    public AuditReport audit(Settings settings, AuditProgress progress) {
      progress.progress("tasks", 1, 1);
      return report;
    }
  }
}
