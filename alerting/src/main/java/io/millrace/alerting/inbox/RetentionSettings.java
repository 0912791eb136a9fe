package io.millrace.alerting.inbox;

/**
 * What is kept for how long.
 *
 * @param alertMillis alerts, since they were last seen
 * @param alertsMax alerts at all; the oldest go first
 * @param deliveryMillis lines of the delivery log
 * @param deliveriesMax lines of the delivery log at all
 * @param effectMillis the memory of finished effects, by which repeated ones are recognised
 * @param intervalMillis how often it is looked after
 */
public record RetentionSettings(
    long alertMillis,
    long alertsMax,
    long deliveryMillis,
    long deliveriesMax,
    long effectMillis,
    long intervalMillis) {
  private static final long DAY_MILLIS = 24 * 3_600_000L;

  public static RetentionSettings defaults() {
    return new RetentionSettings(
        90 * DAY_MILLIS, 1_000_000, 30 * DAY_MILLIS, 1_000_000, 30 * DAY_MILLIS, 3_600_000);
  }
}
