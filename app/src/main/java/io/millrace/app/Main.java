package io.millrace.app;

import io.millrace.app.command.MillraceCommand;

/** Where the program begins. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int code = MillraceCommand.create(System.getenv(), Millrace::start).execute(arguments);
    System.exit(code);
  }
}
