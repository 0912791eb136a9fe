package io.millrace.workspace.version;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node of a graph or of a draft, as the format writes it.
 *
 * @param id 24 hexadecimal digits
 * @param json the whole node in the form of the export file, unknown keys included; read only
 * @param change what a draft does to it
 * @param userId who changed it in the draft, 0 otherwise
 * @param changeMillis when it was changed in the draft, 0 otherwise
 */
public record Node(String id, ObjectNode json, Change change, long userId, long changeMillis) {
  /** What a draft does to a node. */
  public enum Change {
    /** As confirmed. */
    NONE,
    /** Created or modified. */
    WRITTEN,
    DELETED
  }

  public int objType() {
    return json.path("obj_type").asInt(0);
  }

  public String title() {
    return json.path("title").asString("");
  }

  public String description() {
    return json.path("description").asString("");
  }

  public ArrayNode logics() {
    return array("logics");
  }

  public ArrayNode semaphores() {
    return array("semaphors");
  }

  public int x() {
    return json.path("x").asInt(0);
  }

  public int y() {
    return json.path("y").asInt(0);
  }

  /** JSON text, or null. */
  public @Nullable String extra() {
    return json.path("extra").isString() ? json.path("extra").asString() : null;
  }

  /** JSON text, or null. */
  public @Nullable String options() {
    return json.path("options").isString() ? json.path("options").asString() : null;
  }

  private ArrayNode array(String name) {
    return json.path("condition").path(name) instanceof ArrayNode array
        ? array
        : JsonNodeFactory.instance.arrayNode();
  }
}
