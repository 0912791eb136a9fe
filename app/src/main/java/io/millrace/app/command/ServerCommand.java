package io.millrace.app.command;

import io.millrace.app.setting.Settings;
import io.millrace.app.setting.SettingsException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code server}: runs until it is told to stop. */
@Command(
    name = "server",
    description = {
      "Runs the server until it is stopped.",
      "Ctrl-C or SIGTERM stops it: what was accepted is finished first. The first start creates the",
      "user 'admin' and prints its password once."
    })
final class ServerCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Wiring wiring;

  @Mixin SettingOptions options = new SettingOptions();

  @Option(
      names = "--print-settings",
      description = "Print the settings in force, with their origin; secrets are masked. Then exit")
  boolean printSettings;

  @Mixin Help help = new Help();
  @Spec CommandSpec spec = CommandSpec.create();

  ServerCommand(Map<String, String> environment, Wiring wiring) {
    this.environment = environment;
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws SettingsException, InterruptedException {
    Settings settings = options.read(environment, Map.of());
    PrintWriter out = spec.commandLine().getOut();
    if (printSettings) {
      out.print(settings.print());
      out.flush();
      return ExitCode.DONE;
    }
    try (Running running = wiring.start(settings)) {
      running.generatedPassword().ifPresent(password -> tellPassword(out, password));
      tellReady(out, running);
      running.awaitClosed();
    }
    return ExitCode.DONE;
  }

  /** The line that people and scripts wait for. */
  static void tellReady(PrintWriter out, Running running) {
    // Not the start of the process: the launcher may have built in it before.
    long begin = ManagementFactory.getRuntimeMXBean().getStartTime();
    out.printf(
        Locale.ROOT,
        "Millrace %s is ready at %s (started in %.1f s)%n",
        Version.NUMBER,
        running.address(),
        (System.currentTimeMillis() - begin) / 1000.0);
    out.flush();
  }

  private static void tellPassword(PrintWriter out, String password) {
    out.printf(
        "First start: user %s, password %s%nKeep it now; it is not shown again.%n",
        "admin", password);
    out.flush();
  }
}
