package io.millrace.server.compatible;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Collects the answers of one request in the order of its operations, from whatever thread they
 * come, and says when the last one is there.
 */
final class Batch {
  private final OpAnswer[] answers;
  private final AtomicInteger open;
  private final Runnable whenComplete;
  private final AtomicInteger overloaded = new AtomicInteger();
  private final AtomicInteger unavailable = new AtomicInteger();
  private final AtomicLong retryAfterMillis = new AtomicLong();

  Batch(int operations, Runnable whenComplete) {
    this.answers = new OpAnswer[operations];
    this.open = new AtomicInteger(operations);
    this.whenComplete = whenComplete;
  }

  /** One answer; each operation gets exactly one. */
  void put(int index, OpAnswer answer) {
    answers[index] = answer;
    if (open.decrementAndGet() == 0) {
      whenComplete.run();
    }
  }

  /** An answer that is due to overload. */
  void putOverloaded(int index, OpAnswer answer, long retryMillis) {
    overloaded.incrementAndGet();
    retryAfterMillis.accumulateAndGet(retryMillis, Math::max);
    put(index, answer);
  }

  /** An answer that is due to a host that does not take work. */
  void putUnavailable(int index, OpAnswer answer) {
    unavailable.incrementAndGet();
    put(index, answer);
  }

  List<OpAnswer> answers() {
    return Arrays.asList(answers);
  }

  boolean allOverloaded() {
    return answers.length > 0 && overloaded.get() == answers.length;
  }

  boolean allUnavailable() {
    return answers.length > 0 && unavailable.get() == answers.length;
  }

  int retryAfterSeconds() {
    return Math.clamp((retryAfterMillis.get() + 999) / 1000, 1, 3600);
  }

  /** A batch that a thread may wait for. */
  static final class Awaited {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Batch batch;

    Awaited(int operations) {
      batch = new Batch(operations, done::countDown);
      if (operations == 0) {
        done.countDown();
      }
    }

    Batch batch() {
      return batch;
    }

    void await() throws InterruptedException {
      done.await();
    }
  }
}
