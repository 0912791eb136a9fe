package io.millrace.app.command;

/** What a command tells its caller; the same for all commands. */
final class ExitCode {
  /** Done, and nothing was found wrong. */
  static final int DONE = 0;

  /** It ran, and found something wrong. */
  static final int FOUND = 1;

  /** It could not run: wrong usage or settings, or something it needs is missing. */
  static final int COULD_NOT_RUN = 2;

  private ExitCode() {}
}
