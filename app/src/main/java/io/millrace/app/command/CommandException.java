package io.millrace.app.command;

/** A command cannot go on; the message is a whole sentence for the person at the terminal. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CommandException(String message) {
    super(message);
  }

  public CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
