package io.millrace.runtime.host;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.Event;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.view.NodeCounts;
import io.millrace.engine.view.TaskView;
import io.millrace.engine.view.TrafficPoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Runs partitions and makes them durable. Doors submit commands; readers ask for what is committed.
 * All methods may be called from any thread.
 */
public interface Host extends AutoCloseable {

  /**
   * Submits a command for one slot. The reply completes when its effect is durable, on a thread of
   * the host that must not be blocked. It never completes exceptionally: overload and failure are
   * replies ({@link Reply.Overloaded}, {@link Reply.Unavailable}).
   *
   * @param command makes the command for the request id that the host hands out
   */
  CompletableFuture<Reply> submit(LongFunction<Command.ForSlot> command);

  /**
   * Submits a command to every partition; the reply is {@link Reply.Done} when all have it durable,
   * else the first other reply.
   */
  CompletableFuture<Reply> broadcast(LongFunction<Command.ForAll> command);

  /** A task by id, live or archived, when it belongs to this process. */
  Optional<TaskView> task(long processId, TaskId taskId);

  /** The live task with this reference, else the one archived last. */
  Optional<TaskView> taskByReference(long processId, String reference);

  /** Tasks in a node by creation; of a final node: its archive. */
  List<TaskView> tasks(long processId, NodeId nodeId, int offset, int limit, boolean newestFirst);

  /** Counters of all nodes of a process that were ever entered, at most one second old. */
  Map<NodeId, NodeCounts> counts(long processId);

  /** Traffic between two Unix times in milliseconds, intervals without traffic left out. */
  List<TrafficPoint> traffic(
      long processId, long fromMillis, long toMillis, TrafficPoint.Interval interval);

  /** How the host is; cheap. */
  HostStatus status();

  /** Checks the invariants of everything stored, while running. Long; reports as it goes. */
  AuditReport audit(AuditProgress progress);

  /** Hears the engine's events from now on; the listener must be quick. */
  void onEvent(Consumer<Event> listener);

  /** Stops taking commands, finishes what was accepted, makes it durable, releases the store. */
  @Override
  void close();
}
