package io.millrace.server.compatible;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.view.NodeCounts;
import io.millrace.runtime.host.Host;
import io.millrace.server.wire.Json;
import io.millrace.workspace.Workspace;
import io.millrace.workspace.folder.FolderItem;
import io.millrace.workspace.rights.Privilege;
import io.millrace.workspace.store.ObjectKind;
import io.millrace.workspace.version.Node;
import io.millrace.workspace.version.NodeEdit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Nodes: editing, showing, searching, and resetting the counters of a final node. */
final class NodeOps {
  private static final int FOUND_MAX = 500;

  private final Workspace workspace;
  private final Host host;

  NodeOps(Workspace workspace, Host host) {
    this.workspace = workspace;
    this.host = host;
  }

  void addTo(Operations operations) {
    operations
        .add("node", "create", this::create)
        .add("node", "modify", this::modify)
        .add("node", "show", this::show)
        .add("node", "delete", this::delete)
        .add("node", "reset", this::reset)
        .add("nodes", "list", this::search);
  }

  private ObjectNode create(Op op) {
    long process = op.process();
    Long version = version(op);
    if (!op.has("obj_type")) {
      throw OpException.required("obj_type");
    }
    String node = workspace.drafts().createNode(op.user(), process, version, edit(op));
    return op.ok().put("conv_id", process).put("obj_id", node).put("version", version);
  }

  private ObjectNode modify(Op op) {
    long process = op.process();
    String node = op.requiredText("obj_id");
    workspace.drafts().modifyNode(op.user(), process, version(op), node, edit(op));
    ObjectNode answer = Json.object();
    answer.set("id", op.id());
    return answer.put("proc", "ok").put("conv_id", process).put("obj_id", node);
  }

  /** The draft to edit; without one, which only old clients may leave out, edits apply at once. */
  private static @Nullable Long version(Op op) {
    return op.version() == 1
        ? op.number("version").orElse(null)
        : Long.valueOf(op.requiredNumber("version"));
  }

  private static NodeEdit edit(Op op) {
    Integer type = op.has("obj_type") ? (int) op.requiredNumber("obj_type") : null;
    JsonNode position = op.get("position");
    if (position != null && !(position instanceof ArrayNode pair && pair.size() == 2)) {
      throw OpException.value("position", position);
    }
    // Old clients write the misspelled name of the format with an e more.
    JsonNode semaphores = op.has("semaphors") ? op.get("semaphors") : op.get("semaphores");
    return new NodeEdit(
        type,
        op.textOrNull("title"),
        op.textOrNull("description"),
        list("logics", op.get("logics")),
        list("semaphors", semaphores),
        position == null ? null : coordinate(position, 0),
        position == null ? null : coordinate(position, 1),
        nullable(op, "extra"),
        nullable(op, "options"),
        nullable(op, "stub"));
  }

  private static @Nullable JsonNode list(String name, @Nullable JsonNode value) {
    if (value != null && !value.isArray()) {
      throw OpException.value(name, value);
    }
    return value;
  }

  /** A coordinate; editors send fractions. */
  private static int coordinate(JsonNode position, int index) {
    JsonNode value = position.get(index);
    if (value.isNumber()) {
      return (int) Math.clamp(Math.round(value.doubleValue()), -10_000_000L, 10_000_000L);
    }
    try {
      return Integer.parseInt(value.asString(""));
    } catch (NumberFormatException e) {
      throw OpException.value("position", position);
    }
  }

  /** Keeps JSON null apart from an absent member: null clears it. */
  private static @Nullable JsonNode nullable(Op op, String name) {
    JsonNode value = op.json().get(name);
    return value != null && value.isNull() ? JsonNodeFactory.instance.nullNode() : value;
  }

  private ObjectNode show(Op op) {
    long process = op.process();
    Node node = workspace.drafts().showNode(op.user(), process, op.requiredText("obj_id"));
    NodeId id = NodeId.parse(node.id());
    NodeCounts counts = id == null ? null : host.counts(process).get(id);
    ObjectNode answer = op.ok();
    answer.put("conv_id", process);
    answer.put("obj_id", node.id());
    answer.put("title", node.title());
    answer.put("description", node.description());
    answer.set("logics", node.logics());
    answer.set("semaphors", node.semaphores());
    answer.put("count", counts == null ? 0 : counts.count());
    answer.put("obj_type", node.objType());
    answer.putArray("position").add(node.x()).add(node.y());
    answer.put("extra", node.extra());
    answer.put("options", node.options());
    return answer;
  }

  private ObjectNode delete(Op op) {
    long process = op.process();
    String node = op.requiredText("obj_id");
    Long version = op.number("version").orElse(null);
    workspace.drafts().deleteNode(op.user(), process, version, node);
    return op.ok("conv").put("obj_id", node);
  }

  private ObjectNode reset(Op op) {
    long process = op.process();
    workspace.rights().require(op.user(), process, Privilege.MODIFY);
    String text = op.requiredText("obj_id");
    NodeId node = NodeId.parse(text);
    if (node == null) {
      throw OpException.notFound("node", text);
    }
    Reply reply = host.broadcast(request -> new Command.ResetNode(request, process, node)).join();
    return switch (reply) {
      case Reply.Done done -> op.ok().put("obj_id", text);
      case Reply.Refused refused -> throw OpException.of(refused.description());
      case Reply.Overloaded overloaded ->
          throw OpException.of("Too many requests: limit is reached");
      case Reply.Unavailable unavailable ->
          throw OpException.of("Service unavailable: " + unavailable.description());
      case Reply.Created created -> throw OpException.of("Internal error");
      case Reply.Modified modified -> throw OpException.of("Internal error");
      case Reply.Deleted deleted -> throw OpException.of("Internal error");
    };
  }

  /** Nodes whose title, description or id contain the pattern, in one process or all visible. */
  private ObjectNode search(Op op) {
    String pattern = op.requiredText("pattern").toLowerCase(Locale.ROOT);
    ObjectNode answer = op.ok();
    ArrayNode list = answer.putArray("list");
    for (long process : searched(op)) {
      for (Node node : workspace.drafts().graph(op.user(), process).nodes()) {
        if (list.size() < FOUND_MAX && matches(node, pattern)) {
          list.addObject()
              .put("conv_id", process)
              .put("id", node.id())
              .put("title", node.title())
              .put("description", node.description())
              .put("type", node.objType())
              .put("status", 1);
        }
      }
    }
    return answer;
  }

  private List<Long> searched(Op op) {
    if (op.has("conv_id")) {
      return List.of(op.process());
    }
    return workspace.folders().branch(op.user(), 0).stream()
        .filter(item -> item.kind() == ObjectKind.PROCESS)
        .filter(item -> item.privileges().contains(Privilege.VIEW))
        .map(FolderItem::id)
        .toList();
  }

  private static boolean matches(Node node, String pattern) {
    return node.title().toLowerCase(Locale.ROOT).contains(pattern)
        || node.description().toLowerCase(Locale.ROOT).contains(pattern)
        || node.id().equals(pattern);
  }
}
