package io.millrace.engine.command;

import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An input of a partition. Task data inside a command is shared, never copied, and nobody changes
 * it after the command was made.
 *
 * <p>{@code requestId} names the caller that waits for the reply; 0 when nobody waits.
 */
public sealed interface Command {

  /** A command that concerns one slot and is applied by the partition that owns it. */
  sealed interface ForSlot extends Command {
    int slot();
  }

  /** A command that every partition applies: a change of the directory, or housekeeping. */
  sealed interface ForAll extends Command {}

  /**
   * Creates a task at the start node.
   *
   * @param slot for a task with a reference {@code Slots.ofReference(processId, reference)}, else
   *     any
   * @param reference the caller's key, 1 to 255 characters, or null
   * @param userId who creates
   * @param once true: a reference that a finished task of the archive had is taken, too, and the
   *     answer is then that older task (sources that deliver the same event twice)
   */
  record CreateTask(
      long requestId,
      int slot,
      long processId,
      @Nullable String reference,
      ObjectNode data,
      long userId,
      boolean once)
      implements ForSlot {}

  /**
   * Merges data into a live task, found by id or else by reference.
   *
   * @param slot the slot of {@code taskId}, else of the reference
   */
  record ModifyTask(
      long requestId,
      int slot,
      long processId,
      @Nullable TaskId taskId,
      @Nullable String reference,
      ObjectNode data,
      long userId)
      implements ForSlot {}

  /**
   * Removes a live or an archived task, found by id or else by reference.
   *
   * @param nodeId when given, the task must be in this node
   */
  record DeleteTask(
      long requestId,
      int slot,
      long processId,
      @Nullable TaskId taskId,
      @Nullable String reference,
      @Nullable NodeId nodeId,
      long userId)
      implements ForSlot {}

  /** The result of an effect that this partition had started. */
  record FinishEffect(EffectId effectId, EffectResult result) implements ForSlot {
    @Override
    public int slot() {
      return effectId.task().slot();
    }
  }

  /** A message from another partition. */
  record Receive(Message message) implements ForSlot {
    @Override
    public int slot() {
      return message.slot();
    }
  }

  /** Time has passed: fires what is due. The host sends it when {@code nextTimerMillis} is due. */
  record Tick() implements ForAll {}

  /**
   * Lets waiting activations run, in turn by process.
   *
   * @param activationsMax how many at most
   */
  record RunReady(int activationsMax) implements ForAll {}

  /** Makes a process version the running one (or changes anything else of the process). */
  record PutProcess(long requestId, ProcessSource source) implements ForAll {}

  /** Changes a process's status. */
  record SetProcessStatus(long requestId, long processId, ProcessStatus status) implements ForAll {}

  /** Forgets a process with its tasks, counters and archive. */
  record RemoveProcess(long requestId, long processId) implements ForAll {}

  /** Sets the counters of a final node to zero and drops its archive. */
  record ResetNode(long requestId, long processId, NodeId nodeId) implements ForAll {}

  /**
   * Drops archived tasks that expired.
   *
   * @param epochDay tasks that expire on this day (days since 1970-01-01 UTC) or before
   * @param tasksMax how many at most in this step; the reply tells whether more are left
   */
  record DropArchive(long requestId, long epochDay, int tasksMax) implements ForAll {}
}
