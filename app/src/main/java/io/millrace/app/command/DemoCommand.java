package io.millrace.app.command;

import io.millrace.app.setting.Catalogue;
import io.millrace.app.setting.Settings;
import io.millrace.app.setting.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: a server with the solution pack, and a made-up day replayed through it. */
@Command(
    name = "demo",
    description = {
      "Starts a server and shows CloudTrail monitoring at work.",
      "Imports the folder 'CloudTrail monitoring', makes up a day of a small company's CloudTrail",
      "logs with an attack hidden in its night, and replays it by way of a bucket and a queue on",
      "loopback. The data is in ~/.millrace-demo and is kept; nothing else is touched."
    })
final class DemoCommand implements Callable<Integer> {
  private static final String HOME = "~/.millrace-demo";
  private static final long SEED = 7;

  private final Map<String, String> environment;
  private final Wiring wiring;

  @Mixin SettingOptions options = new SettingOptions();

  @Option(names = "--fresh", description = "Forget what earlier demos left in the demo's folder")
  boolean fresh;

  @Option(
      names = "--once",
      description = "End after the replay: with 0 when it raised alerts, else with 1")
  boolean once;

  @Mixin Help help = new Help();
  @Spec CommandSpec spec = CommandSpec.create();

  DemoCommand(Map<String, String> environment, Wiring wiring) {
    this.environment = environment;
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws SettingsException, InterruptedException {
    Settings settings =
        options.read(
            environment, Map.of(Catalogue.HOME.name(), HOME, Catalogue.LOG_LEVEL.name(), "warn"));
    PrintWriter out = spec.commandLine().getOut();
    try {
      DemoHome home = DemoHome.open(settings.get(Catalogue.HOME), fresh);
      try (Running running = wiring.start(settings)) {
        running.generatedPassword().ifPresent(home::keepPassword);
        ServerCommand.tellReady(out, running);
        LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        boolean alerted = show(running, home, day, out);
        tellNext(out, running, home, home.story(day));
        if (once) {
          return alerted ? ExitCode.DONE : ExitCode.FOUND;
        }
        running.awaitClosed();
      }
    } catch (IOException e) {
      throw new CommandException("The demo stopped: " + e.getMessage(), e);
    }
    return ExitCode.DONE;
  }

  private static boolean show(Running running, DemoHome home, LocalDate day, PrintWriter out)
      throws IOException, InterruptedException {
    Solution solution = Solution.load();
    long router = solution.installIn(running.workspace(), out);
    Path folder = home.sample(day);
    out.printf("Sample day %s in %s%n", day, folder);
    out.flush();
    SampleReplay replay = new SampleReplay(running, router, new AlertPrinter(out));
    return replay.run(folder, day, SEED);
  }

  private static void tellNext(PrintWriter out, Running running, DemoHome home, Path story) {
    out.printf(
        """

        Millrace is at   %s
        User             admin
        Password         %s

        Try next:
          - Alerts: acknowledge one, look at its task and the path it took.
          - The folder "CloudTrail monitoring": open the router and watch the numbers on its nodes.
          - %s tells what was hidden in the night.
          - Make an API key on the page, and replay logs of your own: ./millrace replay --help
          - Connect your account: solutions/cloudtrail/README.md

        """,
        running.address(), home.password(), story);
    if (Files.exists(home.folder())) {
      out.println("Ctrl-C stops the server; the data stays in " + home.folder() + ".");
    }
    out.flush();
  }
}
