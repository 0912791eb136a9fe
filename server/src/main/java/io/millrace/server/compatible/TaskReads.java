package io.millrace.server.compatible;

import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.view.NodeCounts;
import io.millrace.engine.view.TaskView;
import io.millrace.runtime.host.Host;
import io.millrace.server.wire.Json;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.rights.Privilege;
import io.millrace.workspace.version.ProcessInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reading tasks: one task, the tasks in a node, a task's path. */
final class TaskReads {
  private static final int PAGE_DEFAULT = 20;
  private static final int SPLIT_SAMPLE_TASKS = 200;
  private static final int FILTER_SCAN_TASKS_MAX = 10_000;
  private static final int FILTER_SCAN_PAGE_TASKS = 250;

  private final Workspace workspace;
  private final Host host;
  private final Views views;
  private final int pageTasksMax;

  TaskReads(Workspace workspace, Host host, Views views, int pageTasksMax) {
    this.workspace = workspace;
    this.host = host;
    this.views = views;
    this.pageTasksMax = pageTasksMax;
  }

  void addTo(Operations operations) {
    operations
        .add("task", "show", this::show)
        .add("task", "get", this::show)
        .add("task_history", "list", this::history)
        .add("node", "list", this::list);
  }

  /** What the caller may see of the tasks of a process. */
  private record Sight(ProcessInfo process, boolean masksReferences) {}

  private Sight sight(Op op, long process) {
    Set<Privilege> rights = workspace.rights().effective(op.user(), process);
    if (!rights.contains(Privilege.VIEW) && !rights.contains(Privilege.CREATE)) {
      workspace.rights().require(op.user(), process, Privilege.VIEW);
    }
    ProcessInfo info =
        workspace
            .processes()
            .find(process)
            .orElseThrow(() -> OpException.notFound("conv", process));
    return new Sight(info, info.refMask() && !rights.contains(Privilege.MODIFY));
  }

  private TaskView find(Op op, long process) {
    String id = op.textOrNull("obj_id");
    Optional<TaskView> found;
    if (id != null && !id.isEmpty()) {
      TaskId task = TaskId.parse(id);
      found = task == null ? Optional.empty() : host.task(process, task);
    } else {
      found = host.taskByReference(process, op.requiredText("ref"));
    }
    return found.orElseThrow(() -> OpException.of("not_found_task"));
  }

  private ObjectNode show(Op op) {
    long process = op.process();
    Sight sight = sight(op, process);
    TaskView task = find(op, process);
    ObjectNode answer = op.ok();
    answer.put("obj_id", task.id().toString());
    answer.put("task_id", task.id().toString());
    // A caller who knew the reference gets it back: clients find their operation by it.
    answer.put("ref", op.has("ref") ? task.reference() : reference(task, sight));
    putState(answer, task);
    answer.put("node_id", task.nodeId().toString());
    putPrevious(answer, task.previousNodeId());
    answer.set("data", TaskData.shown(task, sight.process().params()));
    return answer;
  }

  private static void putState(ObjectNode answer, TaskView task) {
    answer.put("status", task.status());
    answer.put("user_id", task.userId());
    answer.put("create_time", task.createMillis() / 1000);
    answer.put("change_time", task.changeMillis() / 1000);
  }

  private static void putPrevious(ObjectNode answer, @Nullable NodeId node) {
    answer.put("node_prev_id", node == null ? null : node.toString());
  }

  private static @Nullable String reference(TaskView task, Sight sight) {
    return task.archived() && sight.masksReferences() && task.reference() != null
        ? "***"
        : task.reference();
  }

  private ObjectNode list(Op op) {
    long process = op.process();
    Sight sight = sight(op, process);
    NodeId node = node(op);
    int limit = op.intWithin("limit", PAGE_DEFAULT, 0, pageTasksMax);
    int offset = op.intWithin("offset", 0, 0, Integer.MAX_VALUE);
    boolean newestFirst = !op.text("sort").orElse("DESC").equalsIgnoreCase("ASC");
    NodeCounts counts = host.counts(process).getOrDefault(node, NodeCounts.ZERO);
    TaskFilter filter = TaskFilter.of(op);
    List<TaskView> tasks =
        filter.acceptsAll()
            ? host.tasks(process, node, offset, limit, newestFirst)
            : scan(process, node, filter, offset, limit, newestFirst);
    ObjectNode answer = op.ok();
    answer.put("obj_id", node.toString());
    answer.put("count", counts.count());
    putSplit(answer, process, node, counts.count());
    ArrayNode list = answer.putArray("list");
    tasks.forEach(task -> list.add(entry(task, sight)));
    return answer;
  }

  private static NodeId node(Op op) {
    String text = op.requiredText("obj_id");
    NodeId node = NodeId.parse(text);
    if (node == null) {
      throw OpException.notFound("node", text);
    }
    return node;
  }

  private List<TaskView> scan(
      long process, NodeId node, TaskFilter filter, int offset, int limit, boolean newestFirst) {
    List<TaskView> matching = new ArrayList<>();
    int skipped = 0;
    for (int from = 0; from < FILTER_SCAN_TASKS_MAX; from += FILTER_SCAN_PAGE_TASKS) {
      List<TaskView> page = host.tasks(process, node, from, FILTER_SCAN_PAGE_TASKS, newestFirst);
      for (TaskView task : page) {
        if (filter.accepts(task) && skipped++ >= offset && matching.size() < limit) {
          matching.add(task);
        }
      }
      if (page.size() < FILTER_SCAN_PAGE_TASKS || matching.size() >= limit) {
        break;
      }
    }
    return matching;
  }

  private ObjectNode entry(TaskView task, Sight sight) {
    ObjectNode entry = Json.object();
    entry.put("obj", "task");
    entry.put("obj_id", task.id().toString());
    entry.put("ref", reference(task, sight));
    putState(entry, task);
    putPrevious(entry, task.previousNodeId());
    entry.set("data", TaskData.shown(task, sight.process().params()));
    return entry;
  }

  /**
   * Splits the count by status. What a task waits for follows from its node, so a sample tells the
   * status of the rest; a count of each would read every task.
   */
  private void putSplit(ObjectNode answer, long process, NodeId node, long count) {
    Map<String, Long> split = new HashMap<>();
    String status = "";
    List<TaskView> sample = host.tasks(process, node, 0, SPLIT_SAMPLE_TASKS, false);
    for (TaskView task : sample) {
      status = task.status();
      split.merge(status, 1L, Long::sum);
    }
    if (count > sample.size() && !status.isEmpty()) {
      split.merge(status, count - sample.size(), Long::sum);
    }
    for (String name : List.of("created", "processing", "delayed")) {
      answer.put("count_" + name, split.getOrDefault(name, 0L));
    }
  }

  private ObjectNode history(Op op) {
    long process = op.process();
    Sight sight = sight(op, process);
    TaskView task = find(op, process);
    int offset = op.intWithin("offset", 0, 0, Integer.MAX_VALUE);
    int limit = op.intWithin("limit", pageTasksMax, 0, pageTasksMax);
    ObjectNode answer = Json.object();
    answer.set("id", op.id());
    answer.put("proc", "ok").put("obj", "task_history");
    answer.put("obj_id", task.id().toString());
    answer.put("ref", reference(task, sight));
    ArrayNode list = answer.putArray("list");
    String user = views.name(task.userId());
    List<TaskView.PathStep> path = task.path();
    for (int i = offset; i < path.size() && list.size() < limit; i++) {
      list.add(step(task, i, user, sight));
    }
    return answer;
  }

  /** One entry into a node; only of the last one the data is kept. */
  private ObjectNode step(TaskView task, int index, String user, Sight sight) {
    List<TaskView.PathStep> path = task.path();
    TaskView.PathStep step = path.get(index);
    boolean last = index == path.size() - 1;
    ObjectNode entry = Json.object();
    entry.put("history_id", index + 1);
    entry.put("conv_id", task.processId());
    entry.put("node_id", step.nodeId().toString());
    putPrevious(entry, index == 0 ? null : path.get(index - 1).nodeId());
    entry.put("user_id", task.userId());
    entry.put("user_name", user);
    entry.put("create_time_ms", step.timeMillis());
    entry.put("status", last ? task.status() : index == 0 ? "created" : "processing");
    if (last) {
      entry.set("data", TaskData.shown(task, sight.process().params()));
    } else {
      entry.putNull("data");
    }
    return entry;
  }
}
