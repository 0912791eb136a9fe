package io.millrace.engine.process;

import io.millrace.engine.id.NodeId;
import io.millrace.engine.logic.ApiCallback;
import io.millrace.engine.logic.Logic;
import io.millrace.engine.semaphore.TaskCounter;
import io.millrace.engine.semaphore.TimeLimit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node, ready to run.
 *
 * @param ordinal its number in the process, for ever
 * @param keepsTasks of a final node: whether finished tasks go to the archive
 */
public record CompiledNode(
    int ordinal,
    NodeId id,
    NodeKind kind,
    String title,
    List<Logic> logics,
    List<TimeLimit> timeLimits,
    @Nullable TaskCounter counter,
    boolean keepsTasks) {
  public CompiledNode {
    logics = List.copyOf(logics);
    timeLimits = List.copyOf(timeLimits);
  }

  /** Whether tasks rest here until they are modified. */
  public boolean waitsForCallback() {
    return !logics.isEmpty() && logics.getFirst() instanceof ApiCallback;
  }

  public boolean isFinal() {
    return kind == NodeKind.FINAL;
  }
}
