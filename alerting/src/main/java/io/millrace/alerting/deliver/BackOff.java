package io.millrace.alerting.deliver;

import java.util.random.RandomGenerator;

/**
 * Exponential back-off with full jitter: a random delay below a bound that grows with every
 * attempt, so that many waiting deliveries do not come back at one moment. (Brooker, "Exponential
 * Backoff And Jitter", AWS Architecture Blog, 2015.)
 */
final class BackOff {
  private final DeliverySettings settings;
  private final RandomGenerator random;

  BackOff(DeliverySettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  /** The longest delay after this many failed attempts, from 1. */
  long boundMillis(int failedAttempts) {
    double bound =
        (double) settings.firstDelayMillis()
            * Math.pow(settings.factor(), Math.min(failedAttempts - 1, 64));
    return (long) Math.min(bound, (double) settings.maxDelayMillis());
  }

  long delayMillis(int failedAttempts) {
    return random.nextLong(boundMillis(failedAttempts) + 1);
  }
}
