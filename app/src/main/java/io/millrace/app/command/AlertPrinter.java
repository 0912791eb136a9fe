package io.millrace.app.command;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Shows alerts as they arrive; on a terminal with a colour for the severity. */
final class AlertPrinter {
  /** Goes to the start of the line and clears it: a progress bar may stand there. */
  private static final String CLEAR = "\r\u001b[K";

  private static final String PLAIN = "\u001b[0m";

  private final PrintWriter out;
  private final boolean watched = Terminal.watched();
  private final Set<Long> shown = new HashSet<>();

  AlertPrinter(PrintWriter out) {
    this.out = out;
  }

  /** How many groups of alerts there were. */
  synchronized int count() {
    return shown.size();
  }

  synchronized void show(AlertLine alert) {
    if (!shown.add(alert.id())) {
      return; // a group that grew
    }
    String severity = "%-8s".formatted(alert.severity().toUpperCase(Locale.ROOT));
    String title = printable(alert.title());
    if (watched) {
      out.println(CLEAR + colour(alert.severity()) + severity + PLAIN + " " + title);
    } else {
      out.println(severity + " " + title);
    }
    out.flush();
  }

  /** Titles come from logs, which others write: no control characters reach the terminal. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private static String colour(String severity) {
    return switch (severity) {
      case "critical" -> "\u001b[1;37;41m";
      case "high" -> "\u001b[1;31m";
      case "medium" -> "\u001b[33m";
      case "low" -> "\u001b[36m";
      default -> "\u001b[2m";
    };
  }
}
