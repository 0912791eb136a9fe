package io.millrace.engine;

import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.state.State;
import io.millrace.engine.view.NodeCounts;
import io.millrace.engine.view.TaskView;
import io.millrace.engine.view.TrafficPoint;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads committed state of one partition. Any thread may use it while the partition goes on, over a
 * {@link State} view that reads committed data only; nothing is written through it.
 */
public final class Snapshot {
  public Snapshot(State state) {
    throw new UnsupportedOperationException();
  }

  public @Nullable TaskView task(long processId, TaskId taskId) {
    throw new UnsupportedOperationException();
  }

  public @Nullable TaskView taskByReference(long processId, String reference) {
    throw new UnsupportedOperationException();
  }

  /** At most {@code limit} tasks in the node, by id (which is by creation time). */
  public List<TaskView> tasks(long processId, NodeId nodeId, int limit, boolean newestFirst) {
    throw new UnsupportedOperationException();
  }

  public Map<NodeId, NodeCounts> counts(long processId) {
    throw new UnsupportedOperationException();
  }

  public List<TrafficPoint> traffic(
      long processId, long fromMillis, long toMillis, TrafficPoint.Interval interval) {
    throw new UnsupportedOperationException();
  }

  /** How many tasks are live. */
  public long liveTasks() {
    throw new UnsupportedOperationException();
  }
}
