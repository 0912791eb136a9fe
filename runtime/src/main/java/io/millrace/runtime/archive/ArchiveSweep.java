package io.millrace.runtime.archive;

import io.millrace.engine.command.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the retention: from time to time it has every partition drop the finished tasks that
 * expired before today, in small steps between which tasks go on, and then gives their disk space
 * back. It works on a thread of its own.
 */
public final class ArchiveSweep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveSweep.class);

  private final LongFunction<CompletableFuture<Reply>> dropStep;
  private final Runnable compaction;
  private final InstantSource clock;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("millrace-archive").factory());
  private volatile boolean closed;

  /**
   * @param dropStep drops a bounded number of tasks that expire on this day (days since 1970) or
   *     before, in all partitions; {@link Reply.Done} tells whether more are left
   * @param compaction gives back the space of what was dropped
   */
  public ArchiveSweep(
      LongFunction<CompletableFuture<Reply>> dropStep, Runnable compaction, InstantSource clock) {
    this.dropStep = dropStep;
    this.compaction = compaction;
    this.clock = clock;
  }

  /** Sweeps now and then again after each interval. */
  public void start(Duration interval) {
    var _ =
        worker.scheduleWithFixedDelay(this::sweep, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sweep() {
    long yesterday = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay() - 1;
    try {
      while (!closed) {
        Reply reply = dropStep.apply(yesterday).join();
        if (!(reply instanceof Reply.Done done)) {
          LOG.info("Retention waits for its next turn: {}", reply);
          return;
        }
        if (!done.more()) {
          compaction.run();
          return;
        }
      }
    } catch (RuntimeException e) {
      // Thrown out of here it would end the schedule for good.
      if (!closed) {
        LOG.error("Retention failed and will be tried again at its next turn", e);
      }
    }
  }

  /** Ends after the step at hand. */
  @Override
  public void close() {
    closed = true;
    worker.shutdownNow();
  }
}
