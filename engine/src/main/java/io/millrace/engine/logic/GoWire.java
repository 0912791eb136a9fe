package io.millrace.engine.logic;

import tools.jackson.databind.node.ObjectNode;

/** The wire form of {@link Go}: {@code {"type":"go","to_node_id":…}}. */
final class GoWire {
  private GoWire() {}

  static Go read(ObjectNode json, WireContext context) {
    if (!Wire.text(json.get("to_conv_id")).isEmpty()) {
      context.error(
          "to_conv_id", "A move into another process is not possible; use a Copy task logic");
    }
    return new Go(context.target("to_node_id", json.get("to_node_id"), true));
  }
}
