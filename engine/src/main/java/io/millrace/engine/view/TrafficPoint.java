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
    MINUTE(60_000L),
    HOUR(3_600_000L),
    DAY(86_400_000L);

    private final long millis;

    Interval(long millis) {
      this.millis = millis;
    }

    public long millis() {
      return millis;
    }
  }
}
