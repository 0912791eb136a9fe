package io.millrace.server.compatible;

import io.millrace.server.wire.Json;
import io.millrace.workspace.store.WorkspaceException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Ends one operation with an error of the catalogue; carries no stack trace, it is an answer. */
final class OpException extends RuntimeException {
  private final boolean notFound;
  private final String description;
  private final @Nullable String key;
  private final transient @Nullable JsonNode value;
  private final transient @Nullable ObjectNode errors;

  private OpException(
      boolean notFound,
      String description,
      @Nullable String key,
      @Nullable JsonNode value,
      @Nullable ObjectNode errors) {
    super(description, null, false, false);
    this.notFound = notFound;
    this.description = description;
    this.key = key;
    this.value = value;
    this.errors = errors;
  }

  static OpException of(String description) {
    return new OpException(false, description, null, null, null);
  }

  static OpException badObject() {
    return of("bad object");
  }

  static OpException undefinedRequest() {
    return of("undefined request");
  }

  static OpException accessDenied() {
    return of("Access denied");
  }

  static OpException notFound(String object, Object id) {
    return new OpException(
        true, "Object " + object + " with id " + id + " does not exist", null, null, null);
  }

  static OpException required(String key) {
    return new OpException(false, "Key '" + key + "' is required", key, null, null);
  }

  static OpException value(String key, @Nullable JsonNode value) {
    return new OpException(false, "Value is not valid", key, value, null);
  }

  static OpException tooShort(String key, JsonNode value, int minimum) {
    return new OpException(
        false,
        "Value is not valid. Value's byte_size is less than minimum allowed: " + minimum,
        key,
        value,
        null);
  }

  static OpException tooLong(String key, JsonNode value, int maximum) {
    return new OpException(
        false,
        "Value is not valid. Value's byte_size is more than maximum allowed: " + maximum,
        key,
        value,
        null);
  }

  /** The same refusal in the API's words; deploy errors by node. */
  static OpException of(WorkspaceException refusal) {
    String key = refusal.key();
    JsonNode value = refusal.value() == null ? null : Json.valueOf(refusal.value());
    return switch (refusal.code()) {
      case NOT_FOUND -> new OpException(true, refusal.description(), null, null, null);
      case COMMIT ->
          new OpException(
              false, refusal.getMessage(), null, null, DeployErrors.byNode(refusal.problems()));
      case ACCESS, MOVE, DRAFT, LIMIT ->
          new OpException(false, refusal.description(), null, null, null);
      case REQUIRED, VALUE, DUPLICATE, SCHEME ->
          new OpException(false, refusal.description(), key, value, null);
    };
  }

  /** Writes the error into an answer that has its {@code id} and {@code obj} already. */
  void writeTo(ObjectNode answer, int version) {
    answer.put("proc", notFound && version == 1 ? "obj_id_not_found" : "error");
    answer.put("description", description);
    if (key != null) {
      answer.put("key", key);
    }
    if (value != null) {
      answer.set("value", value);
    }
    if (errors != null) {
      answer.set("errors", errors);
    }
  }
}
