package io.millrace.aws.submit;

import io.millrace.aws.cloudtrail.TrailRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps a bounded number of records under way. Backs off when the target is overloaded and tries
 * the same records again; knows at any time up to which record everything is durable.
 *
 * <p>Owned by one thread, which may be a virtual one; only outcomes arrive on others.
 */
public final class SubmitWindow {
  /** How many refused records are kept with their reason. */
  static final int REFUSALS_MAX = 100;

  private static final long PAUSE_MILLIS_MIN = 1;
  private static final long PAUSE_MILLIS_MAX = 60_000;

  private final TaskSink sink;
  private final int recordsMax;
  private final LongConsumer onOverloaded;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** A ring: the entry of record n is at n modulo its length, for n from first to next. */
  private final @Nullable Outcome[] outcomes;

  private final @Nullable ObjectNode[] records;
  private final Deque<Long> again = new ArrayDeque<>();
  private long first;
  private long next;
  private long pausedUntilNanos;
  private boolean paused;
  private @Nullable String failure;

  private long created;
  private long duplicates;
  private long refused;
  private final List<RefusedRecord> refusals = new ArrayList<>();

  /**
   * @param recordsMax how many records may be under way
   * @param onOverloaded hears that the target is overloaded, and for how many milliseconds
   */
  public SubmitWindow(TaskSink sink, int recordsMax, LongConsumer onOverloaded) {
    if (recordsMax < 1) {
      throw new IllegalArgumentException(
          "Expected a window of at least 1 record, but got " + recordsMax);
    }
    this.sink = sink;
    this.recordsMax = recordsMax;
    this.onOverloaded = onOverloaded;
    this.outcomes = new Outcome[recordsMax];
    this.records = new ObjectNode[recordsMax];
  }

  public SubmitWindow(TaskSink sink, int recordsMax) {
    this(sink, recordsMax, _ -> {});
  }

  /** Submits a record; waits while the window is full or the target overloaded. */
  public void submit(ObjectNode record) throws InterruptedException, SubmitException {
    awaitRoom();
    long number;
    lock.lock();
    try {
      number = next++;
      records[index(number)] = record;
      outcomes[index(number)] = null;
    } finally {
      lock.unlock();
    }
    send(number, record);
  }

  /** Waits until every record submitted so far is durable, and answers what became of them. */
  public SubmitTally drain() throws InterruptedException, SubmitException {
    while (!settled(0)) {
      waitForChange();
    }
    return tally();
  }

  /** Sends what the sink may have collected, without waiting. */
  public void flush() {
    sink.flush();
  }

  /** How many records, counted from the first, are durable without a gap. */
  public long durable() {
    lock.lock();
    try {
      advance();
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** What became of the records that are durable without a gap. */
  public SubmitTally tally() {
    lock.lock();
    try {
      advance();
      return new SubmitTally(created, duplicates, refused, refusals);
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoom() throws InterruptedException, SubmitException {
    while (!settled(recordsMax - 1)) {
      waitForChange();
    }
  }

  /** Whether at most so many records are under way, and nothing asks for a pause. */
  private boolean settled(int underWayMax) throws SubmitException {
    lock.lock();
    try {
      if (failure != null) {
        throw new SubmitException(failure);
      }
      advance();
      return !paused && next - first <= underWayMax;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for some change; callers ask in a loop whether it is the one they wait for. */
  @SuppressWarnings("WaitNotInLoop")
  private void waitForChange() throws InterruptedException {
    sink.flush();
    List<Long> due = new ArrayList<>();
    lock.lockInterruptibly();
    try {
      if (paused) {
        long leftNanos = pausedUntilNanos - System.nanoTime();
        if (leftNanos > 0) {
          changed.awaitNanos(leftNanos);
          return;
        }
        paused = false;
        due.addAll(again);
        again.clear();
      } else if (!headSettled() && failure == null) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
    for (long number : due) {
      ObjectNode record = records[index(number)];
      if (record != null) {
        send(number, record);
      }
    }
  }

  private boolean headSettled() {
    return first < next && outcomes[index(first)] != null;
  }

  private void send(long number, ObjectNode record) {
    var _ = sink.submit(record).thenAccept(outcome -> arrived(number, outcome));
  }

  private void arrived(long number, Outcome outcome) {
    long pauseMillis = 0;
    lock.lock();
    try {
      switch (outcome) {
        case Outcome.Created _, Outcome.Duplicate _, Outcome.Refused _ ->
            outcomes[index(number)] = outcome;
        case Outcome.Overloaded overloaded -> {
          pauseMillis =
              Math.clamp(overloaded.retryAfterMillis(), PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX);
          pause(pauseMillis);
          again.add(number);
        }
        case Outcome.Unavailable unavailable -> failure = unavailable.description();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (pauseMillis > 0) {
      onOverloaded.accept(pauseMillis);
    }
  }

  private void pause(long millis) {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    if (!paused || until - pausedUntilNanos > 0) {
      pausedUntilNanos = until;
    }
    paused = true;
  }

  private void advance() {
    while (headSettled()) {
      int at = index(first);
      Outcome outcome = outcomes[at];
      ObjectNode record = records[at];
      if (outcome == null || record == null) {
        throw new IllegalStateException("Expected a record with an outcome at the window's head");
      }
      count(outcome, record);
      outcomes[at] = null;
      records[at] = null;
      first++;
    }
  }

  private void count(Outcome outcome, ObjectNode record) {
    switch (outcome) {
      case Outcome.Created _ -> created++;
      case Outcome.Duplicate _ -> duplicates++;
      case Outcome.Refused refusal -> {
        refused++;
        if (refusals.size() < REFUSALS_MAX) {
          refusals.add(
              new RefusedRecord(
                  TrailRecord.reference(record), refusal.reason(), refusal.description()));
        }
      }
      case Outcome.Overloaded _, Outcome.Unavailable _ ->
          throw new IllegalStateException("Expected a final outcome, but got " + outcome);
    }
  }

  private int index(long number) {
    return (int) (number % recordsMax);
  }
}
