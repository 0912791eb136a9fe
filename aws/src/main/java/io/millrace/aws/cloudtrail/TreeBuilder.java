package io.millrace.aws.cloudtrail;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds one record from a token stream. Numbers keep their exact value; a record that is too deep
 * or too large is consumed to its end without being kept, so that the next one can be read.
 */
final class TreeBuilder {
  /** What the parser itself refuses: far beyond any record, so that skipping mostly succeeds. */
  private static final int PARSER_DEPTH_MAX = 100_000;

  private static final int TOKEN_BYTES = 4;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonFactory factory;
  private final ReadLimits limits;
  private long bytes;
  private @Nullable String problem;

  TreeBuilder(ReadLimits limits) {
    this.limits = limits;
    this.factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(PARSER_DEPTH_MAX)
                    .maxStringLength(limits.recordBytesMax())
                    .build())
            .build();
  }

  JsonParser parser(InputStream in) {
    return factory.createParser(ObjectReadContext.empty(), in);
  }

  JsonParser parser(byte[] text, int offset, int length) {
    return factory.createParser(ObjectReadContext.empty(), text, offset, length);
  }

  /**
   * Reads the object whose {@code START_OBJECT} is the parser's current token, to its end.
   *
   * @return the record, or null when it was skipped; {@link #problem} tells why
   */
  @Nullable ObjectNode object(JsonParser parser) {
    begin();
    ObjectNode node = NODES.objectNode();
    members(parser, node, 1);
    return problem == null ? node : null;
  }

  /** Starts counting a new record. */
  void begin() {
    bytes = 0;
    problem = null;
  }

  String problem() {
    return problem == null ? "" : problem;
  }

  /** Reads one member's value into a record begun by {@link #begin}. */
  void member(JsonParser parser, ObjectNode target, String name) {
    JsonNode value = value(parser, 2);
    if (value != null) {
      target.set(name, value);
    }
  }

  private void members(JsonParser parser, ObjectNode target, int depth) {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      count(name.length());
      parser.nextToken();
      JsonNode value = value(parser, depth + 1);
      if (value != null) {
        target.set(name, value);
      }
    }
  }

  private void elements(JsonParser parser, ArrayNode target, int depth) {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonNode value = value(parser, depth + 1);
      if (value != null) {
        target.add(value);
      }
    }
  }

  /** The value at the current token; null when it is not kept. */
  private @Nullable JsonNode value(JsonParser parser, int depth) {
    JsonToken token = parser.currentToken();
    if (problem != null) {
      parser.skipChildren();
      return null;
    }
    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      if (depth > limits.depthMax()) {
        problem = "nested deeper than " + limits.depthMax() + " levels (depthMax)";
        parser.skipChildren();
        return null;
      }
      count(0);
      if (token == JsonToken.START_OBJECT) {
        ObjectNode node = NODES.objectNode();
        members(parser, node, depth);
        return node;
      }
      ArrayNode node = NODES.arrayNode();
      elements(parser, node, depth);
      return node;
    }
    return scalar(parser, token);
  }

  private JsonNode scalar(JsonParser parser, JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> {
        String text = parser.getString();
        count(text.length());
        yield NODES.stringNode(text);
      }
      case VALUE_TRUE, VALUE_FALSE -> {
        count(0);
        yield NODES.booleanNode(token == JsonToken.VALUE_TRUE);
      }
      case VALUE_NUMBER_INT -> {
        count(parser.getStringLength());
        yield integer(parser);
      }
      case VALUE_NUMBER_FLOAT -> {
        count(parser.getStringLength());
        yield NODES.numberNode(parser.getDecimalValue());
      }
      case VALUE_NULL -> {
        count(0);
        yield NODES.nullNode();
      }
      case NOT_AVAILABLE,
          START_OBJECT,
          END_OBJECT,
          START_ARRAY,
          END_ARRAY,
          PROPERTY_NAME,
          VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("Expected a value, but the parser is at " + token);
    };
  }

  private static JsonNode integer(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  private void count(int length) {
    bytes += length + TOKEN_BYTES;
    if (bytes > limits.recordBytesMax() && problem == null) {
      problem = "larger than %,d bytes (recordBytesMax)".formatted(limits.recordBytesMax());
    }
  }
}
