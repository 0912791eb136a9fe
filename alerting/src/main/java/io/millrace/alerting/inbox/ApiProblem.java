package io.millrace.alerting.inbox;

import io.millrace.alerting.alert.AlertJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Why a request is not answered as asked; becomes the error body. */
final class ApiProblem extends RuntimeException {
  private static final int VALUE_LENGTH_MAX = 200;

  final int status;
  private final String code;
  private final @Nullable String field;
  private final @Nullable String value;
  private final @Nullable String expected;
  private final String remedy;

  private ApiProblem(
      int status,
      String code,
      @Nullable String field,
      @Nullable String value,
      @Nullable String expected,
      String remedy) {
    super(code, null, false, false);
    this.status = status;
    this.code = code;
    this.field = field;
    this.value = value;
    this.expected = expected;
    this.remedy = remedy;
  }

  static ApiProblem badValue(String field, @Nullable String value, String expected) {
    return new ApiProblem(
        400, "bad_value", field, value, expected, "Correct " + field + " and ask again.");
  }

  static ApiProblem notFound(String field, String value) {
    return new ApiProblem(
        404, "not_found", field, value, null, "It may have been dropped; read the list again.");
  }

  static ApiProblem signedOut() {
    return new ApiProblem(
        401, "not_signed_in", null, null, null, "Sign in, or send the signature of an API key.");
  }

  static ApiProblem forbidden() {
    return new ApiProblem(
        403, "forbidden", null, null, "an administrator", "Ask an administrator to do this.");
  }

  static ApiProblem busy() {
    return new ApiProblem(
        503, "too_many_readers", null, null, null, "Close other windows or try again later.");
  }

  static ApiProblem internal() {
    return new ApiProblem(
        500, "internal", null, null, null, "Try again; the server's log says what went wrong.");
  }

  ObjectNode json() {
    ObjectNode json = AlertJson.MAPPER.createObjectNode();
    ObjectNode error = json.putObject("error");
    error.put("code", code);
    error.put("field", field);
    error.put(
        "value",
        value == null ? null : value.substring(0, Math.min(value.length(), VALUE_LENGTH_MAX)));
    error.put("expected", expected);
    error.put("remedy", remedy);
    return json;
  }
}
