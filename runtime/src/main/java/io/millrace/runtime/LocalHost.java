package io.millrace.runtime;

import io.millrace.engine.Partition;
import io.millrace.engine.command.Command;
import io.millrace.engine.command.EffectExecutor;
import io.millrace.engine.command.EngineSettings;
import io.millrace.engine.command.Event;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.view.NodeCounts;
import io.millrace.engine.view.TaskView;
import io.millrace.engine.view.TrafficPoint;
import io.millrace.runtime.archive.ArchiveSweep;
import io.millrace.runtime.host.AuditProgress;
import io.millrace.runtime.host.AuditReport;
import io.millrace.runtime.host.Host;
import io.millrace.runtime.host.HostException;
import io.millrace.runtime.host.HostStatus;
import io.millrace.runtime.inbox.Inbox;
import io.millrace.runtime.inbox.Submission;
import io.millrace.runtime.loop.Loop;
import io.millrace.runtime.loop.LoopPeers;
import io.millrace.runtime.loop.PartitionCore;
import io.millrace.runtime.loop.PartitionRunner;
import io.millrace.runtime.rocks.CommitPort;
import io.millrace.runtime.rocks.RocksStore;
import io.millrace.runtime.slot.SlotTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host for one machine: every partition in this process, all of them in one RocksDB. What it
 * acknowledged is on disk; when it cannot write, it stops taking commands and says so.
 */
public final class LocalHost implements Host {
  private static final Logger LOG = LoggerFactory.getLogger(LocalHost.class);

  /** Directory and housekeeping commands that may wait at a time. */
  private static final int BROADCASTS_MAX = 1_024;

  private static final int ARCHIVE_TASKS_PER_STEP = 1_000;
  private static final long RETRY_MILLIS_MIN = 20;
  private static final long RETRY_MILLIS_MAX = 10_000;
  private static final long AUDIT_CACHE_BYTES = 32L << 20;

  /** What a loop may need past the grace: one batch and its commit on a slow disk. */
  private static final Duration STOP_MARGIN = Duration.ofSeconds(30);

  private final LocalHostSettings settings;
  private final RocksStore store;
  private final SlotTable slots;
  private final CommittedReads reads;
  private final PartitionRunner[] runners;
  private final List<Loop> loops;
  private final ArchiveSweep archive;
  private final AtomicLong requestIds = new AtomicLong();
  private final Object broadcastOrder = new Object();
  private final AtomicInteger broadcasts = new AtomicInteger();
  private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
  // Why commands are refused; null while they are taken.
  private final AtomicReference<@Nullable String> refusal = new AtomicReference<>();
  private boolean closed;

  /**
   * Opens the installation in the settings' folder, or makes a new one there: recovers what was
   * pending, and takes commands from then on.
   *
   * @param executors carry out effects; the first that accepts an effect gets it
   * @param clock the machine's time
   * @param seeds randomness for the engine
   * @throws HostException when the store is locked, damaged or of another shape
   */
  public static LocalHost open(
      LocalHostSettings settings,
      EngineSettings engine,
      List<EffectExecutor> executors,
      InstantSource clock,
      RandomGenerator seeds) {
    return open(
        settings,
        (ownsSlot, state) -> PartitionCore.of(new Partition(engine, ownsSlot, state)),
        executors,
        clock,
        seeds,
        CommitPort.SYNCED);
  }

  /** For tests: with partitions and a disk of their own making. */
  static LocalHost open(
      LocalHostSettings settings,
      PartitionCore.Factory cores,
      List<EffectExecutor> executors,
      InstantSource clock,
      RandomGenerator seeds,
      CommitPort port) {
    RocksStore store =
        RocksStore.open(
            settings.folder(),
            settings.loops() * settings.partitionsPerLoop(),
            settings.loops() * LocalHostSettings.PARTITIONS_PER_LOOP_NEW,
            settings.blockCacheBytes(),
            port);
    try {
      LocalHost host = new LocalHost(settings, store, cores, executors, clock, seeds);
      host.loops.forEach(Loop::start);
      host.archive.start(settings.retentionInterval());
      return host;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private LocalHost(
      LocalHostSettings settings,
      RocksStore store,
      PartitionCore.Factory cores,
      List<EffectExecutor> executors,
      InstantSource clock,
      RandomGenerator seeds) {
    this.settings = settings;
    this.store = store;
    slots = new SlotTable(store.partitions());
    reads = new CommittedReads(store, slots);
    LocalRecovery recovery =
        LocalRecovery.of(store, slots, cores, settings.loops(), settings.inboxCommandsMax());
    runners = recovery.runners();
    loops = new ArrayList<>();
    Peers peers = new Peers();
    for (int i = 0; i < recovery.loops(); i++) {
      loops.add(
          new Loop(
              i,
              recovery.runnersOf(i),
              store,
              slots,
              settings.batchCommandsMax(),
              recovery.doorbell(i),
              clock,
              new SplittableRandom(seeds.nextLong()),
              List.copyOf(executors),
              peers));
    }
    archive =
        new ArchiveSweep(
            day -> broadcast(id -> new Command.DropArchive(id, day, ARCHIVE_TASKS_PER_STEP)),
            store::compactArchive,
            clock);
  }

  @Override
  public CompletableFuture<Reply> submit(LongFunction<Command.ForSlot> command) {
    Command.ForSlot made = command.apply(requestIds.incrementAndGet());
    int partition = slots.partitionOf(made.slot());
    Inbox inbox = runners[partition].inbox();
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    Inbox.Offer offer =
        switch (made) {
          case Command.CreateTask c ->
              inbox.offerTask(c.processId(), new Submission(c.requestId(), c, reply, null));
          case Command.ModifyTask c ->
              inbox.offerTask(c.processId(), new Submission(c.requestId(), c, reply, null));
          case Command.DeleteTask c ->
              inbox.offerTask(c.processId(), new Submission(c.requestId(), c, reply, null));
          case Command.FinishEffect c -> inbox.offerInside(new Submission(0, c, reply, null));
          case Command.Receive c -> inbox.offerInside(new Submission(0, c, reply, null));
        };
    switch (offer) {
      case TAKEN -> {}
      case FULL -> reply.complete(new Reply.Overloaded(retryAfterMillis(partition)));
      case CLOSED -> reply.complete(new Reply.Unavailable(whyRefused()));
    }
    return reply;
  }

  /** About the time until a full inbox has been worked off. */
  private long retryAfterMillis(int partition) {
    double millis =
        runners[partition].inbox().size() * loopOf(partition).commandMicrosMean() / 1_000;
    return Math.clamp((long) millis, RETRY_MILLIS_MIN, RETRY_MILLIS_MAX);
  }

  private Loop loopOf(int partition) {
    return loops.get(LocalRecovery.loopOf(partition, loops.size()));
  }

  @Override
  public CompletableFuture<Reply> broadcast(LongFunction<Command.ForAll> command) {
    Command.ForAll made = command.apply(requestIds.incrementAndGet());
    if (broadcasts.incrementAndGet() > BROADCASTS_MAX) {
      broadcasts.decrementAndGet();
      return CompletableFuture.completedFuture(new Reply.Overloaded(RETRY_MILLIS_MAX));
    }
    List<CompletableFuture<Reply>> parts = new ArrayList<>(runners.length);
    // One after the other, so that every partition sees all broadcasts in the same order.
    synchronized (broadcastOrder) {
      for (PartitionRunner runner : runners) {
        CompletableFuture<Reply> part = new CompletableFuture<>();
        parts.add(part);
        Submission submission = new Submission(requestId(made), made, part, null);
        if (runner.inbox().offerDirectory(submission) != Inbox.Offer.TAKEN) {
          part.complete(new Reply.Unavailable(whyRefused()));
        }
      }
    }
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(all -> {
          broadcasts.decrementAndGet();
          return joined(parts);
        });
  }

  private static long requestId(Command.ForAll command) {
    return switch (command) {
      case Command.Tick c -> 0;
      case Command.RunReady c -> 0;
      case Command.PutProcess c -> c.requestId();
      case Command.SetProcessStatus c -> c.requestId();
      case Command.RemoveProcess c -> c.requestId();
      case Command.ResetNode c -> c.requestId();
      case Command.DropArchive c -> c.requestId();
    };
  }

  /** Done when all are done, with work left over when any has some; else the first that is not. */
  private static Reply joined(List<CompletableFuture<Reply>> parts) {
    boolean more = false;
    for (CompletableFuture<Reply> part : parts) {
      Reply reply = part.join();
      if (!(reply instanceof Reply.Done done)) {
        return reply;
      }
      more |= done.more();
    }
    return new Reply.Done(more);
  }

  @Override
  public Optional<TaskView> task(long processId, TaskId taskId) {
    return reads.task(processId, taskId);
  }

  @Override
  public Optional<TaskView> taskByReference(long processId, String reference) {
    return reads.taskByReference(processId, reference);
  }

  @Override
  public List<TaskView> tasks(
      long processId, NodeId nodeId, int offset, int limit, boolean newestFirst) {
    return reads.tasks(processId, nodeId, offset, limit, newestFirst);
  }

  @Override
  public Map<NodeId, NodeCounts> counts(long processId) {
    return reads.counts(processId);
  }

  @Override
  public List<TrafficPoint> traffic(
      long processId, long fromMillis, long toMillis, TrafficPoint.Interval interval) {
    return reads.traffic(processId, fromMillis, toMillis, interval);
  }

  @Override
  public HostStatus status() {
    String why = refusal.get();
    long inboxCommands = 0;
    for (PartitionRunner runner : runners) {
      inboxCommands += runner.inbox().size();
    }
    return new HostStatus(
        why == null,
        why == null ? "" : why,
        runners.length,
        inboxCommands,
        (long) settings.inboxCommandsMax() * runners.length,
        loops.stream().mapToLong(Loop::pendingEffects).sum(),
        reads.liveTasksAbout(),
        loops.stream().mapToLong(Loop::tasksFinished).sum(),
        loops.stream().mapToLong(Loop::commands).sum(),
        loops.stream().mapToLong(Loop::commits).sum(),
        loops.stream().mapToDouble(Loop::commitMicrosMean).average().orElse(0));
  }

  @Override
  public AuditReport audit(AuditProgress progress) {
    return StoreAudit.run(store, progress);
  }

  /**
   * Audits a store that no process uses, without changing it.
   *
   * @throws HostException when there is none, a process uses it, or it cannot be read
   */
  public static AuditReport auditStopped(Path folder, AuditProgress progress) {
    try (RocksStore stopped = RocksStore.openReadOnly(folder, AUDIT_CACHE_BYTES)) {
      return StoreAudit.run(stopped, progress);
    }
  }

  @Override
  public void onEvent(Consumer<Event> listener) {
    listeners.add(listener);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      LOG.debug("Stopping");
      refuse("The host is stopping");
      archive.close();
      loops.forEach(loop -> loop.stop(settings.shutdownGrace()));
      end(settings.shutdownGrace().plus(STOP_MARGIN));
    }
  }

  /** For tests: ends as a killed process would, with whatever the last commit left on disk. */
  synchronized void crash() {
    if (!closed) {
      refuse("The host has crashed");
      loops.forEach(Loop::abandon);
      archive.close();
      end(STOP_MARGIN);
    }
  }

  private void end(Duration timeout) {
    for (Loop loop : loops) {
      if (!loop.join(timeout)) {
        // Its thread may still use the store, and native memory does not forgive that.
        throw new HostException(
            HostException.Kind.FAILED,
            "A loop did not end within %s, so the store in %s stays open until the process ends"
                .formatted(timeout, settings.folder()));
      }
    }
    closed = true;
    store.close();
  }

  private void refuse(String why) {
    refusal.compareAndSet(null, why);
    for (PartitionRunner runner : runners) {
      runner.inbox().closeDoor();
    }
  }

  private String whyRefused() {
    String why = refusal.get();
    return why == null ? "The host is stopping" : why;
  }

  /** What the loops see of this host. */
  private final class Peers implements LoopPeers {
    @Override
    public void deliver(int partition, Submission message) {
      // Refused only when the receiving loop has ended; the outbox keeps the message then.
      runners[partition].inbox().offerInside(message);
    }

    @Override
    public void event(Event event) {
      for (Consumer<Event> listener : listeners) {
        try {
          listener.accept(event);
        } catch (RuntimeException e) {
          LOG.error("A listener failed on {}", event, e);
        }
      }
    }

    @Override
    public void failed(Throwable cause) {
      LOG.error("The host stops taking commands", cause);
      refuse(
          cause instanceof HostException known
              ? String.valueOf(known.getMessage())
              : "The host has stopped because of a defect: " + cause);
      loops.forEach(Loop::abandon);
    }

    @Override
    public String refusal() {
      return whyRefused();
    }
  }
}
