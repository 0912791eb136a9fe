package io.millrace.app.command;

import java.io.PrintStream;

/** Whether a person watches, and where progress goes. */
final class Terminal {
  private Terminal() {}

  /** True when a person watches: then bars move and alerts have colours. */
  static boolean watched() {
    return System.console() != null
        && System.console().isTerminal()
        && System.getenv("NO_COLOR") == null;
  }

  /** Progress goes to standard error, so that what a command answers can be piped. */
  static PrintStream err() {
    return System.err;
  }
}
