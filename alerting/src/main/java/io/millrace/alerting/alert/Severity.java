package io.millrace.alerting.alert;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How bad it is, mildest first; the order is the rank that is stored. */
public enum Severity {
  INFO,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /** The word on the wire. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads the word, in any case; null when it is none of them. */
  public static @Nullable Severity parse(String text) {
    for (Severity severity : values()) {
      if (severity.name().equalsIgnoreCase(text.strip())) {
        return severity;
      }
    }
    return null;
  }

  /** From the stored rank. */
  public static Severity ofRank(int rank) {
    return values()[rank];
  }
}
