package io.millrace.app.command;

import picocli.CommandLine.Option;

/** {@code --help}, the same in every command. */
final class Help {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit")
  boolean wanted;
}
