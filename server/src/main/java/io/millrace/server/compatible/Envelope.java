package io.millrace.server.compatible;

import io.millrace.server.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The package around operations.
 *
 * @param ops the operations, in order
 * @param single whether {@code ops} was one object; then the answer's is, too
 */
record Envelope(List<JsonNode> ops, boolean single) {

  /** What became of a body. */
  sealed interface Reading {
    /** It can be worked on. */
    record Read(Envelope envelope) implements Reading {}

    /** It is no package; the HTTP status and the body to answer. */
    @SuppressWarnings("ArrayRecordComponent") // handed to the connection as it is
    record Refused(int status, byte[] body) implements Reading {}
  }

  static final byte[] INCORRECT_BODY =
      "{\"request_proc\":\"error\",\"ops\":[{\"proc\":\"error\",\"description\":\"Incorrect body\"}]}"
          .getBytes(StandardCharsets.UTF_8);
  private static final byte[] FORMAT_ERROR =
      "{\"request_proc\":\"format_error\",\"ops\":[]}".getBytes(StandardCharsets.UTF_8);

  static Reading read(JsonNode body, int version, int opsMax) {
    JsonNode ops = body instanceof ObjectNode object ? object.get("ops") : null;
    return switch (ops) {
      case ObjectNode one -> new Reading.Read(new Envelope(List.of(one), true));
      case ArrayNode many when many.size() > opsMax ->
          new Reading.Refused(200, error("Too many ops"));
      case ArrayNode many -> {
        List<JsonNode> list = new ArrayList<>(many.size());
        many.forEach(list::add);
        yield new Reading.Read(new Envelope(list, false));
      }
      case null -> new Reading.Refused(400, INCORRECT_BODY);
      default ->
          version == 1
              ? new Reading.Refused(200, FORMAT_ERROR)
              : new Reading.Refused(400, INCORRECT_BODY);
    };
  }

  /** An error of the whole request. */
  static byte[] error(String description) {
    ObjectNode body = Json.object().put("request_proc", "error").put("description", description);
    body.put("error_message", description).putArray("ops");
    return Json.write(body);
  }

  /** The answer of a request whose operations were all answered. */
  static byte[] answer(List<OpAnswer> answers, boolean single) {
    return Json.write(64 + 128 * answers.size(), json -> write(json, answers, single));
  }

  private static void write(JsonGenerator json, List<OpAnswer> answers, boolean single) {
    json.writeStartObject();
    json.writeStringProperty("request_proc", "ok");
    json.writeName("ops");
    if (single && answers.size() == 1) {
      answers.getFirst().write(json);
    } else {
      json.writeStartArray();
      answers.forEach(answer -> answer.write(json));
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
