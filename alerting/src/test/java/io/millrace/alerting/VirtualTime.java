package io.millrace.alerting;

import io.millrace.alerting.deliver.DelayScheduler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that only the test moves, and a scheduler that follows it. */
public final class VirtualTime implements DelayScheduler, InstantSource {
  /** The first millisecond of every test. */
  public static final long START_MILLIS = 1_750_000_000_000L;

  private record Due(long atMillis, Runnable work) {}

  private final List<Due> waiting = new ArrayList<>();
  private long nowMillis = START_MILLIS;

  @Override
  public synchronized Instant instant() {
    return Instant.ofEpochMilli(nowMillis);
  }

  @Override
  public synchronized void schedule(long delayMillis, Runnable work) {
    waiting.add(new Due(nowMillis + delayMillis, work));
  }

  /** Delays from now of what is due within a day, soonest first. */
  public synchronized List<Long> delays() {
    return waiting.stream()
        .map(due -> due.atMillis - nowMillis)
        .filter(delay -> delay <= 24 * 3_600_000L)
        .sorted()
        .toList();
  }

  /** Moves the clock and runs what has become due. */
  public void advance(long millis) {
    List<Due> due;
    synchronized (this) {
      nowMillis += millis;
      due =
          waiting.stream()
              .filter(one -> one.atMillis <= nowMillis)
              .sorted(Comparator.comparingLong(Due::atMillis))
              .toList();
      waiting.removeAll(due);
    }
    due.forEach(one -> one.work.run());
  }

  @Override
  public synchronized void close() {
    waiting.clear();
  }
}
