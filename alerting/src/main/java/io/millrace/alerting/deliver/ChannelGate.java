package io.millrace.alerting.deliver;

import io.millrace.alerting.channel.ChannelLimits;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * Lets deliveries of one channel through: a bounded number at one time, a bounded number a minute
 * (token bucket, a tenth of a minute's worth at once), and none while the other side asked for a
 * pause. First come, first served.
 */
final class ChannelGate {
  private static final double BURST_SHARE = 0.1;

  private final ChannelLimits limits;
  private final InstantSource clock;
  private final DelayScheduler scheduler;
  private final double tokensMax;

  // All below guarded by this.
  private final SequencedSet<Runnable> waiting = new LinkedHashSet<>();
  private int running;
  private double tokens;
  private long filledMillis;
  private long pausedUntilMillis;
  private boolean wakeUpDue;

  ChannelGate(ChannelLimits limits, InstantSource clock, DelayScheduler scheduler) {
    this.limits = limits;
    this.clock = clock;
    this.scheduler = scheduler;
    this.tokensMax = Math.max(1, limits.ratePerMinute() * BURST_SHARE);
    this.tokens = tokensMax;
    this.filledMillis = clock.millis();
  }

  /** Runs the work when it is its turn; it must call {@link #leave} once when it is over. */
  void enter(Runnable work) {
    synchronized (this) {
      waiting.add(work);
    }
    letThrough();
  }

  /** Takes waiting work back; false when it has had its turn. */
  synchronized boolean withdraw(Runnable work) {
    return waiting.remove(work);
  }

  void leave() {
    synchronized (this) {
      running--;
    }
    letThrough();
  }

  /** Holds everything back for a while. */
  synchronized void pause(long millis) {
    pausedUntilMillis = Math.max(pausedUntilMillis, clock.millis() + millis);
  }

  private void letThrough() {
    while (true) {
      Runnable work;
      synchronized (this) {
        if (waiting.isEmpty() || running >= limits.concurrencyMax()) {
          return;
        }
        long now = clock.millis();
        long waitMillis = Math.max(pausedUntilMillis - now, tokenWaitMillis(now));
        if (waitMillis > 0) {
          wakeUp(waitMillis);
          return;
        }
        tokens--;
        running++;
        work = waiting.removeFirst();
      }
      work.run();
    }
  }

  private long tokenWaitMillis(long now) {
    double perMillis = limits.ratePerMinute() / 60_000.0;
    tokens = Math.min(tokensMax, tokens + Math.max(0, now - filledMillis) * perMillis);
    filledMillis = now;
    return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perMillis);
  }

  private void wakeUp(long millis) {
    if (!wakeUpDue) {
      wakeUpDue = true;
      scheduler.schedule(
          millis,
          () -> {
            synchronized (this) {
              wakeUpDue = false;
            }
            letThrough();
          });
    }
  }
}
