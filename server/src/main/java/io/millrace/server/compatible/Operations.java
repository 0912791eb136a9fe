package io.millrace.server.compatible;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The table of operations by object and type; groups fill it. */
final class Operations {
  /** Carries out one operation; may block. */
  @FunctionalInterface
  interface Operation {
    ObjectNode run(Op op);
  }

  private final Map<String, Map<String, Operation>> byObject = new HashMap<>();

  Operations add(String object, String type, Operation operation) {
    Operation before =
        byObject.computeIfAbsent(object, ignored -> new HashMap<>()).put(type, operation);
    if (before != null) {
      throw new IllegalStateException("Expected one operation " + type + " " + object);
    }
    return this;
  }

  /** The operation, or the error that clients use to find out what a server can do. */
  Operation find(Op op) {
    Map<String, Operation> byType = byObject.get(op.object());
    if (byType == null) {
      throw OpException.badObject();
    }
    Operation operation = byType.get(op.type());
    if (operation == null) {
      throw OpException.undefinedRequest();
    }
    return operation;
  }
}
