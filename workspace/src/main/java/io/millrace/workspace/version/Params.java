package io.millrace.workspace.version;

import io.millrace.workspace.store.Json;
import io.millrace.workspace.store.Limits;
import io.millrace.workspace.store.WorkspaceException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The parameter contract of a process, in the form in which it is kept. */
public final class Params {
  private static final int NAME_CHARACTERS_MAX = 255;
  private static final Set<String> TYPES = Set.of("string", "number", "boolean", "object", "array");
  private static final Set<String> FLAGS = Set.of("required", "input", "output", "auto-clear");
  private static final List<String> TEXTS = List.of("descr", "regex", "regex_error_text");

  private Params() {}

  /**
   * A checked copy in which members that clients leave out are filled with their empty values; null
   * (exports of 2016) means no parameters.
   */
  public static ArrayNode normalised(JsonNode params) {
    if (params.isNull() || params.isMissingNode()) {
      return Json.array();
    }
    if (!params.isArray()) {
      throw invalid("expected an array");
    }
    if (params.size() > Limits.PARAMS_MAX) {
      throw invalid("expected at most " + Limits.PARAMS_MAX + " parameters");
    }
    ArrayNode checked = Json.array();
    Set<String> names = new HashSet<>();
    for (JsonNode param : params) {
      if (!(param instanceof ObjectNode object)) {
        throw invalid("expected objects");
      }
      String name = object.path("name").asString("");
      if (name.isEmpty() || name.length() > NAME_CHARACTERS_MAX || !names.add(name)) {
        throw invalid("the name '" + name + "' is empty, too long or used twice");
      }
      checked.add(filled(object.deepCopy(), name));
    }
    return checked;
  }

  private static ObjectNode filled(ObjectNode param, String name) {
    String type = param.path("type").asString("");
    if (!TYPES.contains(type)) {
      throw invalid("parameter '" + name + "' has the type '" + type + "', expected " + TYPES);
    }
    for (String key : TEXTS) {
      if (!param.hasNonNull(key)) {
        param.put(key, "");
      } else if (!param.path(key).isString()) {
        throw invalid("parameter '" + name + "': " + key + " must be a string");
      }
    }
    if (!param.hasNonNull("flags")) {
      param.putArray("flags");
    }
    if (!param.path("flags").isArray()) {
      throw invalid("parameter '" + name + "': flags must be an array");
    }
    for (JsonNode flag : param.path("flags")) {
      if (!FLAGS.contains(flag.asString(""))) {
        throw invalid("parameter '" + name + "': unknown flag, expected " + FLAGS);
      }
    }
    return param;
  }

  private static WorkspaceException invalid(String detail) {
    return WorkspaceException.value("params", null, "Params are not valid: " + detail);
  }
}
