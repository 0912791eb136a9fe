package io.millrace.workspace.version;

import io.millrace.workspace.store.Json;
import io.millrace.workspace.store.Limits;
import io.millrace.workspace.store.Tokens;
import io.millrace.workspace.store.WorkspaceException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Nodes in the form of the export file: making them, changing them, and their wire names. */
public final class NodeJson {
  private static final int LOGICS_MAX = 1000;
  private static final int TEXT_CHARACTERS_MAX = 100_000;
  private static final int POSITION_MAX = 100_000;
  private static final int OBJ_TYPE_MAX = 4;
  private static final int START = 1;
  private static final int FINAL = 2;

  private NodeJson() {}

  /** A new node id: eight digits of Unix seconds, then sixteen random ones. */
  public static String newId(long nowMillis) {
    return HexFormat.of().toHexDigits((int) (nowMillis / 1000)) + Tokens.hex(8);
  }

  /** The edited copy of a node; the original stays as it is. */
  static ObjectNode edited(ObjectNode original, NodeEdit edit, long userId) {
    ObjectNode node = original.deepCopy();
    ObjectNode condition = node.withObjectProperty("condition");
    Integer objType = edit.objType();
    if (objType != null) {
      if (objType < 0 || objType > OBJ_TYPE_MAX) {
        throw WorkspaceException.value("obj_type", objType, "expected 0 to " + OBJ_TYPE_MAX);
      }
      node.put("obj_type", objType);
    }
    if (edit.title() != null) {
      node.put("title", Limits.text("title", edit.title(), Limits.NODE_TITLE_CHARACTERS_MAX));
    }
    if (edit.description() != null) {
      node.put("description", Limits.description(edit.description()));
    }
    if (edit.logics() != null) {
      condition.set("logics", ownedBy(objects("logics", edit.logics()), userId));
    }
    if (edit.semaphores() != null) {
      condition.set("semaphors", objects("semaphors", edit.semaphores()));
    }
    putPosition(node, "x", edit.x());
    putPosition(node, "y", edit.y());
    if (edit.extra() != null) {
      node.set("extra", text("extra", edit.extra()));
    }
    if (edit.options() != null) {
      node.set("options", text("options", edit.options()));
    }
    if (edit.stub() != null) {
      condition.set("stub", edit.stub());
    }
    return node;
  }

  /** An empty node with all keys in the format's order. */
  static ObjectNode empty(String id) {
    ObjectNode node = Json.object();
    node.put("id", id).put("obj_type", 0);
    ObjectNode condition = node.putObject("condition");
    condition.putArray("logics");
    condition.putArray("semaphors");
    node.put("title", "").put("description", "").put("x", 0).put("y", 0);
    node.put("extra", "{\"modeForm\":\"expand\",\"icon\":\"\"}");
    return node.putNull("options");
  }

  /** Start and final node, joined: the graph of a new process. */
  static ArrayNode firstGraph(long nowMillis) {
    String finalId = newId(nowMillis);
    ObjectNode start = empty(newId(nowMillis)).put("obj_type", START).put("title", "Start");
    start.put("x", 500).put("y", 100).put("extra", "{\"modeForm\":\"collapse\",\"icon\":\"\"}");
    start
        .withObjectProperty("condition")
        .withArrayProperty("logics")
        .addObject()
        .put("type", "go")
        .put("to_node_id", finalId);
    ObjectNode end = empty(finalId).put("obj_type", FINAL).put("title", "Final");
    end.put("x", 500).put("y", 300);
    end.put("extra", "{\"modeForm\":\"collapse\",\"icon\":\"success\"}");
    end.put("options", "{\"save_task\":true}");
    return Json.array().add(start).add(end);
  }

  /**
   * The form in which {@code extra} and {@code options} are kept: a string with JSON, or null. Some
   * clients send the object itself; PHP sends an empty array for an empty object.
   */
  public static JsonNode text(String key, JsonNode value) {
    boolean emptyArray = value.isArray() && value.isEmpty();
    if (!value.isNull() && !value.isString() && !value.isObject() && !emptyArray) {
      throw WorkspaceException.value(key, null, "expected an object, a string with JSON, or null");
    }
    if (value.isNull()) {
      return value;
    }
    String text = value.isString() ? value.asString() : emptyArray ? "{}" : Json.write(value);
    if (text.length() > TEXT_CHARACTERS_MAX) {
      throw WorkspaceException.tooLong(key, null, TEXT_CHARACTERS_MAX);
    }
    return Json.object().put(key, text).path(key);
  }

  /**
   * Puts the acting user into the logics that name one: at run time it is the user whose rights the
   * logic uses, so nobody may write another's.
   */
  public static ArrayNode ownedBy(ArrayNode logics, long userId) {
    for (JsonNode logic : logics) {
      if (logic instanceof ObjectNode object && object.has("user_id")) {
        object.put("user_id", userId);
      }
    }
    return logics;
  }

  private static ArrayNode objects(String key, JsonNode value) {
    if (!(value instanceof ArrayNode array) || array.size() > LOGICS_MAX) {
      throw WorkspaceException.value(
          key, null, "expected an array of at most " + LOGICS_MAX + " objects");
    }
    for (JsonNode element : array) {
      if (!element.isObject() || !element.path("type").isString()) {
        throw WorkspaceException.value(key, null, "expected objects, each with a string 'type'");
      }
    }
    return array.deepCopy();
  }

  private static void putPosition(ObjectNode node, String key, @Nullable Integer position) {
    if (position == null) {
      return;
    }
    if (Math.abs((long) position) > POSITION_MAX) {
      throw WorkspaceException.value(
          "position", position, "expected -" + POSITION_MAX + " to " + POSITION_MAX);
    }
    node.put(key, position);
  }
}
