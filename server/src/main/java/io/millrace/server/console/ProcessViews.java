package io.millrace.server.console;

import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.view.NodeCounts;
import io.millrace.engine.view.TaskView;
import io.millrace.http.Identity;
import io.millrace.http.Problem;
import io.millrace.runtime.host.Host;
import io.millrace.server.compatible.TaskData;
import io.millrace.server.wire.Json;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.folder.FolderItem;
import io.millrace.workspace.folder.Folders;
import io.millrace.workspace.rights.Privilege;
import io.millrace.workspace.rights.Rights;
import io.millrace.workspace.store.ObjectKind;
import io.millrace.workspace.version.Graph;
import io.millrace.workspace.version.Node;
import io.millrace.workspace.version.ProcessInfo;
import io.millrace.workspace.version.Statuses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the console shows: the tree, a process with its counters, tasks and their paths. */
public final class ProcessViews {
  private static final int TYPE_FINAL = 2;

  private final Workspace workspace;
  private final Host host;

  public ProcessViews(Workspace workspace, Host host) {
    this.workspace = workspace;
    this.host = host;
  }

  /** Folders and processes that the caller may see, as a flat list. */
  ObjectNode tree(Identity caller) {
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("items");
    for (FolderItem item : workspace.folders().branch(caller.userId(), Folders.ROOT)) {
      ObjectNode entry = items.addObject();
      boolean process = item.kind() == ObjectKind.PROCESS;
      entry.put("id", item.id());
      entry.put("parentId", item.parentId());
      entry.put("title", item.title());
      entry.put("description", item.description());
      entry.put("kind", process ? "process" : "folder");
      if (process) {
        entry.put("convType", item.stateDiagram() ? "state" : "process");
        entry.put("status", item.status() == null ? "active" : Statuses.text(item.status()));
        entry.put("deployed", item.deployed());
        entry.put("liveTasks", liveTasks(item.id()));
      }
    }
    return answer;
  }

  /** Tasks in nodes that are not final: what has entered and not left, and has a way on. */
  private long liveTasks(long process) {
    Map<NodeId, NodeCounts> counts = host.counts(process);
    if (counts.isEmpty()) {
      return 0;
    }
    long live = 0;
    for (JsonNode node :
        workspace.processes().deployedScheme(Rights.SYSTEM, process).path("nodes")) {
      NodeId id = NodeId.parse(node.path("id").asString(""));
      NodeCounts count = id == null ? null : counts.get(id);
      if (count != null && node.path("obj_type").asInt(0) != TYPE_FINAL) {
        live += count.count();
      }
    }
    return live;
  }

  /** A process as its canvas shows it. */
  ObjectNode view(Identity caller, long process) {
    ProcessInfo info = workspace.processes().show(caller.userId(), process);
    Graph graph = workspace.drafts().graph(caller.userId(), process);
    LogicSummary summary = new LogicSummary(titles(graph));
    ObjectNode answer = Json.object();
    answer.put("id", info.id());
    answer.put("title", info.title());
    answer.put("description", info.description());
    answer.put("status", Statuses.text(info.status()));
    answer.put("convType", info.stateDiagram() ? "state" : "process");
    answer.put("version", info.lastConfirmedVersion());
    answer.put("folderId", info.folderId());
    answer.put("draft", graph.draftVersion());
    ArrayNode nodes = answer.putArray("nodes");
    graph.nodes().forEach(node -> nodes.add(node(node, summary)));
    answer.set("counts", counts(host.counts(process)));
    return answer;
  }

  private static Map<String, String> titles(Graph graph) {
    Map<String, String> titles = new HashMap<>();
    graph.nodes().forEach(node -> titles.put(node.id(), node.title()));
    return titles;
  }

  private static ObjectNode node(Node node, LogicSummary summary) {
    ObjectNode entry = Json.object();
    entry.put("id", node.id());
    entry.put("type", node.objType());
    entry.put("title", node.title());
    entry.put("description", node.description());
    entry.put("x", node.x());
    entry.put("y", node.y());
    String extra = node.extra();
    JsonNode looks = extra == null ? Json.object() : Json.parse(extra).orElse(Json.object());
    entry.put("icon", looks.path("icon").asString(""));
    entry.put("modeForm", looks.path("modeForm").asString(""));
    entry.set("logics", node.logics());
    entry.set("semaphors", node.semaphores());
    ArrayNode lines = entry.putArray("summary");
    node.logics().forEach(logic -> lines.add(summary.logic(logic)));
    node.semaphores().forEach(semaphore -> lines.add(summary.semaphore(semaphore)));
    entry.set("edges", Edges.of(node));
    return entry;
  }

  static ObjectNode counts(Map<NodeId, NodeCounts> counts) {
    ObjectNode answer = Json.object();
    counts.forEach((node, count) ->
        answer
            .putObject(node.toString())
            .put("in", count.in())
            .put("out", count.out())
            .put("count", count.count()));
    return answer;
  }

  /** A page of the tasks in a node. */
  ObjectNode tasks(
      Identity caller, long process, String nodeText, int offset, int limit, boolean newestFirst) {
    ProcessInfo info = visible(caller, process);
    NodeId node = NodeId.parse(nodeText);
    if (node == null) {
      throw Problem.notFound("node", nodeText).exception();
    }
    ObjectNode answer = Json.object();
    NodeCounts count = host.counts(process).getOrDefault(node, NodeCounts.ZERO);
    answer.put("count", count.count());
    answer.put("offset", offset);
    ArrayNode tasks = answer.putArray("tasks");
    boolean masked = masks(caller, info);
    List<TaskView> page = host.tasks(process, node, offset, limit + 1, newestFirst);
    for (TaskView task : page.subList(0, Math.min(limit, page.size()))) {
      tasks.add(task(task, info, masked));
    }
    answer.put("more", page.size() > limit);
    return answer;
  }

  /** A task with its data and the path it took. */
  ObjectNode task(Identity caller, long process, String taskText) {
    ProcessInfo info = visible(caller, process);
    TaskId id = TaskId.parse(taskText);
    TaskView task =
        (id == null ? Optional.<TaskView>empty() : host.task(process, id))
            .orElseThrow(() -> Problem.notFound("task", taskText).exception());
    ObjectNode answer = task(task, info, masks(caller, info));
    answer.put("processTitle", info.title());
    Map<String, String> titles = new HashMap<>();
    for (JsonNode node :
        workspace.processes().deployedScheme(caller.userId(), process).path("nodes")) {
      titles.put(node.path("id").asString(""), node.path("title").asString(""));
    }
    answer.put("nodeTitle", titles.getOrDefault(task.nodeId().toString(), ""));
    ArrayNode path = answer.putArray("path");
    for (TaskView.PathStep step : task.path()) {
      String node = step.nodeId().toString();
      path.addObject()
          .put("nodeId", node)
          .put("title", titles.getOrDefault(node, ""))
          .put("timeMillis", step.timeMillis());
    }
    return answer;
  }

  private ProcessInfo visible(Identity caller, long process) {
    workspace.rights().require(caller.userId(), process, Privilege.VIEW);
    return workspace.processes().show(caller.userId(), process);
  }

  private boolean masks(Identity caller, ProcessInfo info) {
    return info.refMask()
        && !workspace.rights().allows(caller.userId(), info.id(), Privilege.MODIFY);
  }

  private static ObjectNode task(TaskView task, ProcessInfo info, boolean masked) {
    ObjectNode entry = Json.object();
    entry.put("id", task.id().toString());
    boolean hidden = masked && task.archived() && task.reference() != null;
    entry.put("ref", hidden ? "***" : task.reference());
    entry.put("status", task.status());
    entry.put("nodeId", task.nodeId().toString());
    NodeId previous = task.previousNodeId();
    entry.put("previousNodeId", previous == null ? null : previous.toString());
    entry.put("userId", task.userId());
    entry.put("createMillis", task.createMillis());
    entry.put("changeMillis", task.changeMillis());
    entry.put("archived", task.archived());
    entry.set("data", TaskData.shown(task, info.params()));
    return entry;
  }
}
