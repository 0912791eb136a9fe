package io.millrace.server;

import io.millrace.engine.Partition;
import io.millrace.engine.Snapshot;
import io.millrace.engine.command.Command;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EngineSettings;
import io.millrace.engine.command.Event;
import io.millrace.engine.command.Message;
import io.millrace.engine.command.Outputs;
import io.millrace.engine.command.Reply;
import io.millrace.engine.command.Stamp;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.state.MemoryState;
import io.millrace.engine.view.NodeCounts;
import io.millrace.engine.view.TaskView;
import io.millrace.engine.view.TrafficPoint;
import io.millrace.runtime.host.AuditProgress;
import io.millrace.runtime.host.AuditReport;
import io.millrace.runtime.host.Host;
import io.millrace.runtime.host.HostStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A host with the real engine in memory: one partition, one thread, nothing durable. It can be told
 * to be overloaded or unavailable.
 */
public final class MemoryHost implements Host {
  private final MemoryState state = new MemoryState();
  private final Partition partition = new Partition(EngineSettings.DEFAULT, slot -> true, state);
  private final Snapshot snapshot = new Snapshot(state);
  private final ExecutorService loop =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("memory-host").factory());
  private final Map<Long, Reply> replies = new HashMap<>();
  private long requests;
  private long steps;
  private volatile @Nullable Reply refusal;
  private volatile int acceptedBeforeRefusal;

  /** From now on, task commands get this answer after so many were accepted; null: none do. */
  public void refuseTasks(@Nullable Reply reply, int acceptedBefore) {
    acceptedBeforeRefusal = acceptedBefore;
    refusal = reply;
  }

  @Override
  public CompletableFuture<Reply> submit(LongFunction<Command.ForSlot> command) {
    return CompletableFuture.supplyAsync(
        () -> {
          Reply reply = refusal;
          if (reply != null && acceptedBeforeRefusal-- <= 0) {
            return reply;
          }
          return apply(command);
        },
        loop);
  }

  @Override
  public CompletableFuture<Reply> broadcast(LongFunction<Command.ForAll> command) {
    return CompletableFuture.supplyAsync(() -> apply(command), loop);
  }

  private Reply apply(LongFunction<? extends Command> command) {
    long request = ++requests;
    step(command.apply(request));
    while (partition.hasReady()) {
      step(new Command.RunReady(1_000));
    }
    partition.flush();
    Reply reply = replies.remove(request);
    if (reply == null) {
      throw new IllegalStateException("Expected a reply to every command");
    }
    return reply;
  }

  private void step(Command command) {
    partition.apply(command, new Stamp(System.currentTimeMillis(), ++steps), new Collected());
  }

  private final class Collected implements Outputs {
    @Override
    public void reply(long requestId, Reply reply) {
      replies.put(requestId, reply);
    }

    @Override
    public void send(Message message) {
      throw new IllegalStateException("Expected no message to leave the only partition");
    }

    @Override
    public void start(Effect effect) {}

    @Override
    public void cancel(EffectId effectId) {}

    @Override
    public void event(Event event) {}
  }

  private <T> T read(Supplier<T> reading) {
    return CompletableFuture.supplyAsync(reading, loop).join();
  }

  @Override
  public Optional<TaskView> task(long processId, TaskId taskId) {
    return read(() -> Optional.ofNullable(snapshot.task(processId, taskId)));
  }

  @Override
  public Optional<TaskView> taskByReference(long processId, String reference) {
    return read(() -> Optional.ofNullable(snapshot.taskByReference(processId, reference)));
  }

  @Override
  public List<TaskView> tasks(
      long processId, NodeId nodeId, int offset, int limit, boolean newestFirst) {
    return read(() ->
        snapshot.tasks(processId, nodeId, offset + limit, newestFirst).stream()
            .skip(offset)
            .toList());
  }

  @Override
  public Map<NodeId, NodeCounts> counts(long processId) {
    return read(() -> snapshot.counts(processId));
  }

  @Override
  public List<TrafficPoint> traffic(
      long processId, long fromMillis, long toMillis, TrafficPoint.Interval interval) {
    return read(() -> snapshot.traffic(processId, fromMillis, toMillis, interval));
  }

  @Override
  public HostStatus status() {
    return new HostStatus(true, "", 1, 0, 0, 0, 0, 0, steps, steps, 0);
  }

  @Override
  public AuditReport audit(AuditProgress progress) {
    return new AuditReport(List.of(), 0, Map.of());
  }

  @Override
  public void onEvent(Consumer<Event> listener) {}

  @Override
  public void close() {
    loop.shutdownNow();
  }
}
