package io.millrace.runtime.loop;

import io.millrace.engine.command.EffectExecutor;
import io.millrace.engine.command.Reply;
import io.millrace.engine.command.Stamp;
import io.millrace.runtime.inbox.Doorbell;
import io.millrace.runtime.inbox.Inbox;
import io.millrace.runtime.inbox.Submission;
import io.millrace.runtime.rocks.CommitBatch;
import io.millrace.runtime.rocks.RocksStore;
import io.millrace.runtime.slot.SlotTable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/**
 * The single writer of some partitions. It repeats: apply what waits, commit all of it with one
 * flush to disk, then let replies, messages and effects out.
 *
 * <pre>
 *   inboxes ──► turn ──► turn ──► … ──► commit ──► release ──┐
 *      ▲         fair, in small steps     one flush           │
 *      └──────────────────── sleep when idle ◄────────────────┘
 * </pre>
 *
 * <p>There is no delay to make batches larger: a batch is what came while the last one was being
 * committed. If anything fails, nothing of the batch is let out, and everyone who waits is told.
 */
public final class Loop {
  /** Commands of each kind that a partition applies before the next one has its turn. */
  private static final int TURN_COUNT_MAX = 64;

  /** A batch is committed after this time even if more waits, so that replies come soon. */
  private static final long BATCH_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(5);

  /**
   * How long it sleeps at most while a timer waits. The machine's clock may be set, or stand for
   * another clock, so that the time of sleep cannot be counted on.
   */
  private static final long TIMER_CHECK_MILLIS_MAX = 25;

  private static final double SMOOTHING = 0.05;

  private enum Phase {
    RUNNING,
    /** Finishes what is there, then ends. */
    STOPPING,
    /** Ends at once, without a commit. */
    ABANDONED
  }

  private final int index;
  private final List<PartitionRunner> runners;
  private final RocksStore store;
  private final int batchCommandsMax;
  private final Doorbell doorbell;
  private final EngineClock clock;
  private final RandomGenerator seeds;
  private final LoopPeers peers;
  private final EffectDispatch effects;
  private final BatchOutputs outputs;
  private final Thread thread;
  private final Steps steps = new Steps();

  private volatile Phase phase = Phase.RUNNING;
  private volatile long stopNanos;
  private final LongAdder commands = new LongAdder();
  private final LongAdder commits = new LongAdder();
  private volatile double commitMicrosMean;
  private volatile double commandMicrosMean;
  private volatile int pendingEffects;
  private volatile long tasksFinished;

  /**
   * @param index number of this loop, from 0
   * @param runners its partitions; their inboxes ring {@code doorbell}
   * @param seeds randomness for the engine; used by this loop only
   */
  public Loop(
      int index,
      List<PartitionRunner> runners,
      RocksStore store,
      SlotTable slots,
      int batchCommandsMax,
      Doorbell doorbell,
      InstantSource clock,
      RandomGenerator seeds,
      List<EffectExecutor> executors,
      LoopPeers peers) {
    this.index = index;
    this.runners = List.copyOf(runners);
    this.store = store;
    this.batchCommandsMax = batchCommandsMax;
    this.doorbell = doorbell;
    this.clock = new EngineClock(clock, store.timeMillis());
    this.seeds = seeds;
    this.peers = peers;
    effects = new EffectDispatch(executors);
    outputs = new BatchOutputs(slots, runners, peers, effects);
    thread = Thread.ofPlatform().daemon().name("millrace-loop-" + index).unstarted(this::run);
  }

  /** Starts the effects that were pending, then serves the inboxes. */
  public void start() {
    thread.start();
  }

  /** Finishes what is in the inboxes, then ends; within this time. The doors must be closed. */
  public void stop(Duration grace) {
    stopNanos = System.nanoTime() + grace.toNanos();
    if (phase == Phase.RUNNING) {
      phase = Phase.STOPPING;
    }
    doorbell.ring();
  }

  /** Ends at once; what is not committed is lost, as in a crash, and those who wait are told. */
  public void abandon() {
    phase = Phase.ABANDONED;
    doorbell.ring();
  }

  /**
   * Waits for the end; false when it did not come in time. An interrupt does not shorten the wait,
   * for nothing safe can be done with a store whose writer still runs.
   */
  public boolean join(Duration timeout) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException(
          "A host cannot be closed on its own thread, such as in a callback of a reply");
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean interrupted = false;
    while (thread.isAlive() && System.nanoTime() < deadline) {
      try {
        thread.join(Duration.ofNanos(deadline - System.nanoTime()));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  public long commands() {
    return commands.sum();
  }

  public long commits() {
    return commits.sum();
  }

  public double commitMicrosMean() {
    return commitMicrosMean;
  }

  /** Mean time from taking a command to having it on disk, shared by the commands of a batch. */
  public double commandMicrosMean() {
    return commandMicrosMean;
  }

  public int pendingEffects() {
    return pendingEffects;
  }

  public long tasksFinished() {
    return tasksFinished;
  }

  private void run() {
    CommitBatch batch = store.newBatch();
    try {
      for (PartitionRunner runner : runners) {
        runner.core().pendingEffects(effect -> effects.start(effect, runner.inbox()));
      }
      pendingEffects = effects.running();
      while (phase == Phase.RUNNING) {
        if (!batch(batch)) {
          sleep();
        }
      }
      while (phase == Phase.STOPPING && System.nanoTime() < stopNanos) {
        if (!batch(batch)) {
          break;
        }
      }
    } catch (Throwable e) {
      // Whatever it is, a loop that died in silence would leave its callers waiting for ever.
      peers.failed(e);
    } finally {
      end(batch);
    }
  }

  /** One batch; false when there was nothing to do. */
  private boolean batch(CommitBatch batch) {
    long began = System.nanoTime();
    int done = turns(began);
    if (done == 0) {
      return false;
    }
    for (PartitionRunner runner : runners) {
      runner.core().flush();
      batch.add(runner.state());
    }
    outputs.writeOutbox(batch);
    if (phase == Phase.ABANDONED) {
      return true;
    }
    if (batch.isEmpty()) {
      store.commit(batch);
    } else {
      batch.putTime(index, clock.millis());
      long commitBegan = System.nanoTime();
      store.commit(batch);
      commits.increment();
      commitMicrosMean = smooth(commitMicrosMean, System.nanoTime() - commitBegan, 1);
    }
    outputs.release();
    pendingEffects = effects.running();
    tasksFinished = runners.stream().mapToLong(runner -> runner.core().tasksFinished()).sum();
    commandMicrosMean = smooth(commandMicrosMean, System.nanoTime() - began, done);
    return true;
  }

  private int turns(long began) {
    int total = 0;
    if (phase == Phase.RUNNING) {
      for (PartitionRunner runner : runners) {
        total += runner.tick(steps);
      }
    }
    while (total < batchCommandsMax) {
      int done = 0;
      for (PartitionRunner runner : runners) {
        done += runner.turn(TURN_COUNT_MAX, steps);
      }
      if (done == 0) {
        break;
      }
      total += done;
      if (System.nanoTime() - began > BATCH_NANOS_MAX) {
        break;
      }
    }
    finishBegun(began);
    return total;
  }

  /** Gives what was begun in this batch a little more time, for it costs less now than later. */
  private void finishBegun(long began) {
    boolean busy = true;
    while (busy && System.nanoTime() - began < 2 * BATCH_NANOS_MAX) {
      busy = false;
      for (PartitionRunner runner : runners) {
        busy |= runner.runReady(TURN_COUNT_MAX, steps);
      }
    }
  }

  private static double smooth(double mean, long nanos, int count) {
    double micros = nanos / 1_000.0 / count;
    return mean == 0 ? micros : mean + SMOOTHING * (micros - mean);
  }

  private void sleep() {
    long due = Long.MAX_VALUE;
    for (PartitionRunner runner : runners) {
      runner.state().releaseCursors();
      due = Math.min(due, runner.core().nextTimerMillis());
    }
    long nanos = Long.MAX_VALUE;
    if (due != Long.MAX_VALUE) {
      nanos = Math.clamp(due - clock.millis(), 0L, TIMER_CHECK_MILLIS_MAX) * 1_000_000;
    }
    doorbell.await(this::idle, nanos);
  }

  private boolean idle() {
    if (phase != Phase.RUNNING) {
      return false;
    }
    for (PartitionRunner runner : runners) {
      if (runner.hasWork()) {
        return false;
      }
    }
    return true;
  }

  private void end(CommitBatch batch) {
    Reply refusal = new Reply.Unavailable(peers.refusal());
    outputs.refuse(refusal);
    for (PartitionRunner runner : runners) {
      for (Submission left : runner.inbox().close()) {
        if (left.waiting() != null) {
          left.waiting().complete(refusal);
        }
      }
      runner.state().releaseCursors();
    }
    steps.drained.forEach(left -> {
      if (left.waiting() != null) {
        left.waiting().complete(refusal);
      }
    });
    batch.close();
  }

  /** Applies commands on behalf of the partitions' turns. */
  private final class Steps implements PartitionRunner.Steps {
    private final List<Submission> drained = new ArrayList<>();

    @Override
    public long timeMillis() {
      return clock.millis();
    }

    @Override
    public Iterable<Submission> drain(Inbox inbox, int countMax) {
      drained.clear();
      inbox.drain(countMax, drained);
      return drained;
    }

    @Override
    public void apply(PartitionRunner runner, Submission submission) {
      outputs.begin(runner, submission);
      runner
          .core()
          .apply(submission.command(), new Stamp(clock.millis(), seeds.nextLong()), outputs);
      outputs.end();
      commands.increment();
    }
  }
}
