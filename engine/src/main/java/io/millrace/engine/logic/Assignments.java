package io.millrace.engine.logic;

import io.millrace.engine.json.Json;
import io.millrace.engine.json.JsonPath;
import io.millrace.engine.json.ValueType;
import io.millrace.engine.template.KeyTemplate;
import io.millrace.engine.template.Scope;
import io.millrace.engine.template.Template;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pairs of objects {@code extra}/{@code extra_type}, {@code data}/{@code data_type} and so on:
 * keys that are paths, values that are templates, and declared types.
 */
public record Assignments(List<Assignment> list) {
  static final Assignments NONE = new Assignments(List.of());

  /** One key with its value. {@code name} is the key as written. */
  public record Assignment(String name, KeyTemplate key, Template value, ValueType type) {}

  public Assignments {
    list = List.copyOf(list);
  }

  boolean isEmpty() {
    return list.isEmpty();
  }

  /** Values rendered from one and the same data, ready to be written. */
  record Rendered(List<JsonPath> keys, List<JsonNode> values, long bytes) {
    /** Writes all of them at their paths. */
    ObjectNode writeInto(ObjectNode base) {
      ObjectNode out = base;
      for (int i = 0; i < keys.size(); i++) {
        out = keys.get(i).write(out, values.get(i));
      }
      return out;
    }
  }

  /**
   * Renders everything before anything is written, so the order of keys does not matter.
   *
   * @throws RuntimeException of the template and JSON packages when a value cannot be made
   */
  Rendered render(Scope scope) {
    JsonPath[] keys = new JsonPath[list.size()];
    JsonNode[] values = new JsonNode[list.size()];
    long bytes = 0;
    for (int i = 0; i < keys.length; i++) {
      Assignment assignment = list.get(i);
      keys[i] = assignment.key().resolve(scope);
      values[i] = assignment.value().renderAs(scope, assignment.type(), assignment.name());
      bytes += JsonSize.of(values[i]) + keys[i].source().length() * 3L + 16;
    }
    return new Rendered(List.of(keys), List.of(values), bytes);
  }

  /** An object with the keys taken literally, dots and all. */
  ObjectNode literal(Scope scope) {
    ObjectNode out = Json.object();
    for (Assignment assignment : list) {
      out.set(
          assignment.name(),
          assignment.value().renderAs(scope, assignment.type(), assignment.name()));
    }
    return out;
  }
}
