package io.millrace.engine.logic;

import io.millrace.engine.json.Json;
import io.millrace.engine.json.JsonPathException;
import io.millrace.engine.json.ValueType;
import io.millrace.engine.template.KeyTemplate;
import io.millrace.engine.template.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pieces that the wire forms of several logics share. */
final class Wire {
  private Wire() {}

  /** Values in files are text; others are accepted as their text or JSON text. */
  static String text(@Nullable JsonNode value) {
    if (value == null || value.isNull() || value.isMissingNode()) {
      return "";
    }
    return value.isString() ? value.stringValue() : Json.text(value);
  }

  static boolean flag(ObjectNode json, String field, boolean absent) {
    JsonNode value = json.get(field);
    if (value == null || value.isNull() || text(value).isEmpty()) {
      return absent;
    }
    return value.isBoolean() ? value.booleanValue() : text(value).equalsIgnoreCase("true");
  }

  /** Reads {@code <name>} with {@code <name>_type}. */
  static Assignments assignments(ObjectNode json, String name, WireContext context) {
    JsonNode values = json.get(name);
    JsonNode types = json.get(name + "_type");
    if (isEmpty(values)) {
      if (!isEmpty(types) && !context.imported()) {
        context.error(name, "Wrong params in extra or extraType");
      }
      return Assignments.NONE;
    }
    if (!values.isObject()) {
      context.error(name, "Expected an object of parameters, but got " + kind(values));
      return Assignments.NONE;
    }
    if (types != null && types.isObject() && !context.imported()) {
      for (Map.Entry<String, JsonNode> type : types.properties()) {
        if (!values.has(type.getKey())) {
          context.error(name + "_type." + type.getKey(), "Wrong params in extra or extraType");
        }
      }
    }
    List<Assignments.Assignment> list = new ArrayList<>();
    for (Map.Entry<String, JsonNode> value : values.properties()) {
      String key = value.getKey();
      JsonNode type = types == null ? null : types.get(key);
      if (type == null && !context.imported()) {
        context.error(name + "." + key, "Wrong params in extra or extraType");
      }
      KeyTemplate compiled = key(name, key, context);
      if (compiled != null) {
        list.add(
            new Assignments.Assignment(
                key,
                compiled,
                context.template(name + "." + key, text(value.getValue())),
                type(name + "_type." + key, type, context)));
      }
    }
    return new Assignments(list);
  }

  static @Nullable KeyTemplate key(String field, String key, WireContext context) {
    try {
      return KeyTemplate.compile(key);
    } catch (TemplateException | JsonPathException e) {
      context.error(field + "." + key, "Bad parameter name: " + e.getMessage());
      return null;
    }
  }

  static ValueType type(String field, @Nullable JsonNode type, WireContext context) {
    if (type == null || type.isNull()) {
      return ValueType.STRING;
    }
    ValueType known = ValueType.of(text(type));
    if (known == null) {
      context.error(
          field, "Unknown type '" + text(type) + "': string, number, boolean, object or array");
      return ValueType.STRING;
    }
    return known;
  }

  /** The exit for failures, which new graphs must have. */
  static int errorExit(ObjectNode json, WireContext context) {
    JsonNode value = json.get("err_node_id");
    if (text(value).isEmpty()) {
      String text = "The logic has no node for errors (err_node_id)";
      if (context.imported()) {
        context.warning("err_node_id", text);
      } else {
        context.error("err_node_id", text);
      }
      return Logic.NO_EXIT;
    }
    return context.target("err_node_id", value, false);
  }

  private static boolean isEmpty(@Nullable JsonNode value) {
    return value == null
        || value.isNull()
        || (value.isContainer() && value.isEmpty())
        || (value.isString() && value.stringValue().isEmpty());
  }

  static String kind(JsonNode value) {
    return value.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
