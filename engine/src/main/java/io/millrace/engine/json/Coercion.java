package io.millrace.engine.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/**
 * Gives a value the type that its parameter is declared with. A value that already has the type is
 * returned as it is; one that cannot take it is refused, never guessed.
 */
public final class Coercion {
  private static final StringNode EMPTY = JsonNodeFactory.instance.stringNode("");

  private Coercion() {}

  /** Converts a value; null is a missing one. */
  public static JsonNode convert(@Nullable JsonNode value, ValueType type, String parameterName) {
    JsonNode converted = tryConvert(value, type);
    if (converted == null) {
      throw new ConversionException(parameterName, TextForm.of(value), type);
    }
    return converted;
  }

  /** Converts a value, or answers null when it cannot take the type. */
  public static @Nullable JsonNode tryConvert(@Nullable JsonNode value, ValueType type) {
    return switch (type) {
      case STRING -> string(value);
      case NUMBER -> number(value);
      case BOOLEAN -> bool(value);
      case OBJECT -> object(value);
      case ARRAY -> array(value);
    };
  }

  private static JsonNode string(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return EMPTY;
    }
    return value.isString() ? value : JsonNodeFactory.instance.stringNode(TextForm.of(value));
  }

  private static @Nullable JsonNode number(@Nullable JsonNode value) {
    if (value == null) {
      return null;
    }
    if (value.isNumber()) {
      return value;
    }
    return value.isString() ? Numbers.parse(value.stringValue()) : null;
  }

  private static @Nullable JsonNode bool(@Nullable JsonNode value) {
    if (value == null || value.isBoolean()) {
      return value;
    }
    if (value.isString()) {
      String text = value.stringValue();
      return text.equalsIgnoreCase("true") || text.equals("1")
          ? bool(true)
          : text.equalsIgnoreCase("false") || text.equals("0") ? bool(false) : null;
    }
    if (value.isNumber()) {
      return Numbers.compare(value, Numbers.node(1)) == 0
          ? bool(true)
          : Numbers.compare(value, Numbers.node(0)) == 0 ? bool(false) : null;
    }
    return null;
  }

  private static JsonNode bool(boolean value) {
    return JsonNodeFactory.instance.booleanNode(value);
  }

  private static @Nullable JsonNode object(@Nullable JsonNode value) {
    if (value == null || value.isObject()) {
      return value;
    }
    return value.isString() ? document(value.stringValue(), '{') : null;
  }

  private static @Nullable JsonNode array(@Nullable JsonNode value) {
    if (value == null || value.isArray()) {
      return value;
    }
    if (value.isObject()) {
      return Json.array().add(value);
    }
    return value.isString() ? document(value.stringValue(), '[') : null;
  }

  /** Reads JSON text whose first character says that it is of the wanted kind. */
  private static @Nullable JsonNode document(String text, char opening) {
    String trimmed = text.strip();
    if (trimmed.isEmpty() || trimmed.charAt(0) != opening) {
      return null;
    }
    try {
      return Json.parse(trimmed);
    } catch (JsonException e) {
      return null;
    }
  }
}
