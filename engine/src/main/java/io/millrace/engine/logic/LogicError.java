package io.millrace.engine.logic;

import io.millrace.engine.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A logic's failure as the author of the process sees it.
 *
 * @param family under which names
 * @param hardware worth another try later, as opposed to a fault of the process or its data
 * @param tag the machine-readable reason
 * @param description for people; cut to {@value #DESCRIPTION_CHARS_MAX} characters
 * @param more further parameters to set, top level
 */
public record LogicError(
    ErrorFamily family, boolean hardware, String tag, String description, ObjectNode more) {
  static final int DESCRIPTION_CHARS_MAX = 2048;

  public LogicError {
    if (description.length() > DESCRIPTION_CHARS_MAX) {
      description = description.substring(0, DESCRIPTION_CHARS_MAX);
    }
  }

  static LogicError software(ErrorFamily family, String tag, String description) {
    return new LogicError(family, false, tag, description, Json.object());
  }

  static LogicError hardware(ErrorFamily family, String tag, String description) {
    return new LogicError(family, true, tag, description, Json.object());
  }

  static LogicError conversion(ErrorFamily family, String text) {
    return software(family, family.conversionTag(), text);
  }

  static LogicError size(ErrorFamily family, long bytes, long bytesMax) {
    return software(
        family,
        family.sizeTag(),
        "Your task size: " + bytes + " bytes, Max available task size: " + bytesMax + " bytes");
  }

  /** The data with the error parameters set. */
  public ObjectNode writeInto(ObjectNode data) {
    ObjectNode out = Json.object();
    out.setAll(data);
    out.setAll(more);
    for (String name : family.names()) {
      String prefix = "__conveyor_" + name + "_return_";
      out.put(prefix + "type_error__", hardware ? "hardware" : "software");
      out.put(prefix + "type_tag__", tag);
      out.put(prefix + "description__", description);
      out.put(prefix + "type_description__", description);
    }
    return out;
  }
}
