package io.millrace.server.wire;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads bodies and writes answers in the encoding of the path. */
public final class Codec {
  private Codec() {}

  /** The body of a request as a JSON value, or empty when it cannot be read. */
  public static Optional<JsonNode> read(Format format, byte[] body) {
    return switch (format) {
      case JSON -> Json.parse(body);
      case XML -> Xml.read(body).map(JsonNode.class::cast);
      case NVP -> Optional.of(Nvp.read(body));
    };
  }

  /** As {@link #read}, where the body is an envelope: a form carries {@code ops} as JSON text. */
  public static Optional<JsonNode> readEnvelope(Format format, byte[] body) {
    Optional<JsonNode> read = read(format, body);
    if (format == Format.NVP
        && read.isPresent()
        && read.get() instanceof ObjectNode form
        && form.path("ops").isString()) {
      Json.parse(form.path("ops").asString()).ifPresent(ops -> form.set("ops", ops));
    }
    return read;
  }

  /** Writes an answer; {@code json} is the same answer as JSON text. */
  public static byte[] write(Format format, byte[] json) {
    return switch (format) {
      case JSON -> json;
      case XML -> Xml.write("response", Json.parse(json).orElseThrow());
      case NVP -> Nvp.write(Json.parse(json).orElseThrow());
    };
  }
}
