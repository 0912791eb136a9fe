package io.millrace.server.compatible;

import io.millrace.server.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The answer to one operation, ready to be written. */
sealed interface OpAnswer {
  void write(JsonGenerator json);

  /** Any answer, as a tree. */
  record Tree(ObjectNode answer) implements OpAnswer {
    @Override
    public void write(JsonGenerator json) {
      Json.writeTree(json, answer);
    }
  }

  /**
   * The answer to a task command, written without building a tree: these come by the thousand.
   *
   * @param id the correlation id
   * @param proc {@code ok} or an error
   * @param reference always written, as clients rely on it
   * @param taskId the task, or null in an error
   * @param description of an error, or null
   * @param key offending member of an error, or null
   */
  record Task(
      JsonNode id,
      String proc,
      @Nullable String reference,
      @Nullable String taskId,
      @Nullable String description,
      @Nullable String key,
      boolean existed)
      implements OpAnswer {

    /** A create "once" found the task that the reference had before. */
    static Task existed(JsonNode id, @Nullable String reference, String taskId) {
      return new Task(id, "ok", reference, taskId, null, null, true);
    }

    static Task ok(JsonNode id, @Nullable String reference, String taskId) {
      return new Task(id, "ok", reference, taskId, null, null, false);
    }

    static Task error(JsonNode id, @Nullable String reference, String description) {
      return new Task(id, "error", reference, null, description, null, false);
    }

    @Override
    public void write(JsonGenerator json) {
      json.writeStartObject();
      json.writeName("id");
      if (id.isString()) {
        json.writeString(id.stringValue());
      } else {
        Json.writeTree(json, id);
      }
      json.writeStringProperty("proc", proc);
      json.writeStringProperty("obj", "task");
      json.writeStringProperty("ref", reference);
      if (taskId != null) {
        json.writeStringProperty("obj_id", taskId);
      }
      if (description != null) {
        json.writeStringProperty("description", description);
      }
      if (key != null) {
        json.writeStringProperty("key", key);
      }
      if (existed) {
        json.writeBooleanProperty("existed", true);
      }
      json.writeEndObject();
    }
  }
}
