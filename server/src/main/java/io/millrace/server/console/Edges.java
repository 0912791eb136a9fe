package io.millrace.server.console;

import io.millrace.server.wire.Json;
import io.millrace.workspace.version.Node;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The ways out of a node, for drawing. */
final class Edges {
  private Edges() {}

  static ArrayNode of(Node node) {
    ArrayNode edges = Json.array();
    for (JsonNode logic : node.logics()) {
      switch (logic.path("type").asString("")) {
        case "go" -> add(edges, logic.path("to_node_id"), "go", "");
        case "go_if_const" -> add(edges, logic.path("to_node_id"), "condition", condition(logic));
        default -> {
          // Actions have no exit of their own but the one for errors.
        }
      }
      add(edges, logic.path("err_node_id"), "error", "on error");
    }
    for (JsonNode semaphore : node.semaphores()) {
      if (semaphore.path("type").asString("").equals("count")) {
        add(edges, LogicSummary.countTarget(semaphore), "count", "when tasks pile up");
      } else {
        add(edges, LogicSummary.timeTarget(semaphore), "time", "on time limit");
      }
    }
    return edges;
  }

  private static void add(ArrayNode edges, JsonNode target, String kind, String label) {
    String to = target.asString("");
    if (!to.isEmpty()) {
      edges.addObject().put("to", to).put("kind", kind).put("label", label);
    }
  }

  /** The constant of a lone condition says most; several are counted. */
  private static String condition(JsonNode logic) {
    JsonNode conditions = logic.path("conditions");
    if (conditions.size() > 1) {
      return conditions.size() + " conditions";
    }
    JsonNode one = conditions.isArray() ? conditions.path(0) : logic;
    String constant = one.path("const").asString("");
    return constant.length() <= 40 ? constant : constant.substring(0, 40) + "…";
  }
}
