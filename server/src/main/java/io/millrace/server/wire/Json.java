package io.millrace.server.wire;

import io.millrace.engine.json.JsonException;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The server's JSON: the engine's reader with its bounds, and writing without a tree. */
public final class Json {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final ObjectWriter ESCAPING =
      MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

  private Json() {}

  /** Parses a whole text, or answers empty when it is not JSON (or not UTF-8, or too deep). */
  public static Optional<JsonNode> parse(byte[] text) {
    try {
      return Optional.of(io.millrace.engine.json.Json.parse(text));
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  /** As {@link #parse(byte[])}, for text inside of JSON. */
  public static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(io.millrace.engine.json.Json.parse(text));
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  public static byte[] write(JsonNode node) {
    return io.millrace.engine.json.Json.bytes(node);
  }

  /** Writes piece by piece; the writer may be called twice and must write the same. */
  public static byte[] write(int bytesExpected, Consumer<JsonGenerator> writer) {
    try {
      return write(MAPPER.writer(), bytesExpected, writer);
    } catch (JacksonException e) {
      // Half a surrogate pair has no UTF-8 form, but an escaped one.
      return write(ESCAPING, bytesExpected, writer);
    }
  }

  private static byte[] write(
      ObjectWriter settings, int bytesExpected, Consumer<JsonGenerator> writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(bytesExpected);
    try (JsonGenerator json = settings.createGenerator(bytes)) {
      writer.accept(json);
    }
    return bytes.toByteArray();
  }

  /** Writes a tree as a part of something larger. */
  public static void writeTree(JsonGenerator json, JsonNode node) {
    MAPPER.writeTree(json, node);
  }

  public static String text(JsonNode node) {
    return io.millrace.engine.json.Json.text(node);
  }

  /** A plain value (text, number, boolean) as a node. */
  public static JsonNode valueOf(Object value) {
    return MAPPER.valueToTree(value);
  }

  public static ObjectNode object() {
    return io.millrace.engine.json.Json.object();
  }

  public static ArrayNode array() {
    return io.millrace.engine.json.Json.array();
  }
}
