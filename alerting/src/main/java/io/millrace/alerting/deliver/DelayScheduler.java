package io.millrace.alerting.deliver;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs short work later. A port of its own, so that tests can let time pass by hand. */
public interface DelayScheduler extends AutoCloseable {
  /** Runs the work once, not before the delay is over, on any thread; it must not block. */
  void schedule(long delayMillis, Runnable work);

  /** Drops what has not run. */
  @Override
  void close();

  /** Real time, on one daemon thread. */
  static DelayScheduler realTime() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("alert-timer").factory());
    return new DelayScheduler() {
      @Override
      public void schedule(long delayMillis, Runnable work) {
        var _ = executor.schedule(work, delayMillis, TimeUnit.MILLISECONDS);
      }

      @Override
      public void close() {
        executor.shutdownNow();
      }
    };
  }
}
