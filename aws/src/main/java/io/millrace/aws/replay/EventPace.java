package io.millrace.aws.replay;

import io.millrace.aws.cloudtrail.TrailRecord;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/** Spaces records as their events were, counted from the first one. */
final class EventPace {
  private static final long NAP_MILLIS_MAX = 200;

  private final double factor;
  private final ReplayClock clock;
  private final BooleanSupplier waiting;
  private long firstEventMillis;
  private long firstClockMillis;
  private boolean begun;

  EventPace(double factor, ReplayClock clock, BooleanSupplier waiting) {
    this.factor = factor;
    this.clock = clock;
    this.waiting = waiting;
  }

  /** Waits until the record is due; false when {@code waiting} says not to go on. */
  boolean awaitTurn(ObjectNode record) throws InterruptedException {
    OptionalLong event = TrailRecord.eventTimeMillis(record);
    if (event.isEmpty()) {
      return true;
    }
    if (!begun) {
      begun = true;
      firstEventMillis = event.getAsLong();
      firstClockMillis = clock.millis();
    }
    long due = firstClockMillis + Math.round((event.getAsLong() - firstEventMillis) / factor);
    for (long left = due - clock.millis(); left > 0; left = due - clock.millis()) {
      if (!waiting.getAsBoolean()) {
        return false;
      }
      clock.sleep(Math.min(left, NAP_MILLIS_MAX));
    }
    return true;
  }
}
