package io.millrace.runtime.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time a loop gives to the engine: the machine's, except that it never goes back, neither while
 * running nor over a restart. Not thread-safe; each loop has its own.
 */
final class EngineClock {
  private static final Logger LOG = LoggerFactory.getLogger(EngineClock.class);

  /**
   * A store that is further ahead of the machine was written while the machine's clock was wrong;
   * to wait for that time would stop every timer until then.
   */
  private static final Duration LEAD_MAX = Duration.ofDays(1);

  private final InstantSource source;
  private long latestMillis;

  /**
   * @param storedMillis the latest time that the engine was given before
   */
  EngineClock(InstantSource source, long storedMillis) {
    this.source = source;
    long machineMillis = source.millis();
    if (storedMillis - machineMillis > LEAD_MAX.toMillis()) {
      LOG.warn(
          "The store was last written at {}, but this machine's clock says {}. Time goes on from"
              + " the machine's; check its clock.",
          Instant.ofEpochMilli(storedMillis),
          Instant.ofEpochMilli(machineMillis));
      latestMillis = machineMillis;
    } else {
      latestMillis = storedMillis;
    }
  }

  long millis() {
    latestMillis = Math.max(latestMillis, source.millis());
    return latestMillis;
  }
}
