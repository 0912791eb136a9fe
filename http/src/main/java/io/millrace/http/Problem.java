package io.millrace.http;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * What was wrong with a request, in one sentence shape for people and programs: which field, which
 * value, what was expected, what to do. Written as {@code {"error":{…}}}.
 *
 * @param status HTTP status
 * @param code short and stable, such as {@code not_found}
 * @param field the offending field, or null
 * @param value its value as far as it may be shown, or null
 * @param expected what would have been right
 * @param remedy what to do
 * @param retryAfterSeconds when to try again; 0: not said
 */
public record Problem(
    int status,
    String code,
    @Nullable String field,
    @Nullable String value,
    String expected,
    String remedy,
    int retryAfterSeconds) {
  // Escaped, because a value that a caller sent may hold what has no UTF-8 form.
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final int VALUE_CHARS_MAX = 200;

  public Problem(
      int status,
      String code,
      @Nullable String field,
      @Nullable String value,
      String expected,
      String remedy) {
    this(status, code, field, value, expected, remedy, 0);
  }

  /** Nobody is signed in, or the session has ended. */
  public static Problem unauthorized() {
    return new Problem(
        401, "unauthorized", null, null, "a signed-in session or a signature", "Sign in.");
  }

  /** The caller may not do this. */
  public static Problem forbidden(String expected) {
    return new Problem(403, "forbidden", null, null, expected, "Ask an administrator for access.");
  }

  /** There is no such thing (or the caller may not know of it). */
  public static Problem notFound(String field, String value) {
    return new Problem(
        404, "not_found", field, value, "something that exists", "Check the address.");
  }

  /** A member has a value it must not have. */
  public static Problem invalid(
      String field, @Nullable String value, String expected, String remedy) {
    return new Problem(400, "invalid", field, value, expected, remedy);
  }

  /** The body to send. */
  public byte[] json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeObjectPropertyStart("error");
      json.writeStringProperty("code", code);
      json.writeStringProperty("field", field);
      json.writeStringProperty("value", shortened(value));
      json.writeStringProperty("expected", expected);
      json.writeStringProperty("remedy", remedy);
      json.writeEndObject();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** As an exception, for code that answers by returning. */
  public ProblemException exception() {
    return new ProblemException(this);
  }

  private static @Nullable String shortened(@Nullable String text) {
    return text == null || text.length() <= VALUE_CHARS_MAX
        ? text
        : text.substring(0, VALUE_CHARS_MAX) + "…";
  }
}
