package io.millrace.aws.sample;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON from text written with single quotes, so that shapes stay readable in the source. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private Json() {}

  /** Reads {@code template} with its arguments filled in. */
  @SuppressWarnings("AnnotateFormatMethod") // templates are JSON in single quotes, filled here
  static JsonNode of(String template, Object... arguments) {
    return MAPPER.readTree(template.formatted(arguments).replace('\'', '"'));
  }

  @SuppressWarnings("AnnotateFormatMethod")
  static ObjectNode object(String template, Object... arguments) {
    return (ObjectNode) of(template, arguments);
  }

  static String text(ObjectNode record) {
    return MAPPER.writeValueAsString(record);
  }
}
