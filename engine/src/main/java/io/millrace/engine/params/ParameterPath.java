package io.millrace.engine.params;

import io.millrace.engine.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The name of a declared parameter: a path in which {@code []} stands for each element. */
final class ParameterPath {
  private static final String EACH = "[]";

  /** Paths from array to array; null continues from element to element, as in {@code a[][]}. */
  private final List<@Nullable JsonPath> legs;

  private final boolean endsInEach;

  private ParameterPath(List<@Nullable JsonPath> legs, boolean endsInEach) {
    this.legs = legs;
    this.endsInEach = endsInEach;
  }

  /** Compiles a name; fails with a JsonPathException. */
  static ParameterPath compile(String name) {
    List<@Nullable JsonPath> legs = new ArrayList<>();
    int from = 0;
    for (int each = nextEach(name, 0); each >= 0; each = nextEach(name, from)) {
      legs.add(leg(name.substring(from, each), legs.isEmpty()));
      from = each + EACH.length();
    }
    boolean endsInEach = from == name.length() && !legs.isEmpty();
    if (!endsInEach) {
      legs.add(leg(name.substring(from), legs.isEmpty()));
    }
    return new ParameterPath(legs, endsInEach);
  }

  /** All values that the name stands for; null for each place where there is none. */
  List<@Nullable JsonNode> values(ObjectNode data) {
    List<@Nullable JsonNode> values = new ArrayList<>();
    collect(data, 0, values);
    return values;
  }

  /** A copy of the data in which every value that exists is replaced. */
  ObjectNode replace(ObjectNode data, UnaryOperator<JsonNode> replacement) {
    return replaced(data, 0, replacement) instanceof ObjectNode object ? object : data;
  }

  private void collect(@Nullable JsonNode from, int leg, List<@Nullable JsonNode> into) {
    JsonNode value = step(from, legs.get(leg));
    boolean last = leg == legs.size() - 1;
    if (last && !endsInEach) {
      into.add(value);
    } else if (value instanceof ArrayNode array) {
      for (JsonNode element : array) {
        if (last) {
          into.add(element);
        } else {
          collect(element, leg + 1, into);
        }
      }
    } else {
      into.add(null);
    }
  }

  private JsonNode replaced(JsonNode from, int leg, UnaryOperator<JsonNode> replacement) {
    JsonPath path = legs.get(leg);
    JsonNode old = step(from, path);
    if (old == null) {
      return from;
    }
    boolean last = leg == legs.size() - 1;
    JsonNode changed = old;
    if (last && !endsInEach) {
      changed = replacement.apply(old);
    } else if (old instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
      for (JsonNode element : array) {
        copy.add(last ? replacement.apply(element) : replaced(element, leg + 1, replacement));
      }
      changed = copy;
    }
    if (path == null) {
      return changed;
    }
    return changed != old && from instanceof ObjectNode object ? path.write(object, changed) : from;
  }

  private static @Nullable JsonNode step(@Nullable JsonNode from, @Nullable JsonPath path) {
    if (path == null) {
      return from;
    }
    return from instanceof ObjectNode object ? path.read(object) : null;
  }

  private static @Nullable JsonPath leg(String text, boolean first) {
    if (first) {
      return JsonPath.compile(text);
    }
    return text.isEmpty()
        ? null
        : JsonPath.compile(text.startsWith(".") ? text.substring(1) : text);
  }

  /** The next pair of brackets that is not escaped. */
  private static int nextEach(String name, int from) {
    int at = name.indexOf(EACH, from);
    while (at > 0 && name.charAt(at - 1) == '\\') {
      at = name.indexOf(EACH, at + 1);
    }
    return at;
  }
}
