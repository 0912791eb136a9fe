package io.millrace.aws.testing;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.Event;
import io.millrace.engine.command.Refusal;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.Slots;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.view.NodeCounts;
import io.millrace.engine.view.TaskView;
import io.millrace.engine.view.TrafficPoint;
import io.millrace.runtime.host.AuditProgress;
import io.millrace.runtime.host.AuditReport;
import io.millrace.runtime.host.Host;
import io.millrace.runtime.host.HostStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import tools.jackson.databind.node.ObjectNode;

/**
 * A host in memory that keeps the contract of creating: references are unique per process, creating
 * once answers the older task, replies come on another thread. What it can do wrong is set by
 * tests.
 */
public final class FakeHost implements Host {
  public final Map<String, ObjectNode> tasks = new ConcurrentHashMap<>();
  public final AtomicInteger submits = new AtomicInteger();

  /** So many of the next submits are answered as overload. */
  public final AtomicInteger overloads = new AtomicInteger();

  public volatile Refusal processRefusal;
  public volatile String refusedReference = "";
  public volatile boolean unavailable;

  /** Where replies come from; a test may hold them back. */
  public volatile Executor replies;

  private final ExecutorService own = Executors.newSingleThreadExecutor();
  private final Map<String, TaskId> ids = new ConcurrentHashMap<>();
  private final AtomicLong sequence = new AtomicLong();

  public FakeHost() {
    replies = own;
  }

  @Override
  public CompletableFuture<Reply> submit(LongFunction<Command.ForSlot> command) {
    submits.incrementAndGet();
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    Command.CreateTask create = (Command.CreateTask) command.apply(sequence.incrementAndGet());
    replies.execute(() -> reply.complete(applied(create)));
    return reply;
  }

  private Reply applied(Command.CreateTask create) {
    if (unavailable) {
      return new Reply.Unavailable("the store failed");
    }
    if (overloads.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      return new Reply.Overloaded(1);
    }
    if (processRefusal != null) {
      return new Reply.Refused(processRefusal, "conveyor is not active");
    }
    if (create.slot() != Slots.ofReference(create.processId(), create.reference())) {
      return new Reply.Refused(Refusal.INTERNAL, "wrong slot");
    }
    if (refusedReference.equals(create.reference())) {
      return new Reply.Refused(Refusal.TASK_TOO_LARGE, "Your task size: 9 bytes");
    }
    String key = create.processId() + "/" + create.reference();
    TaskId id = TaskId.of(1_700_000_000_000L, create.slot(), sequence.get());
    TaskId older = ids.putIfAbsent(key, id);
    if (older != null) {
      return create.once()
          ? new Reply.Created(older, create.reference(), true)
          : new Reply.Refused(Refusal.REFERENCE_TAKEN, "not unical reference");
    }
    tasks.put(key, create.data());
    return new Reply.Created(id, create.reference(), false);
  }

  @Override
  public void close() {
    own.shutdownNow();
  }

  @Override
  public CompletableFuture<Reply> broadcast(LongFunction<Command.ForAll> command) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<TaskView> task(long processId, TaskId taskId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<TaskView> taskByReference(long processId, String reference) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<TaskView> tasks(
      long processId, NodeId nodeId, int offset, int limit, boolean newestFirst) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<NodeId, NodeCounts> counts(long processId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<TrafficPoint> traffic(
      long processId, long fromMillis, long toMillis, TrafficPoint.Interval interval) {
    throw new UnsupportedOperationException();
  }

  @Override
  public HostStatus status() {
    throw new UnsupportedOperationException();
  }

  @Override
  public AuditReport audit(AuditProgress progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void onEvent(Consumer<Event> listener) {
    throw new UnsupportedOperationException();
  }
}
