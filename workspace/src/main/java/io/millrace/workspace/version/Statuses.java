package io.millrace.workspace.version;

import io.millrace.engine.command.ProcessStatus;
import java.util.Optional;

/** The spellings and numbers of a process status on the wire. */
public final class Statuses {
  private Statuses() {}

  /** Reads every spelling of the format ({@code actived}, {@code debugged}, {@code inactive} …). */
  public static Optional<ProcessStatus> parse(String text) {
    return switch (text) {
      case "active", "actived", "active_debug" -> Optional.of(ProcessStatus.ACTIVE);
      case "paused", "inactive" -> Optional.of(ProcessStatus.PAUSED);
      case "blocked" -> Optional.of(ProcessStatus.BLOCKED);
      case "debug", "debugged" -> Optional.of(ProcessStatus.DEBUG);
      case "deleted" -> Optional.of(ProcessStatus.DELETED);
      default -> Optional.empty();
    };
  }

  /** The current spelling. */
  public static String text(ProcessStatus status) {
    return switch (status) {
      case ACTIVE -> "active";
      case PAUSED -> "paused";
      case BLOCKED -> "blocked";
      case DEBUG -> "debug";
      case DELETED -> "deleted";
    };
  }

  /** The number of {@code old_status} and {@code new_status}. */
  public static int number(ProcessStatus status) {
    return switch (status) {
      case ACTIVE -> 1;
      case PAUSED -> 2;
      case DELETED -> 3;
      case BLOCKED -> 4;
      case DEBUG -> 5;
    };
  }
}
