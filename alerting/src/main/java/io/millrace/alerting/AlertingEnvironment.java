package io.millrace.alerting;

import io.millrace.alerting.deliver.DelayScheduler;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Time and chance, which tests bring along themselves. */
public record AlertingEnvironment(
    InstantSource clock, DelayScheduler scheduler, RandomGenerator random) {
  /** The real ones. */
  public static AlertingEnvironment real() {
    return new AlertingEnvironment(
        InstantSource.system(), DelayScheduler.realTime(), new SecureRandom());
  }
}
