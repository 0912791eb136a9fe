package io.millrace.engine.view;

import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A task as readers see it.
 *
 * @param status {@code created}, {@code processing}, {@code delayed}, {@code processed} or {@code
 *     canceled}
 * @param path the nodes it went through, oldest first; the oldest are dropped when it gets long
 * @param archived whether it has finished
 */
public record TaskView(
    TaskId id,
    long processId,
    @Nullable String reference,
    NodeId nodeId,
    @Nullable NodeId previousNodeId,
    String status,
    long userId,
    long createMillis,
    long changeMillis,
    ObjectNode data,
    List<PathStep> path,
    boolean archived) {

  /** One entry into a node; {@code timeMillis} is Unix time. */
  public record PathStep(NodeId nodeId, long timeMillis) {}
}
