package io.millrace.engine.template;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Digests stay bytes from function to function; wherever they leave, they become hex text. */
final class FunctionValues {
  private FunctionValues() {}

  static @Nullable JsonNode settled(@Nullable JsonNode value) {
    return value instanceof BinaryNode bytes
        ? JsonNodeFactory.instance.stringNode(HexFormat.of().formatHex(bytes.binaryValue()))
        : value;
  }
}
