package io.millrace.engine.view;

import io.millrace.engine.id.NodeId;

/**
 * Entries and leaves of a node in one interval.
 *
 * @param startMillis start of the interval, Unix milliseconds
 */
public record TrafficPoint(NodeId nodeId, long startMillis, long in, long out) {

  /** Length of an interval. */
  public enum Interval {
    MINUTE('m', 60_000L),
    HOUR('h', 3_600_000L),
    DAY('d', 86_400_000L);

    private final char code;
    private final long millis;

    Interval(char code, long millis) {
      this.code = code;
      this.millis = millis;
    }

    /** Its name in stored keys. */
    public char code() {
      return code;
    }

    public long millis() {
      return millis;
    }
  }
}
