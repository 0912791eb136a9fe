package io.millrace.server.compatible;

import io.millrace.engine.command.ProcessStatus;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.view.NodeCounts;
import io.millrace.runtime.host.Host;
import io.millrace.server.wire.Json;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.folder.FolderFilter;
import io.millrace.workspace.folder.FolderSort;
import io.millrace.workspace.folder.Folders;
import io.millrace.workspace.rights.Privilege;
import io.millrace.workspace.version.Graph;
import io.millrace.workspace.version.NewProcess;
import io.millrace.workspace.version.Node;
import io.millrace.workspace.version.ProcessEdit;
import io.millrace.workspace.version.ProcessInfo;
import io.millrace.workspace.version.StatusChange;
import io.millrace.workspace.version.Statuses;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Processes: create, modify, show, the editor's list of nodes with counters, and search. */
final class ConvOps {
  private static final int SEARCH_MAX = 200;

  private final Workspace workspace;
  private final Host host;
  private final Views views;

  ConvOps(Workspace workspace, Host host, Views views) {
    this.workspace = workspace;
    this.host = host;
    this.views = views;
  }

  void addTo(Operations operations) {
    operations
        .add("conv", "create", this::create)
        .add("conv", "modify", this::modify)
        .add("conv", "show", this::show)
        .add("conv", "list", this::list)
        .add("convs", "list", this::search);
  }

  private ObjectNode create(Op op) {
    String title = op.textOrNull("title");
    if (title == null) {
      if (op.version() == 1) {
        throw OpException.required("title");
      }
      title = "New process";
    }
    // A process without a create_mode gets a start and a final node; old clients make their own.
    boolean withNodes = op.version() == 2 && !op.has("create_mode");
    ProcessStatus status = status(op, ProcessStatus.ACTIVE);
    long folder = op.number("folder_id").orElse(0L);
    NewProcess process =
        new NewProcess(
            folder, title, op.textOrNull("description"), isStateDiagram(op), status, withNodes);
    ProcessInfo made = workspace.processes().create(op.user(), process);
    return op.ok()
        .put("obj_id", made.id())
        .put("folder_id", made.folderId())
        .put("hash", made.hash());
  }

  private static boolean isStateDiagram(Op op) {
    return switch (op.text("conv_type").orElse("process")) {
      case "process" -> false;
      case "state" -> true;
      default -> throw OpException.value("conv_type", op.get("conv_type"));
    };
  }

  private static ProcessStatus status(Op op, ProcessStatus otherwise) {
    String text = op.textOrNull("status");
    return text == null
        ? otherwise
        : Statuses.parse(text).orElseThrow(() -> OpException.value("status", op.get("status")));
  }

  private ObjectNode modify(Op op) {
    long process = op.processOf("obj_id");
    @Nullable ProcessStatus status = op.has("status") ? status(op, ProcessStatus.ACTIVE) : null;
    ProcessEdit edit =
        new ProcessEdit(
            op.textOrNull("title"),
            op.textOrNull("description"),
            status,
            op.textOrNull("blocked_reason"));
    StatusChange change = workspace.processes().modify(op.user(), process, edit);
    return op.ok()
        .put("obj_id", process)
        .put("new_status", Statuses.number(change.newStatus()))
        .put("old_status", Statuses.number(change.oldStatus()))
        .put("is_changed", change.isChanged());
  }

  private ObjectNode show(Op op) {
    ProcessInfo info = workspace.processes().show(op.user(), op.processOf("obj_id"));
    ObjectNode answer = op.ok().put("obj_id", info.id());
    putCommon(answer, info, op.user());
    answer.put("size", info.nodeCount());
    answer.put("parent_obj_id", info.folderId());
    answer.put("parent_obj_type", "folder");
    return answer;
  }

  private void putCommon(ObjectNode answer, ProcessInfo info, long user) {
    answer.put("title", info.title());
    answer.put("description", info.description());
    answer.put("status", Statuses.text(info.status()));
    answer.put("conv_type", Views.conveyorType(info.stateDiagram()));
    views.putOwner(answer, info.ownerId());
    answer.put("create_time", info.createMillis() / 1000);
    answer.put("change_time", info.changeStamp());
    answer.put("company_id", views.companyId());
    answer.put("project_id", 0);
    answer.put("stage_id", 0);
    answer.put("immutable", false);
    answer.set("privs", Views.privileges(workspace.rights().effective(user, info.id())));
  }

  private ObjectNode list(Op op) {
    long process = op.processOf("obj_id");
    if (op.text("list_obj").orElse("all").equals("group")) {
      ObjectNode answer = op.ok().put("obj_id", process).put("list_obj", "group");
      answer.set("list", views.grants(workspace.rights().grants(op.user(), process)));
      return answer;
    }
    ProcessInfo info = workspace.processes().show(op.user(), process);
    Graph graph = workspace.drafts().graph(op.user(), process);
    Map<NodeId, NodeCounts> counts = host.counts(process);
    ObjectNode answer = op.ok().put("obj_id", process);
    putCommon(answer, info, op.user());
    putPlace(answer, op, info);
    answer.put("is_owner", info.ownerId() == op.user());
    answer.put("escalation_conv", "undefined");
    answer.put("tacts", counts.values().stream().mapToLong(NodeCounts::in).sum());
    answer.put("last_confirmed_version", info.lastConfirmedVersion());
    ArrayNode nodes = answer.putArray("list");
    graph.nodes().forEach(node -> nodes.add(node(node, counts)));
    answer.set("commits", commits(graph));
    return answer;
  }

  /** Where it stands and what the caller and others made of it. */
  private void putPlace(ObjectNode answer, Op op, ProcessInfo info) {
    boolean favorite =
        workspace
            .folders()
            .list(op.user(), Folders.ROOT, FolderFilter.FAVORITES, FolderSort.TITLE, false)
            .items()
            .stream()
            .anyMatch(item -> item.id() == info.id());
    answer.put("folder_id", info.folderId());
    answer.put("folder_name", folderName(op.user(), info.folderId()));
    answer.put("shared", !workspace.rights().grants(op.user(), info.id()).isEmpty());
    answer.put("favorite", favorite);
  }

  /** Its title, unless the process alone was shared with the caller. */
  private String folderName(long user, long folder) {
    return workspace.rights().allows(user, folder, Privilege.VIEW)
        ? workspace.folders().show(user, folder).title()
        : "";
  }

  static ObjectNode node(Node node, Map<NodeId, NodeCounts> counts) {
    NodeId id = NodeId.parse(node.id());
    NodeCounts count = id == null ? null : counts.get(id);
    ObjectNode entry = Json.object();
    entry.put("obj", "node");
    entry.put("obj_id", node.id());
    entry.put("title", node.title());
    entry.put("description", node.description());
    entry.set("logics", node.logics());
    entry.set("semaphors", node.semaphores());
    entry.put("count", count == null ? 0 : count.count());
    entry.put("obj_type", node.objType());
    entry.putArray("position").add(node.x()).add(node.y());
    entry.put("extra", node.extra());
    entry.put("options", node.options());
    return entry;
  }

  /** The draft that is overlaid, for clients that look whether somebody else is editing. */
  private ObjectNode commits(Graph graph) {
    ObjectNode commits = Json.object();
    commits.put(
        "version", graph.draftVersion() != 0 ? graph.draftVersion() : graph.lastConfirmedVersion());
    ArrayNode list = commits.putArray("list");
    for (Node node : graph.changed()) {
      ObjectNode condition = Json.object();
      condition.set("logics", node.logics());
      condition.set("semaphors", node.semaphores());
      ObjectNode entry = list.addObject();
      entry.put("obj_id", node.id());
      entry.put("condition", Json.text(condition));
      entry.put("name", node.title());
      entry.put("description", node.description());
      entry.putArray("position").add(node.x()).add(node.y());
      entry.put("extra", node.extra());
      entry.put("status", node.change() == Node.Change.DELETED ? "deleted" : "actived");
      entry.put("user_id", node.userId());
      entry.put("nick", views.name(node.userId()));
      entry.put("change_time", node.changeMillis() / 1000);
      entry.put("type", node.objType());
    }
    commits.put("size", graph.changed().size());
    commits.put("last_confirmed_version", graph.lastConfirmedVersion());
    return commits;
  }

  private ObjectNode search(Op op) {
    @Nullable Boolean stateDiagram =
        switch (op.text("obj_type").orElse("")) {
          case "process" -> false;
          case "state" -> true;
          default -> null;
        };
    int limit = op.intWithin("limit", 20, 1, SEARCH_MAX);
    List<ProcessInfo> found =
        workspace.processes().search(op.user(), op.text("pattern").orElse(""), stateDiagram, limit);
    ObjectNode answer = op.ok();
    ArrayNode list = answer.putArray("list");
    long owner = op.number("owner_id").orElse(0L);
    for (ProcessInfo info : found) {
      if (owner == 0 || info.ownerId() == owner) {
        list.add(found(info, op.user()));
      }
    }
    return answer;
  }

  private ObjectNode found(ProcessInfo info, long user) {
    ObjectNode entry = Json.object();
    entry.put("obj_id", info.id());
    entry.put("obj_type", "conv");
    putCommon(entry, info, user);
    entry.put("is_owner", info.ownerId() == user);
    entry.put("folder_id", info.folderId());
    entry.put("project_title", "");
    entry.put("stage_title", "");
    entry.put("escalation_conv", "undefined");
    return entry;
  }
}
