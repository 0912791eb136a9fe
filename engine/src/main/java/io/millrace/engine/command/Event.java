package io.millrace.engine.command;

import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import org.jspecify.annotations.Nullable;

/** Something an operator should know. Not part of state; may be lost in a crash. */
public record Event(
    Kind kind, long processId, @Nullable NodeId nodeId, @Nullable TaskId taskId, String text) {
  /** What happened. */
  public enum Kind {
    /** A task was stopped because it went round in a circle. */
    LOOP_STOPPED,
    /** A time limit's dynamic value was not a time; the minimum was used. */
    TIMER_VALUE_INVALID,
    /** A defect of the engine stopped a task; the partition goes on. */
    TASK_FAULTED,
    /** A message or an effect's result came for a task that is no longer there. */
    LATE_RESULT
  }
}
