package io.millrace.engine;

import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.process.NodeOrdinals;
import io.millrace.engine.state.Archive;
import io.millrace.engine.state.CounterCodec;
import io.millrace.engine.state.Keys;
import io.millrace.engine.state.ProcessCodec;
import io.millrace.engine.state.References;
import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import io.millrace.engine.state.Task;
import io.millrace.engine.state.TaskCodec;
import io.millrace.engine.view.NodeCounts;
import io.millrace.engine.view.TaskView;
import io.millrace.engine.view.TaskView.PathStep;
import io.millrace.engine.view.TrafficPoint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads committed state of one partition. Any thread may use it while the partition goes on, over a
 * {@link State} view that reads committed data only; nothing is written through it.
 */
public final class Snapshot {
  private static final NodeId NO_NODE = new NodeId(0, 0);

  private final State state;
  private final References references;
  private final Archive archive;
  private final Map<Long, Known> processes = new HashMap<>();

  public Snapshot(State state) {
    this.state = state;
    references = new References(state);
    archive = new Archive(state);
  }

  /** What readers need of a process; {@code deployed}: ids of the nodes it has now. */
  private record Known(NodeOrdinals ordinals, Set<NodeId> deployed) {
    NodeId id(int ordinal) {
      return ordinal >= 0 && ordinal < ordinals.size() ? ordinals.id(ordinal) : NO_NODE;
    }
  }

  public @Nullable TaskView task(long processId, TaskId taskId) {
    byte[] live = state.get(Space.TASKS, Keys.task(taskId));
    if (live != null) {
      Task task = TaskCodec.decode(taskId, live);
      return task.processId() == processId ? view(task, false) : null;
    }
    Archive.Place place = archive.find(taskId);
    Task archived = place == null || place.process() != processId ? null : archive.load(place);
    return archived == null ? null : view(archived, true);
  }

  public @Nullable TaskView taskByReference(long processId, String reference) {
    References.Holder holder = references.find(processId, reference);
    return holder == null ? null : task(processId, holder.task());
  }

  /** At most {@code limit} tasks in the node, by id (which is by creation time). */
  public List<TaskView> tasks(long processId, NodeId nodeId, int limit, boolean newestFirst) {
    Known process = known(processId);
    int ordinal = process == null ? -1 : process.ordinals().find(nodeId);
    if (process == null || ordinal < 0) {
      return List.of();
    }
    List<TaskView> views = new ArrayList<>();
    byte[] from = Keys.node(processId, ordinal);
    State.Visitor visitor =
        (key, value) -> {
          TaskId id = TaskId.read(ByteBuffer.wrap(key, 13, TaskId.BYTES));
          byte[] bytes = state.get(Space.TASKS, Keys.task(id));
          if (bytes != null) {
            views.add(view(TaskCodec.decode(id, bytes), false));
          }
          return views.size() < limit;
        };
    scan(Space.INDEX, from, Keys.after(from), newestFirst, visitor);
    archived(processId, ordinal, limit, newestFirst, views);
    Comparator<TaskView> byId = Comparator.comparing(TaskView::id);
    views.sort(newestFirst ? byId.reversed() : byId);
    return views.size() > limit ? views.subList(0, limit) : views;
  }

  private void archived(
      long processId, int ordinal, int limit, boolean newestFirst, List<TaskView> views) {
    // A bucket is a day of expiry, and retention may have been changed since: every bucket can
    // hold the newest task, so each gives its best, and the caller keeps the best of all.
    for (int day = archive.nextDay(0); day >= 0; day = archive.nextDay(day + 1)) {
      int[] left = {limit};
      scan(
          Space.ARCHIVE,
          Keys.archive(day, processId, ordinal),
          Keys.archive(day, processId, ordinal + 1),
          newestFirst,
          (key, value) -> {
            Task task = TaskCodec.decode(Archive.place(key).task(), value);
            views.add(view(task, true));
            return --left[0] > 0;
          });
    }
  }

  private void scan(Space space, byte[] from, byte[] to, boolean backwards, State.Visitor visitor) {
    if (backwards) {
      state.scanBackwards(space, from, to, visitor);
    } else {
      state.scan(space, from, to, visitor);
    }
  }

  /** Counters of the nodes that were ever entered. */
  public Map<NodeId, NodeCounts> counts(long processId) {
    Map<NodeId, NodeCounts> counts = new TreeMap<>();
    Known process = known(processId);
    if (process == null) {
      return counts;
    }
    byte[] from = Keys.table('C', processId);
    state.scan(
        Space.INDEX,
        from,
        Keys.after(from),
        (key, value) -> {
          int ordinal = ByteBuffer.wrap(key, 9, 4).getInt();
          counts.put(process.id(ordinal), CounterCodec.decode(value).counts());
          return true;
        });
    return counts;
  }

  public List<TrafficPoint> traffic(
      long processId, long fromMillis, long toMillis, TrafficPoint.Interval interval) {
    Known process = known(processId);
    if (process == null) {
      return List.of();
    }
    Map<NodeId, NodeCounts> now = counts(processId);
    // An entry holds the totals when its interval began; what passed in it is the difference to
    // the node's next entry, or to now.
    Map<NodeId, TreeMap<Long, NodeCounts>> totals = new TreeMap<>();
    state.scan(
        Space.INDEX,
        Keys.traffic(interval.code(), processId, fromMillis),
        Keys.traffic(interval.code(), processId, Long.MAX_VALUE),
        (key, value) -> {
          ByteBuffer in = ByteBuffer.wrap(key, 10, 12);
          long start = in.getLong();
          NodeId node = process.id(in.getInt());
          totals
              .computeIfAbsent(node, unused -> new TreeMap<>())
              .put(start, CounterCodec.decodeTotals(value));
          return true;
        });
    List<TrafficPoint> points = new ArrayList<>();
    totals.forEach((node, entries) ->
        entries
            .headMap(toMillis, false)
            .forEach((start, before) -> {
              Map.Entry<Long, NodeCounts> next = entries.higherEntry(start);
              NodeCounts after =
                  next == null ? now.getOrDefault(node, NodeCounts.ZERO) : next.getValue();
              points.add(
                  new TrafficPoint(
                      node, start, after.in() - before.in(), after.out() - before.out()));
            }));
    return points;
  }

  /** How many tasks are live. */
  public long liveTasks() {
    long[] live = {0};
    byte[] table = Keys.table('C');
    Map<Long, Set<Integer>> finals = new HashMap<>();
    state.scan(
        Space.INDEX,
        table,
        Keys.after(table),
        (key, value) -> {
          ByteBuffer in = ByteBuffer.wrap(key, 1, 12);
          long process = in.getLong();
          int node = in.getInt();
          if (!finals.computeIfAbsent(process, this::finals).contains(node)) {
            live[0] += CounterCodec.decode(value).counts().count();
          }
          return true;
        });
    return live[0];
  }

  private Set<Integer> finals(long processId) {
    Set<Integer> finals = new HashSet<>();
    byte[] bytes = state.get(Space.DIRECTORY, Keys.process(processId));
    if (bytes != null) {
      ProcessCodec.Stored stored = ProcessCodec.decode(bytes);
      NodeOrdinals ordinals = new NodeOrdinals(stored.nodes());
      for (JsonNode node : stored.source().scheme().path("nodes")) {
        NodeId id = NodeId.parse(node.path("id").asString(""));
        if (id != null && node.path("obj_type").asString("").equals("2")) {
          finals.add(ordinals.find(id));
        }
      }
    }
    return finals;
  }

  private @Nullable Known known(long processId) {
    Known known = processes.get(processId);
    byte[] bytes = known == null ? state.get(Space.DIRECTORY, Keys.process(processId)) : null;
    if (bytes != null) {
      ProcessCodec.Stored stored = ProcessCodec.decode(bytes);
      Set<NodeId> deployed = new HashSet<>();
      for (JsonNode node : stored.source().scheme().path("nodes")) {
        NodeId id = NodeId.parse(node.path("id").asString(""));
        if (id != null) {
          deployed.add(id);
        }
      }
      known = new Known(new NodeOrdinals(stored.nodes()), deployed);
      processes.put(processId, known);
    }
    return known;
  }

  private TaskView view(Task task, boolean isArchived) {
    Known process = known(task.processId());
    List<PathStep> path = new ArrayList<>();
    for (int i = 0; i < task.pathLength(); i++) {
      path.add(new PathStep(id(process, task.pathNode(i)), task.pathMillis(i)));
    }
    NodeId node = id(process, task.node());
    NodeId previous = task.previousNode() == Keys.NO_NODE ? null : id(process, task.previousNode());
    return new TaskView(
        task.id(),
        task.processId(),
        task.reference(),
        node,
        previous,
        status(task, isArchived, process == null || process.deployed().contains(node)),
        task.userId(),
        task.id().timeMillis(),
        task.changeMillis(),
        task.data(),
        path,
        isArchived);
  }

  private static NodeId id(@Nullable Known process, int ordinal) {
    return process == null ? NO_NODE : process.id(ordinal);
  }

  private static String status(Task task, boolean isArchived, boolean nodeExists) {
    if (isArchived) {
      return "processed";
    }
    if (!nodeExists && task.node() != Keys.NO_NODE) {
      return "canceled";
    }
    return switch (task.rest()) {
      case READY -> "created";
      case EFFECT, PERMIT, ACKNOWLEDGEMENT -> "processing";
      case HOLDING, CALLBACK -> "delayed";
      case CANCELED -> "canceled";
    };
  }
}
