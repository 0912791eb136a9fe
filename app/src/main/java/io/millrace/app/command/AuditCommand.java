package io.millrace.app.command;

import io.millrace.app.health.AuditRoute;
import io.millrace.app.setting.Settings;
import io.millrace.app.setting.SettingsException;
import io.millrace.engine.view.AuditFinding;
import io.millrace.runtime.host.AuditProgress;
import io.millrace.runtime.host.AuditReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code audit}: checks that the store keeps its promises. */
@Command(
    name = "audit",
    description = {
      "Checks that a store keeps its promises.",
      "Every task is in exactly one place, counters and sums are as the tasks say, timers and",
      "references have no holes, nothing is half done. Opens a stopped data folder (--home) without",
      "changing it; or asks a running server (--url), with the API key of an administrator in",
      "MILLRACE_API_LOGIN and MILLRACE_API_SECRET.",
      "Exit code: 0 clean, 1 something is wrong, 2 the audit could not run."
    })
final class AuditCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, String> environment;
  private final Wiring wiring;

  @Option(
      names = "--home",
      paramLabel = "<folder>",
      description = "Folder of all data of a stopped server. Default: ~/.millrace")
  @Nullable String home;

  @Mixin ServerAccess access = new ServerAccess();
  @Mixin Help help = new Help();
  @Spec CommandSpec spec = CommandSpec.create();

  AuditCommand(Map<String, String> environment, Wiring wiring) {
    this.environment = environment;
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws SettingsException {
    if (home != null && access.named()) {
      throw new CommandException("Give --home or --url, not both.");
    }
    AuditReport report;
    try (Bar bar = Bar.begin(Terminal.err(), "Audit", 0, "", 1)) {
      AuditProgress progress =
          (stage, done, total) -> {
            bar.say(stage);
            bar.to(done, Math.max(done, total));
          };
      report = access.named() ? running(progress) : wiring.audit(settings(), progress);
    }
    print(spec.commandLine().getOut(), report);
    return report.clean() ? ExitCode.DONE : ExitCode.FOUND;
  }

  private Settings settings() throws SettingsException {
    SettingOptions options = new SettingOptions();
    options.home = home;
    return options.read(environment, Map.of());
  }

  private AuditReport running(AuditProgress progress) {
    ApiClient client = access.client(environment);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(client.stream(AuditRoute.PATH), StandardCharsets.UTF_8))) {
      String text;
      while ((text = lines.readLine()) != null) {
        JsonNode line = JSON.readTree(text);
        if (line.has("report")) {
          return report(line.get("report"));
        }
        if (line.has("error")) {
          throw new CommandException(line.path("error").asString(""));
        }
        progress.progress(
            line.path("stage").asString(""),
            line.path("done").asLong(),
            line.path("total").asLong());
      }
    } catch (IOException | JacksonException e) {
      throw new CommandException("The server's answer broke off: " + e.getMessage(), e);
    }
    throw new CommandException("The server ended its answer without a report; see its log.");
  }

  private static AuditReport report(JsonNode body) {
    List<AuditFinding> findings = new ArrayList<>();
    for (JsonNode finding : body.path("findings")) {
      findings.add(
          new AuditFinding(
              finding.path("invariant").asString(""),
              finding.path("subject").asString(""),
              finding.path("text").asString("")));
    }
    Map<String, Long> checked = new LinkedHashMap<>();
    body.path("checked").properties().forEach(e -> checked.put(e.getKey(), e.getValue().asLong()));
    return new AuditReport(findings, body.path("findings_total").asLong(), checked);
  }

  static void print(PrintWriter out, AuditReport report) {
    out.println("Checked:");
    report.checked().forEach((what, count) -> out.printf("  %,15d  %s%n", count, what));
    if (report.clean()) {
      out.println("Clean: the store keeps its promises.");
    } else {
      out.printf("WRONG: %,d finding(s).%n", report.findingsTotal());
      for (AuditFinding finding : report.findings()) {
        out.printf("  [%s] %s: %s%n", finding.invariant(), finding.subject(), finding.text());
      }
      long more = report.findingsTotal() - report.findings().size();
      if (more > 0) {
        out.printf("  ... and %,d more%n", more);
      }
      out.println(
          "Keep a copy of the data folder and report this: it is a defect of Millrace or of the disk.");
    }
    out.flush();
  }
}
