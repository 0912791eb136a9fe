package io.millrace.engine.json;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes JSON for the whole engine: one document, bounded in depth and number length,
 * exact for integers of any size. What {@link #bytes} writes, {@link #parse(byte[])} reads back
 * equal, as long as the value is no deeper than {@link #DEPTH_MAX}.
 */
public final class Json {
  /** Deepest nesting of objects and arrays that is read. */
  public static final int DEPTH_MAX = 200;

  /** Longest number that is read, in characters. */
  public static final int NUMBER_CHARS_MAX = 1_000;

  /** Longest string that is read, in characters; the bound of a task is far below. */
  public static final int STRING_CHARS_MAX = 16 * 1024 * 1024;

  private static final int ERROR_CHARS_MAX = 240;

  /** The parser's remark that it does not quote its source, inside its positions. */
  private static final Pattern SOURCE_REMARK = Pattern.compile("\\[Source: [^;]*; ");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNumberLength(NUMBER_CHARS_MAX)
                  .maxStringLength(STRING_CHARS_MAX)
                  .build())
          .build();
  private static final ObjectWriter WRITER = JsonMapper.builder(FACTORY).build().writer();
  private static final ObjectWriter ESCAPING_WRITER =
      JsonMapper.builder(FACTORY).build().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /** Reads one document; nothing but white space may follow it. */
  public static JsonNode parse(byte[] utf8) {
    int invalid = Utf8.firstInvalid(utf8);
    if (invalid >= 0) {
      throw new JsonException(
          "Not valid JSON at byte %d: 0x%02x is not part of UTF-8 text; send the document as UTF-8"
              .formatted(invalid, utf8[invalid]));
    }
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
      return document(parser);
    } catch (JacksonException e) {
      throw refused(e);
    }
  }

  /** Reads one document; nothing but white space may follow it. */
  public static JsonNode parse(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      return document(parser);
    } catch (JacksonException e) {
      throw refused(e);
    }
  }

  /** Reads one document that must be an object. */
  public static ObjectNode parseObject(byte[] utf8) {
    return requireObject(parse(utf8));
  }

  /** Reads one document that must be an object. */
  public static ObjectNode parseObject(String text) {
    return requireObject(parse(text));
  }

  /** The compact form of a value, as UTF-8. */
  public static byte[] bytes(JsonNode value) {
    try {
      return WRITER.writeValueAsBytes(value);
    } catch (JacksonException e) {
      // Half a surrogate pair (legal as \ud800 in JSON text) has no UTF-8 form; escaped it has one.
      return ESCAPING_WRITER.writeValueAsBytes(value);
    }
  }

  /** The compact form of a value. */
  public static String text(JsonNode value) {
    return WRITER.writeValueAsString(value);
  }

  public static ObjectNode object() {
    return NODES.objectNode();
  }

  public static ArrayNode array() {
    return NODES.arrayNode();
  }

  /**
   * Tells whether a value has more levels of objects and arrays than allowed. A value put into
   * another must be checked: what is deeper than {@link #DEPTH_MAX} could be written, never read.
   */
  public static boolean isDeeperThan(JsonNode value, int levels) {
    if (!value.isContainer()) {
      return false;
    }
    if (levels <= 0) {
      return true;
    }
    for (JsonNode child : value.values()) {
      if (child.isContainer() && isDeeperThan(child, levels - 1)) {
        return true;
      }
    }
    return false;
  }

  private static ObjectNode requireObject(JsonNode value) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw new JsonException(
        "Expected a JSON object, but got " + kind(value) + "; put the values into {...}");
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "an array";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
      case OBJECT, BINARY, MISSING, POJO -> "another value";
    };
  }

  private static JsonNode document(JsonParser parser) {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new JsonException("Not valid JSON: the text is empty; expected one JSON value");
    }
    JsonNode value = value(parser, first);
    if (parser.nextToken() != null) {
      throw new JsonException(
          "Not valid JSON at line %d, column %d: expected the end of the text after one value"
              .formatted(
                  parser.currentTokenLocation().getLineNr(),
                  parser.currentTokenLocation().getColumnNr()));
    }
    return value;
  }

  /** Recursion is bounded: the parser refuses what is deeper than {@link #DEPTH_MAX}. */
  private static JsonNode value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> elements(parser);
      case VALUE_STRING -> NODES.stringNode(parser.getString());
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> fraction(parser);
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new JsonException("Not valid JSON: expected a value, but got " + token);
    };
  }

  private static ObjectNode members(JsonParser parser) {
    ObjectNode object = NODES.objectNode();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      object.set(name, value(parser, parser.nextToken()));
    }
    return object;
  }

  private static ArrayNode elements(JsonParser parser) {
    ArrayNode array = NODES.arrayNode();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(value(parser, token));
    }
    return array;
  }

  private static JsonNode integer(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  private static JsonNode fraction(JsonParser parser) {
    double value = parser.getDoubleValue();
    if (Double.isFinite(value)) {
      return NODES.numberNode(value);
    }
    JsonNode exact = Numbers.exact(parser.getString());
    if (exact == null) {
      throw new JsonException("Not valid JSON: a number's exponent is too large to be kept");
    }
    return exact;
  }

  private static JsonException refused(JacksonException e) {
    String message = e.getOriginalMessage();
    String reason = message == null ? "unreadable" : SOURCE_REMARK.matcher(message).replaceAll("[");
    if (reason.length() > ERROR_CHARS_MAX) {
      reason = reason.substring(0, ERROR_CHARS_MAX);
    }
    String position =
        e.getLocation() == null
            ? ""
            : " at line %d, column %d"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    return new JsonException("Not valid JSON" + position + ": " + reason);
  }
}
