package io.millrace.alerting.alert;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How bad it is, mildest first. */
public enum Severity {
  INFO(0),
  LOW(1),
  MEDIUM(2),
  HIGH(3),
  CRITICAL(4);

  private final int rank;

  Severity(int rank) {
    this.rank = rank;
  }

  /** The number that is stored, higher for worse. */
  public int rank() {
    return rank;
  }

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

  /** From the stored number. */
  public static Severity ofRank(int rank) {
    for (Severity severity : values()) {
      if (severity.rank == rank) {
        return severity;
      }
    }
    throw new IllegalArgumentException("Expected a severity's rank from 0 to 4, but got " + rank);
  }
}
