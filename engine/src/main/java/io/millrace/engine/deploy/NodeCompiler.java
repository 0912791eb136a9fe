package io.millrace.engine.deploy;

import io.millrace.engine.id.NodeId;
import io.millrace.engine.json.Json;
import io.millrace.engine.json.JsonException;
import io.millrace.engine.logic.ApiCallback;
import io.millrace.engine.logic.Go;
import io.millrace.engine.logic.GoIfConst;
import io.millrace.engine.logic.Logic;
import io.millrace.engine.logic.LogicWire;
import io.millrace.engine.process.CompiledNode;
import io.millrace.engine.process.NodeKind;
import io.millrace.engine.semaphore.TaskCounter;
import io.millrace.engine.semaphore.TimeLimit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one node: its logics, its semaphores, and the rules about their combination. */
final class NodeCompiler {
  private final NodeId id;
  private final ObjectNode json;
  private final SchemeContext scheme;
  private final NodeContext whole;

  private NodeCompiler(NodeId id, ObjectNode json, SchemeContext scheme) {
    this.id = id;
    this.json = json;
    this.scheme = scheme;
    this.whole = new NodeContext(scheme, id, "");
  }

  static CompiledNode compile(NodeId id, ObjectNode json, SchemeContext scheme) {
    return new NodeCompiler(id, json, scheme).compile();
  }

  private CompiledNode compile() {
    NodeKind kind = kind();
    JsonNode condition = json.path("condition");
    if (!condition.isObject()) {
      whole.error("condition", "Invalid scheme: expected an object with logics and semaphors");
    }
    List<Logic> logics = logics(condition.path("logics"));
    JsonNode semaphores =
        condition.has("semaphors") ? condition.path("semaphors") : condition.path("semaphores");
    List<TimeLimit> limits = new ArrayList<>();
    TaskCounter counter = null;
    for (int i = 0; i < semaphores.size(); i++) {
      NodeContext context = new NodeContext(scheme, id, "semaphors[" + i + "].");
      JsonNode semaphore = semaphores.path(i);
      String type = semaphore.path("type").asString("");
      switch (type) {
        case "time" -> limits.add(SemaphoreWire.timeLimit(semaphore, context, scheme.limits()));
        case "count" -> counter = SemaphoreWire.taskCounter(semaphore, context);
        default -> context.error("type", "Unknown semaphor '" + type + "': time or count");
      }
    }
    rules(kind, logics, limits);
    return new CompiledNode(
        scheme.ordinals().ordinalOf(id),
        id,
        kind,
        json.path("title").asString(""),
        logics,
        limits,
        counter,
        keepsTasks());
  }

  private NodeKind kind() {
    JsonNode value = json.path("obj_type");
    int number = value.isNumber() ? value.asInt() : parse(value.asString(""));
    NodeKind kind = NodeKind.of(number);
    if (kind == null) {
      whole.error("obj_type", "Expected 0, 1, 2, 3 or 4, but got '" + value.asString("") + "'");
      return NodeKind.NORMAL;
    }
    return kind;
  }

  private static int parse(String text) {
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
  }

  private List<Logic> logics(JsonNode list) {
    List<Logic> logics = new ArrayList<>();
    if (list.size() > scheme.limits().logicsPerNodeMax()) {
      whole.error(
          "logics",
          "The node has "
              + list.size()
              + " logics; the limit is "
              + scheme.limits().logicsPerNodeMax());
      return logics;
    }
    for (int i = 0; i < list.size(); i++) {
      @Nullable Logic logic =
          LogicWire.read(list.path(i), new NodeContext(scheme, id, "logics[" + i + "]."));
      if (logic != null) {
        logics.add(logic);
      }
    }
    return logics;
  }

  private void rules(NodeKind kind, List<Logic> logics, List<TimeLimit> limits) {
    if (kind == NodeKind.FINAL) {
      if (!logics.isEmpty()) {
        whole.error("logics", "A final node must not have logics");
      }
      return;
    }
    if (logics.isEmpty()) {
      if (limits.isEmpty()) {
        whole.warning("logics", "Tasks stay in this node for ever: no logic and no time limit");
      }
      return;
    }
    if (!(logics.getLast() instanceof Go)) {
      boolean waits = logics.stream().anyMatch(ApiCallback.class::isInstance);
      String text = "The last logic of the node must be 'go'";
      if (waits) {
        whole.warning("logics", text);
      } else {
        whole.error("logics", text);
      }
    }
    long actions =
        logics.stream().filter(l -> !(l instanceof Go) && !(l instanceof GoIfConst)).count();
    if (actions > 1) {
      String text = "The node has " + actions + " actions; more than one is hard to follow";
      if (scheme.imported()) {
        whole.warning("logics", text);
      } else {
        whole.error("logics", text);
      }
    }
  }

  private boolean keepsTasks() {
    JsonNode options = json.path("options");
    if (options.isString() && !options.stringValue().isBlank()) {
      try {
        options = Json.parse(options.stringValue());
      } catch (JsonException e) {
        whole.warning("options", "The node's options are not JSON; they are ignored");
        return true;
      }
    }
    JsonNode save = options.path("save_task");
    return !(save.isBoolean() && !save.booleanValue())
        && !save.asString("").equalsIgnoreCase("false");
  }
}
