package io.millrace.alerting;

import io.millrace.alerting.alert.Alert;
import io.millrace.alerting.channel.InboxChannel;
import io.millrace.alerting.group.AlertStore;
import io.millrace.alerting.group.SqlFailure;
import io.millrace.alerting.group.StoredAlert;
import io.millrace.engine.command.EffectResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores alerts in the order they came, as many in one transaction as arrived while the last one
 * ran. While the database is away it waits and tries again; an alert that the database refuses for
 * its content fails alone.
 */
final class Intake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final int BATCH_MAX = 200;
  private static final long RETRY_FIRST_MILLIS = 100;
  private static final long RETRY_MAX_MILLIS = 10_000;

  /** An alert with who waits for its outcome. */
  record Pending(Alert alert, Consumer<EffectResult> done) {}

  private final AlertStore store;
  private final BiConsumer<Pending, StoredAlert> stored;
  private final Runnable batchStored;
  private final BlockingQueue<Pending> queue;
  private final Thread thread;

  /**
   * Starts the thread.
   *
   * @param stored hears of every stored alert, in order
   * @param batchStored hears when a batch is through
   */
  Intake(
      AlertStore store,
      int pendingMax,
      BiConsumer<Pending, StoredAlert> stored,
      Runnable batchStored) {
    this.store = store;
    this.stored = stored;
    this.batchStored = batchStored;
    this.queue = new ArrayBlockingQueue<>(pendingMax);
    this.thread = Thread.ofPlatform().daemon().name("alert-intake").start(this::run);
  }

  void offer(Pending pending) {
    if (!queue.offer(pending)) {
      pending.done.accept(
          new EffectResult.NotifyFailed(
              "notify_fatal_error",
              "Too many alerts wait to be stored; the database is slow or away"));
    }
  }

  int waiting() {
    return queue.size();
  }

  /** Ends after the batch at hand; the engine asks again for the rest. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Pending> batch = new ArrayList<>(BATCH_MAX);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        batch.add(queue.take());
        queue.drainTo(batch, BATCH_MAX - 1);
        storeAll(batch);
        batch.clear();
        batchStored.run();
      }
    } catch (InterruptedException e) {
      LOG.debug("Intake ends with {} alerts waiting", queue.size() + batch.size());
    }
  }

  private void storeAll(List<Pending> batch) throws InterruptedException {
    long delayMillis = RETRY_FIRST_MILLIS;
    while (true) {
      try {
        List<Alert> alerts = batch.stream().map(Pending::alert).toList();
        List<StoredAlert> answers = store.store(alerts, InboxChannel.NAME::equals);
        for (int i = 0; i < batch.size(); i++) {
          tell(batch.get(i), answers.get(i));
        }
        return;
      } catch (RuntimeException e) {
        if (SqlFailure.isData(e)) {
          storeSingly(batch, e);
          return;
        }
        LOG.warn(
            "Alerts could not be stored, trying again in {} ms: {}",
            delayMillis,
            SqlFailure.describe(e));
        Thread.sleep(delayMillis);
        delayMillis = Math.min(delayMillis * 2, RETRY_MAX_MILLIS);
      }
    }
  }

  /** One of them is refused for its content; the others must not suffer for it. */
  private void storeSingly(List<Pending> batch, RuntimeException failure)
      throws InterruptedException {
    if (batch.size() > 1) {
      for (Pending pending : batch) {
        storeAll(List.of(pending));
      }
      return;
    }
    Pending pending = batch.getFirst();
    LOG.error(
        "Alert {} cannot be stored: {}", pending.alert.effectId(), SqlFailure.describe(failure));
    pending.done.accept(
        new EffectResult.NotifyFailed("notify_fatal_error", "The alert cannot be stored"));
  }

  // What comes after the commit must not make the batch look as if it had failed.
  private void tell(Pending pending, StoredAlert answer) {
    try {
      stored.accept(pending, answer);
    } catch (RuntimeException e) {
      LOG.error("A listener of alert {} failed", pending.alert.effectId(), e);
    }
  }
}
