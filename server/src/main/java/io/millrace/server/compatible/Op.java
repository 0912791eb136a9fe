package io.millrace.server.compatible;

import io.millrace.http.Identity;
import io.millrace.server.wire.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * One operation of a request: its members, read as leniently as real clients need (numbers as text,
 * booleans as text), and who asks for it.
 *
 * @param json the members
 * @param caller who asks
 * @param version 1 or 2, from the path
 * @param origin where answers with addresses point: scheme, host and port of the request
 * @param onlyProcess the only process that may be named; 0: any
 */
record Op(ObjectNode json, Identity caller, int version, String origin, long onlyProcess) {
  private static final JsonNode NO_ID = StringNode.valueOf("");

  String type() {
    return text("type").orElse("");
  }

  String object() {
    return text("obj").orElse("");
  }

  long user() {
    return caller.userId();
  }

  /** The correlation id to echo. */
  JsonNode id() {
    return id(json);
  }

  static JsonNode id(ObjectNode json) {
    JsonNode id = json.get("id");
    return id == null || id.isNull() || !id.isValueNode() ? NO_ID : id;
  }

  /** The member, or null when it is absent or JSON null. */
  @Nullable JsonNode get(String name) {
    JsonNode value = json.get(name);
    return value == null || value.isNull() ? null : value;
  }

  boolean has(String name) {
    return get(name) != null;
  }

  /** A string member; numbers and booleans as their text. */
  Optional<String> text(String name) {
    JsonNode value = get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isValueNode()) {
      throw OpException.value(name, value);
    }
    return Optional.of(value.asString());
  }

  @Nullable String textOrNull(String name) {
    return text(name).orElse(null);
  }

  String requiredText(String name) {
    return text(name).orElseThrow(() -> OpException.required(name));
  }

  /** A whole number; numeric text is accepted. */
  Optional<Long> number(String name) {
    JsonNode value = get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return Optional.of(value.longValue());
    }
    if (value.isString()) {
      try {
        return Optional.of(Long.parseLong(value.stringValue().trim()));
      } catch (NumberFormatException e) {
        throw OpException.value(name, value);
      }
    }
    throw OpException.value(name, value);
  }

  long requiredNumber(String name) {
    return number(name).orElseThrow(() -> OpException.required(name));
  }

  int intWithin(String name, int otherwise, int minimum, int maximum) {
    long value = number(name).orElse((long) otherwise);
    return Math.clamp(value, minimum, maximum);
  }

  /** A boolean; {@code "true"}, {@code "false"}, 1 and 0 are accepted. */
  Optional<Boolean> flag(String name) {
    JsonNode value = get(name);
    if (value == null) {
      return Optional.empty();
    }
    return switch (value.isValueNode() ? value.asString() : "") {
      case "true", "1" -> Optional.of(true);
      case "false", "0", "" -> Optional.of(false);
      default -> throw OpException.value(name, value);
    };
  }

  /** The process of {@code conv_id}; aliases are not kept here, so none is ever found. */
  long process() {
    if (onlyProcess != 0) {
      if (has("conv_id") && processOf("conv_id") != onlyProcess) {
        throw OpException.accessDenied();
      }
      return onlyProcess;
    }
    if (!has("conv_id") && has("obj_alias")) {
      throw OpException.notFound("alias", requiredText("obj_alias"));
    }
    return processOf("conv_id");
  }

  /** A process number under another name. */
  long processOf(String name) {
    JsonNode value = get(name);
    if (value != null && value.isString() && value.stringValue().startsWith("@")) {
      throw OpException.notFound("alias", value.stringValue());
    }
    return requiredNumber(name);
  }

  /**
   * The one workspace of an installation serves every company id, but an empty one is a mistake.
   */
  void checkCompany() {
    JsonNode company = json.get("company_id");
    if (company != null && company.isString() && company.stringValue().isEmpty()) {
      throw OpException.value("company_id", company);
    }
  }

  /** An answer with {@code id}, {@code proc} ok and {@code obj}. */
  ObjectNode ok() {
    return ok(object());
  }

  ObjectNode ok(String object) {
    ObjectNode answer = Json.object();
    answer.set("id", id());
    return answer.put("proc", "ok").put("obj", object);
  }
}
