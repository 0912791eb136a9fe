package io.millrace.engine.condition;

import io.millrace.engine.json.Numbers;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Equality of JSON values: numbers by value, members in any order, elements in their order. */
final class DeepEquality {
  private DeepEquality() {}

  static boolean equal(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return Numbers.compare(a, b) == 0;
    }
    if (a.getNodeType() != b.getNodeType() || a.size() != b.size()) {
      return false;
    }
    if (a.isObject()) {
      return sameMembers(a, b);
    }
    return a.isArray() ? sameElements(a, b) : a.equals(b);
  }

  private static boolean sameMembers(JsonNode a, JsonNode b) {
    for (Map.Entry<String, JsonNode> member : a.properties()) {
      JsonNode other = b.get(member.getKey());
      if (other == null || !equal(member.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameElements(JsonNode a, JsonNode b) {
    for (int i = 0; i < a.size(); i++) {
      if (!equal(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }
}
