package io.millrace.app.command;

import io.millrace.app.setting.SettingsException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The top of the command line. */
@Command(
    name = "millrace",
    description = "Millrace, a self-hosted process engine.",
    mixinStandardHelpOptions = true,
    versionProvider = MillraceCommand.VersionLine.class,
    synopsisSubcommandLabel = "<command>")
public final class MillraceCommand {

  /** Answers {@code --version}. */
  static final class VersionLine implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Millrace " + Version.NUMBER};
    }
  }

  private MillraceCommand() {}

  /**
   * The whole command line.
   *
   * @param environment variables of the operating system
   * @param wiring starts the product
   */
  public static CommandLine create(Map<String, String> environment, Wiring wiring) {
    CommandLine line =
        new CommandLine(new MillraceCommand())
            .addSubcommand(new DemoCommand(environment, wiring))
            .addSubcommand(new ServerCommand(environment, wiring))
            .addSubcommand(new ReplayCommand(environment))
            .addSubcommand(new AuditCommand(environment, wiring))
            .addSubcommand(new VersionCommand());
    line.setUsageHelpWidth(96);
    line.setUsageHelpAutoWidth(false);
    line.setExecutionExceptionHandler(MillraceCommand::explain);
    return line;
  }

  /** Expected trouble is a sentence; only the unexpected shows its stack. */
  private static int explain(Exception trouble, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    if (trouble instanceof CommandException || trouble instanceof SettingsException) {
      line.getErr().println(trouble.getMessage());
      return ExitCode.COULD_NOT_RUN;
    }
    throw trouble;
  }
}
