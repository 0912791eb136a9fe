package io.millrace.alerting.deliver;

/**
 * How often and how long delivery is tried.
 *
 * @param firstDelayMillis the longest first delay; the real one is random below it
 * @param factor by which the longest delay grows with every attempt
 * @param maxDelayMillis it grows no further than this
 * @param giveUpMillis an alert older than this is tried no more; it is tried once in any case
 * @param httpTimeoutMillis for one attempt over HTTP
 */
public record DeliverySettings(
    long firstDelayMillis,
    double factor,
    long maxDelayMillis,
    long giveUpMillis,
    long httpTimeoutMillis) {
  public static DeliverySettings defaults() {
    return new DeliverySettings(2_000, 2.0, 300_000, 24 * 3_600_000L, 15_000);
  }

  public DeliverySettings {
    if (firstDelayMillis < 1
        || factor < 1
        || maxDelayMillis < firstDelayMillis
        || giveUpMillis < 0
        || httpTimeoutMillis < 1) {
      throw new IllegalArgumentException(
          "Alert delivery: expected a first delay of at least 1 ms, a factor of at least 1, a longest"
              + " delay not below the first and no negative times, but got "
              + firstDelayMillis
              + ", "
              + factor
              + ", "
              + maxDelayMillis
              + ", "
              + giveUpMillis
              + " and "
              + httpTimeoutMillis);
    }
  }
}
