package io.millrace.workspace.exchange;

import io.millrace.workspace.store.Json;
import io.millrace.workspace.store.Limits;
import io.millrace.workspace.store.WorkspaceException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the fields that elements share; every refusal names element and field. */
final class ElementReader {
  static final String FOLDER = "folder";
  static final String PROCESS = "conv";

  private static final int UUID_CHARACTERS_MAX = 64;
  private static final Set<String> FOLDER_KEYS =
      Set.of("obj_type", "obj_id", "parent_id", "title", "description", "uuid");

  private ElementReader() {}

  /** The kind as a word. Projects and stages are read as folders; unknown kinds are refused. */
  static String kind(Element element) {
    JsonNode type = element.json().path("obj_type");
    if (type.isMissingNode()) {
      throw WorkspaceException.scheme(element.where(), null, "obj_type is missing");
    }
    return switch (type.asString("")) {
      case "0", "folder", "5", "project", "6", "10", "stage" -> FOLDER;
      case "1", "conv" -> PROCESS;
      case "2", "3", "dashboard" -> "dashboard";
      case "4" -> "configuration";
      case "7", "version" -> "version";
      case "8", "alias" -> "alias";
      case "9", "instance" -> "instance";
      default ->
          throw WorkspaceException.scheme(
              element.where() + ", obj_type", shortText(type), "unknown kind " + shortText(type));
    };
  }

  static ImportPlan.FolderPart folder(Element element) {
    return new ImportPlan.FolderPart(
        element.where(),
        id(element, "obj_id"),
        id(element, "parent_id"),
        text(element, "title", Limits.TITLE_CHARACTERS_MAX, true),
        text(element, "description", Limits.DESCRIPTION_CHARACTERS_MAX, false),
        uuid(element),
        unknownKeys(element, FOLDER_KEYS));
  }

  /** An id, or null when the file has none (samples write null, 0 or nothing). */
  static @Nullable Long id(Element element, String key) {
    JsonNode value = element.json().path(key);
    if (value.isNull() || value.isMissingNode()) {
      return null;
    }
    Long id = Json.integer(value);
    if (id == null || id < 0) {
      throw WorkspaceException.scheme(
          element.where() + ", " + key, shortText(value), "expected a whole number or null");
    }
    return id == 0 ? null : id;
  }

  static String text(Element element, String key, int charactersMax, boolean required) {
    JsonNode value = element.json().path(key);
    String field = element.where() + ", " + key;
    if (value.isMissingNode() && required) {
      throw WorkspaceException.scheme(field, null, "is required");
    }
    if (value.isNull() || value.isMissingNode()) {
      return "";
    }
    if (!value.isString()) {
      throw WorkspaceException.scheme(field, shortText(value), "expected a string");
    }
    try {
      return Limits.text(key, value.asString(), charactersMax);
    } catch (WorkspaceException e) {
      throw WorkspaceException.scheme(field, e.value(), e.getMessage());
    }
  }

  static @Nullable String uuid(Element element) {
    String uuid = element.json().path("uuid").asString("");
    boolean usable = !uuid.isBlank() && uuid.length() <= UUID_CHARACTERS_MAX;
    return usable && uuid.indexOf('\0') < 0 ? uuid : null;
  }

  /** What this engine does not know, to be written again on export. */
  static ObjectNode unknownKeys(Element element, Set<String> known) {
    return element.json().deepCopy().remove(known);
  }

  static String shortText(JsonNode value) {
    String text = value.isValueNode() ? value.asString() : Json.write(value);
    return text.substring(0, Math.min(100, text.length()));
  }
}
