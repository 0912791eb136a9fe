package io.millrace.engine.template;

import io.millrace.engine.json.JsonPath;
import io.millrace.engine.json.JsonPathException;
import io.millrace.engine.json.TextForm;
import io.millrace.engine.template.PathTemplate.Piece;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The compiled key of a value to write: a path, possibly with templates in it. {@code {{name}}}
 * takes the path from the parameter when that is a text, and is the plain name otherwise.
 */
public final class KeyTemplate {
  private final String source;
  private final @Nullable JsonPath fixed;
  private final PathTemplate path;

  private KeyTemplate(String source, @Nullable JsonPath fixed, PathTemplate path) {
    this.source = source;
    this.fixed = fixed;
    this.path = path;
  }

  /** Compiles a key; fails with {@link TemplateException} or {@link JsonPathException}. */
  public static KeyTemplate compile(String key) {
    PathTemplate path = TemplateParser.parsePath(key);
    long dynamicNames =
        path.pieces().stream()
            .filter(piece -> piece instanceof Piece.Hole hole && !hole.bracketed())
            .count();
    if (dynamicNames > 1) {
      throw new TemplateException(
          "Key '%s' has %d templates outside of brackets; at most one is possible"
              .formatted(key, dynamicNames));
    }
    boolean dynamic = path.pieces().stream().anyMatch(Piece.Hole.class::isInstance);
    return new KeyTemplate(key, dynamic ? null : JsonPath.compile(key), path);
  }

  /** The path to write to; fails with {@link JsonPathException} when the filled key is none. */
  public JsonPath resolve(Scope scope) {
    return fixed != null ? fixed : filled(scope);
  }

  public String source() {
    return source;
  }

  /** What this key asks for that the task at hand cannot answer. */
  public List<OutsideRead> outsideReads() {
    List<OutsideRead> reads = new ArrayList<>();
    Part.collectOutsideReads(path.holes(), reads);
    return List.copyOf(reads);
  }

  @Override
  public String toString() {
    return source;
  }

  private JsonPath filled(Scope scope) {
    JsonPath.Builder builder = new JsonPath.Builder();
    for (Piece piece : path.pieces()) {
      switch (piece) {
        case Piece.Syntax syntax -> builder.syntax(syntax.text());
        case Piece.Hole hole when hole.bracketed() ->
            builder.literal(TextForm.of(value(hole.part(), scope)));
        case Piece.Hole hole -> addName(builder, hole.part(), scope);
      }
    }
    return builder.build();
  }

  /** The path that a parameter holds; a parameter without one stands for its own name. */
  private static void addName(JsonPath.Builder builder, Part part, Scope scope) {
    JsonNode value = value(part, scope);
    if (value != null && value.isString() && !value.stringValue().isEmpty()) {
      builder.syntax(value.stringValue());
      return;
    }
    switch (part) {
      case Part.Name name -> builder.literal(name.name());
      case Part.Path path -> builder.syntax(path.path().source());
      case Part.Literal _, Part.Root _, Part.DynamicPath _, Part.Call _, Part.Outside _ ->
          builder.syntax(TextForm.of(value));
    }
  }

  private static @Nullable JsonNode value(Part part, Scope scope) {
    try {
      return FunctionValues.settled(part.value(scope));
    } catch (FunctionException e) {
      throw new JsonPathException("A key cannot be computed from " + e.call());
    }
  }
}
