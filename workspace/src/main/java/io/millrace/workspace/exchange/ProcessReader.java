package io.millrace.workspace.exchange;

import io.millrace.engine.command.ProcessStatus;
import io.millrace.workspace.store.Json;
import io.millrace.workspace.store.Limits;
import io.millrace.workspace.store.WorkspaceException;
import io.millrace.workspace.version.NodeJson;
import io.millrace.workspace.version.Params;
import io.millrace.workspace.version.Statuses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a process element: its own fields and the shape of its graph, with the quirks of 2016. */
final class ProcessReader {
  private static final int NODE_ID_CHARACTERS_MAX = 255;
  private static final int OBJ_TYPE_MAX = 4;
  private static final Set<String> KEYS =
      Set.of(
          "obj_type",
          "obj_id",
          "parent_id",
          "title",
          "description",
          "status",
          "params",
          "ref_mask",
          "conv_type",
          "scheme",
          "uuid");

  private ProcessReader() {}

  static ImportPlan.ProcessPart process(Element element) {
    ObjectNode json = element.json();
    JsonNode scheme = json.path("scheme");
    if (!(scheme instanceof ObjectNode schemeObject)) {
      throw WorkspaceException.scheme(
          element.where() + ", scheme", null, "expected an object with 'nodes'");
    }
    return new ImportPlan.ProcessPart(
        element.where(),
        ElementReader.id(element, "obj_id"),
        ElementReader.id(element, "parent_id"),
        ElementReader.text(element, "title", Limits.TITLE_CHARACTERS_MAX, true),
        ElementReader.text(element, "description", Limits.DESCRIPTION_CHARACTERS_MAX, false),
        ElementReader.uuid(element),
        ElementReader.unknownKeys(element, KEYS),
        status(element),
        stateDiagram(element),
        params(element),
        refMask(element),
        nodes(element, schemeObject),
        schemeObject.deepCopy().remove(List.of("nodes")));
  }

  private static ProcessStatus status(Element element) {
    JsonNode status = element.json().path("status");
    if (status.isMissingNode() || status.isNull()) {
      return ProcessStatus.ACTIVE;
    }
    // What was in the trash of another installation must not run here at once.
    return Statuses.parse(status.asString(""))
        .map(found -> found == ProcessStatus.DELETED ? ProcessStatus.PAUSED : found)
        .orElseThrow(() ->
            WorkspaceException.scheme(
                element.where() + ", status",
                ElementReader.shortText(status),
                "unknown status '" + ElementReader.shortText(status) + "'"));
  }

  private static boolean stateDiagram(Element element) {
    JsonNode type = element.json().path("conv_type");
    return switch (type.asString("process")) {
      case "process", "escalation" -> false;
      case "state" -> true;
      default ->
          throw WorkspaceException.scheme(
              element.where() + ", conv_type",
              ElementReader.shortText(type),
              "expected 'process' or 'state'");
    };
  }

  private static boolean refMask(Element element) {
    JsonNode mask = element.json().path("ref_mask");
    if (mask.isMissingNode() || mask.isNull()) {
      return true;
    }
    return switch (mask.asString("")) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw WorkspaceException.scheme(
              element.where() + ", ref_mask",
              ElementReader.shortText(mask),
              "expected true or false");
    };
  }

  private static ArrayNode params(Element element) {
    try {
      return Params.normalised(element.json().path("params"));
    } catch (WorkspaceException e) {
      throw WorkspaceException.scheme(element.where() + ", params", null, e.getMessage());
    }
  }

  private static ArrayNode nodes(Element element, ObjectNode scheme) {
    String field = element.where() + ", scheme.nodes";
    if (!(scheme.path("nodes") instanceof ArrayNode array)) {
      throw WorkspaceException.scheme(field, null, "expected an array");
    }
    if (array.size() > Limits.NODES_MAX) {
      throw WorkspaceException.scheme(
          field, array.size(), "more than " + Limits.NODES_MAX + " nodes");
    }
    Map<String, Integer> ids = new HashMap<>();
    ArrayNode nodes = Json.array();
    for (int i = 0; i < array.size(); i++) {
      String where = field + "[" + i + "]";
      ObjectNode node = node(where, array.get(i));
      Integer other = ids.putIfAbsent(node.path("id").asString(), i);
      if (other != null) {
        throw WorkspaceException.scheme(
            where + ".id",
            node.path("id").asString(),
            "the id is used by nodes[" + other + "], too");
      }
      nodes.add(node);
    }
    return nodes;
  }

  private static ObjectNode node(String where, JsonNode json) {
    if (!(json instanceof ObjectNode original)) {
      throw WorkspaceException.scheme(where, null, "expected an object");
    }
    ObjectNode node = original.deepCopy();
    JsonNode id = node.path("id");
    if (!id.isString()
        || id.asString().isBlank()
        || id.asString().length() > NODE_ID_CHARACTERS_MAX) {
      throw WorkspaceException.scheme(
          where + ".id", ElementReader.shortText(id), "expected a node id");
    }
    Long objType = Json.integer(node.path("obj_type"));
    if (objType == null || objType < 0 || objType > OBJ_TYPE_MAX) {
      throw WorkspaceException.scheme(
          where + ".obj_type",
          ElementReader.shortText(node.path("obj_type")),
          "expected 0 to " + OBJ_TYPE_MAX);
    }
    node.put("obj_type", objType);
    requireNumber(where, node, "x");
    requireNumber(where, node, "y");
    requireText(where, node, "title", Limits.TITLE_CHARACTERS_MAX);
    requireText(where, node, "description", Limits.DESCRIPTION_CHARACTERS_MAX);
    putText(where, node, "extra");
    putText(where, node, "options");
    condition(where, node);
    return node;
  }

  /** Reads {@code semaphores}, which some API output writes, as {@code semaphors}. */
  private static void condition(String where, ObjectNode node) {
    if (!(node.path("condition") instanceof ObjectNode condition)) {
      throw WorkspaceException.scheme(where + ".condition", null, "expected an object");
    }
    JsonNode misspelt = condition.path("semaphores");
    if (!misspelt.isMissingNode()) {
      condition.remove("semaphores");
      if (!condition.has("semaphors")) {
        condition.set("semaphors", misspelt);
      }
    }
    for (String key : List.of("logics", "semaphors")) {
      if (!condition.hasNonNull(key)) {
        condition.putArray(key);
      }
      String field = where + ".condition." + key;
      if (!condition.path(key).isArray()) {
        throw WorkspaceException.scheme(field, null, "expected an array");
      }
      for (int i = 0; i < condition.path(key).size(); i++) {
        JsonNode element = condition.path(key).get(i);
        if (!element.isObject() || !element.path("type").isString()) {
          throw WorkspaceException.scheme(
              field + "[" + i + "]", null, "expected an object with a string 'type'");
        }
      }
    }
  }

  private static void requireNumber(String where, ObjectNode node, String key) {
    if (!node.path(key).isNumber()) {
      throw WorkspaceException.scheme(
          where + "." + key, ElementReader.shortText(node.path(key)), "expected a number");
    }
  }

  private static void requireText(String where, ObjectNode node, String key, int charactersMax) {
    JsonNode text = node.path(key);
    if (!text.isMissingNode() && !text.isNull() && !text.isString()) {
      throw WorkspaceException.scheme(
          where + "." + key, ElementReader.shortText(text), "expected a string");
    }
    if (text.isString() && text.asString().length() > charactersMax) {
      throw WorkspaceException.scheme(
          where + "." + key, null, "longer than " + charactersMax + " characters");
    }
  }

  private static void putText(String where, ObjectNode node, String key) {
    if (!node.has(key)) {
      return;
    }
    try {
      node.set(key, NodeJson.text(key, node.path(key)));
    } catch (WorkspaceException e) {
      throw WorkspaceException.scheme(where + "." + key, null, e.getMessage());
    }
  }
}
