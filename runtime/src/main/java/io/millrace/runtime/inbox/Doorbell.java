package io.millrace.runtime.inbox;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the one thread that serves some inboxes. While that thread is busy, ringing costs one
 * volatile read; of many that ring while it sleeps, one wakes it.
 */
public final class Doorbell {
  private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();

  public void ring() {
    Thread thread = sleeper.get();
    if (thread != null && sleeper.compareAndSet(thread, null)) {
      LockSupport.unpark(thread);
    }
  }

  /**
   * Sleeps until the bell rings or the time is over, unless there is work; may return early.
   *
   * @param idle asked after ringers can see the sleeper, so that nothing comes in unnoticed between
   *     looking for work and lying down
   */
  public void await(BooleanSupplier idle, long nanosMax) {
    sleeper.set(Thread.currentThread());
    if (idle.getAsBoolean()) {
      LockSupport.parkNanos(this, nanosMax);
    }
    sleeper.set(null);
  }
}
