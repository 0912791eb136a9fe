package io.millrace.runtime;

import io.millrace.engine.Snapshot;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.Slots;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.view.NodeCounts;
import io.millrace.engine.view.TaskView;
import io.millrace.engine.view.TrafficPoint;
import io.millrace.runtime.host.HostException;
import io.millrace.runtime.rocks.RocksReader;
import io.millrace.runtime.rocks.RocksStore;
import io.millrace.runtime.slot.SlotTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions over all partitions from committed data, each from one consistent picture, on
 * the caller's thread.
 */
final class CommittedReads {
  /** Deeper into a list of tasks nobody pages; it bounds the memory of one question. */
  static final int TASKS_WINDOW_MAX = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger(CommittedReads.class);
  private static final long LIVE_TASKS_AGE_NANOS_MAX = 1_000_000_000L;
  private static final Comparator<TaskView> BY_ID = Comparator.comparing(TaskView::id);

  private record PointKey(NodeId nodeId, long startMillis) {}

  private final RocksStore store;
  private final SlotTable slots;
  private long liveTasks;
  private long liveTasksNanos;

  CommittedReads(RocksStore store, SlotTable slots) {
    this.store = store;
    this.slots = slots;
  }

  Optional<TaskView> task(long processId, TaskId taskId) {
    return ofSlot(taskId.slot(), partition -> partition.task(processId, taskId));
  }

  Optional<TaskView> taskByReference(long processId, String reference) {
    return ofSlot(
        Slots.ofReference(processId, reference),
        partition -> partition.taskByReference(processId, reference));
  }

  private Optional<TaskView> ofSlot(
      int slot, Function<Snapshot, ? extends @Nullable TaskView> question) {
    try (RocksReader reader = store.reader()) {
      return Optional.ofNullable(
          question.apply(new Snapshot(reader.partition(slots.partitionOf(slot)))));
    }
  }

  List<TaskView> tasks(long processId, NodeId nodeId, int offset, int limit, boolean newestFirst) {
    if (offset < 0 || limit < 0 || (long) offset + limit > TASKS_WINDOW_MAX) {
      throw new IllegalArgumentException(
          "Expected offset and limit from 0 and together at most %d, but got %d and %d"
              .formatted(TASKS_WINDOW_MAX, offset, limit));
    }
    // Any of the first offset + limit may stand in one partition, so each is asked for that many.
    List<TaskView> merged = new ArrayList<>();
    for (List<TaskView> part :
        ofAll(partition -> partition.tasks(processId, nodeId, offset + limit, newestFirst))) {
      merged.addAll(part);
    }
    return merged.stream()
        .sorted(newestFirst ? BY_ID.reversed() : BY_ID)
        .skip(offset)
        .limit(limit)
        .toList();
  }

  Map<NodeId, NodeCounts> counts(long processId) {
    Map<NodeId, NodeCounts> sums = new HashMap<>();
    for (Map<NodeId, NodeCounts> part : ofAll(partition -> partition.counts(processId))) {
      part.forEach((node, counts) -> sums.merge(node, counts, NodeCounts::plus));
    }
    return sums;
  }

  List<TrafficPoint> traffic(
      long processId, long fromMillis, long toMillis, TrafficPoint.Interval interval) {
    Map<PointKey, TrafficPoint> sums = new HashMap<>();
    for (List<TrafficPoint> part :
        ofAll(partition -> partition.traffic(processId, fromMillis, toMillis, interval))) {
      for (TrafficPoint point : part) {
        sums.merge(
            new PointKey(point.nodeId(), point.startMillis()),
            point,
            (a, b) ->
                new TrafficPoint(a.nodeId(), a.startMillis(), a.in() + b.in(), a.out() + b.out()));
      }
    }
    return sums.values().stream()
        .sorted(
            Comparator.comparingLong(TrafficPoint::startMillis).thenComparing(TrafficPoint::nodeId))
        .toList();
  }

  /**
   * How many tasks are live, at most one second old: to count them reads every counter, and a
   * status is asked for often. A store that is closed or broken gives what was counted last.
   */
  synchronized long liveTasksAbout() {
    long now = System.nanoTime();
    if (liveTasksNanos == 0 || now - liveTasksNanos > LIVE_TASKS_AGE_NANOS_MAX) {
      try {
        liveTasks = ofAll(Snapshot::liveTasks).stream().mapToLong(Long::longValue).sum();
        liveTasksNanos = now;
      } catch (HostException e) {
        LOG.debug("Live tasks cannot be counted", e);
      }
    }
    return liveTasks;
  }

  private <T> List<T> ofAll(Function<Snapshot, T> question) {
    try (RocksReader reader = store.reader()) {
      List<T> answers = new ArrayList<>(slots.partitions());
      for (int i = 0; i < slots.partitions(); i++) {
        answers.add(question.apply(new Snapshot(reader.partition(i))));
      }
      return answers;
    }
  }
}
