package io.millrace.engine.template;

import io.millrace.engine.json.JsonPath;
import io.millrace.engine.json.JsonPathException;
import io.millrace.engine.json.Numbers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One compiled piece of a template: text that stands for itself, or something to evaluate. */
sealed interface Part {

  /** The native value, or null when it is missing; fails with {@link FunctionException}. */
  @Nullable JsonNode value(Scope scope);

  /** Text that stands for itself. */
  record Literal(String text, JsonNode node) implements Part {
    @Override
    public JsonNode value(Scope scope) {
      return node;
    }
  }

  /** {@code {{name}}}: the usual case, a direct look-up. */
  record Name(String name) implements Part {
    @Override
    public @Nullable JsonNode value(Scope scope) {
      return named(scope, name);
    }
  }

  /** {@code {{a.b[0]}}}. */
  record Path(JsonPath path) implements Part {
    @Override
    public @Nullable JsonNode value(Scope scope) {
      return path.readRest(named(scope, path.first()));
    }
  }

  /** {@code {{root.name}}}, possibly with a path behind it. */
  record Root(String name, @Nullable JsonPath rootedPath) implements Part {
    @Override
    public @Nullable JsonNode value(Scope scope) {
      JsonNode value = scope.root(name);
      return rootedPath == null ? value : rootedPath.readRest(value);
    }
  }

  /** {@code {{a.{{b}}}}}: a path that is known only when its pieces are. */
  record DynamicPath(PathTemplate path) implements Part {
    private static final String ROOT = "root";

    @Override
    public @Nullable JsonNode value(Scope scope) {
      JsonPath resolved;
      try {
        resolved = path.resolve(scope);
      } catch (JsonPathException e) {
        return null; // a path that cannot be is a value that is not there
      }
      JsonPath afterRoot = resolved.first().equals(ROOT) ? resolved.afterFirst() : null;
      return afterRoot == null
          ? resolved.readRest(named(scope, resolved.first()))
          : afterRoot.readRest(scope.root(afterRoot.first()));
    }
  }

  /** {@code $.name(...)}. */
  record Call(Function function, String source) implements Part {
    @Override
    public JsonNode value(Scope scope) {
      return function.call(scope);
    }
  }

  /** Something that only the world outside the task could answer. */
  record Outside(OutsideRead read) implements Part {
    @Override
    public @Nullable JsonNode value(Scope scope) {
      return null;
    }
  }

  String NOW = "__now";
  long MILLIS_PER_SECOND = 1_000;

  private static @Nullable JsonNode named(Scope scope, String name) {
    JsonNode over = scope.overlay(name);
    if (over != null) {
      return over;
    }
    JsonNode value = scope.data().get(name);
    return value == null && name.equals(NOW)
        ? Numbers.node(Math.floorDiv(scope.nowMillis(), MILLIS_PER_SECOND))
        : value;
  }

  /** The outside reads among these parts and inside them. */
  static void collectOutsideReads(List<Part> parts, List<OutsideRead> into) {
    for (Part part : parts) {
      switch (part) {
        case Outside outside -> into.add(outside.read());
        case DynamicPath dynamic -> collectOutsideReads(dynamic.path().holes(), into);
        case Call call -> call.function().argument().collectOutsideReads(into);
        case Literal _, Name _, Path _, Root _ -> {}
      }
    }
  }
}
