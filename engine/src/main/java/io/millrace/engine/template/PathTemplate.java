package io.millrace.engine.template;

import io.millrace.engine.json.JsonPath;
import io.millrace.engine.json.TextForm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A path with holes. Text put into a hole between brackets is one name or index whatever its
 * characters; elsewhere it is path syntax, so a parameter can hold a path.
 */
final class PathTemplate {
  /** Text of the path as written, or a hole in it. */
  sealed interface Piece {
    record Syntax(String text) implements Piece {}

    record Hole(Part part, boolean bracketed) implements Piece {}
  }

  private final List<Piece> pieces;

  PathTemplate(List<Piece> pieces) {
    this.pieces = List.copyOf(pieces);
  }

  /** Fails with a JsonPathException when the filled path is none. */
  JsonPath resolve(Scope scope) {
    JsonPath.Builder path = new JsonPath.Builder().lenient();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Syntax syntax -> path.syntax(syntax.text());
        case Piece.Hole hole -> {
          String text = textOf(hole.part().value(scope));
          if (hole.bracketed()) {
            path.literal(text);
          } else {
            path.syntax(text);
          }
        }
      }
    }
    return path.build();
  }

  List<Piece> pieces() {
    return pieces;
  }

  List<Part> holes() {
    List<Part> holes = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Hole hole) {
        holes.add(hole.part());
      }
    }
    return holes;
  }

  private static String textOf(@Nullable JsonNode value) {
    return TextForm.of(FunctionValues.settled(value));
  }
}
