package io.millrace.workspace.store;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as the workspace reads and writes it: bounded in depth, numbers kept digit by digit. Of
 * doubled keys the last one counts: real exports of 2016 write {@code conv_type} twice.
 */
public final class Json {
  private static final int DEPTH_MAX = 200;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxStringLength(Limits.SCHEME_BYTES_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** Reads text that comes from outside. */
  public static JsonNode parse(byte[] text) throws JacksonException {
    return MAPPER.readTree(text);
  }

  /** Reads text that comes from outside. */
  public static JsonNode parse(String text) throws JacksonException {
    return MAPPER.readTree(text);
  }

  /** Reads an object that was written here. */
  public static ObjectNode object(String stored) {
    return (ObjectNode) MAPPER.readTree(stored);
  }

  /** Reads an array that was written here. */
  public static ArrayNode array(String stored) {
    return (ArrayNode) MAPPER.readTree(stored);
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  public static String write(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  public static byte[] bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  /** The number, when this is an integer or a string with one; else null. */
  public static @Nullable Long integer(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.asLong();
    }
    if (!node.isString()) {
      return null;
    }
    String text = node.asString();
    boolean digits = !text.isEmpty() && text.length() <= 18;
    for (int i = 0; digits && i < text.length(); i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return digits ? Long.valueOf(text) : null;
  }
}
