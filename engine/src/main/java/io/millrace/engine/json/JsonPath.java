package io.millrace.engine.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A compiled path into a task's data, such as {@code a.b}, {@code items[0].price} or {@code
 * ab\.new}. Writing never changes the root: it copies the containers along the path and shares the
 * rest.
 */
public final class JsonPath {
  /** Highest array index that can be written; a larger one would let one key fill the memory. */
  public static final int WRITE_INDEX_MAX = 100;

  /** Most steps of a path. */
  public static final int STEPS_MAX = 100;

  /** Longest path, in characters. */
  public static final int SOURCE_CHARS_MAX = 4_096;

  /** One name or index; {@code index} is -1 when the text is not an index. */
  private record Step(String text, int index, boolean bracketed) {
    private static final int INDEX_DIGITS_MAX = 9;

    Step(String text, boolean bracketed) {
      this(text, indexOf(text), bracketed);
    }

    private static int indexOf(String text) {
      if (text.isEmpty() || text.length() > INDEX_DIGITS_MAX) {
        return -1;
      }
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) < '0' || text.charAt(i) > '9') {
          return -1;
        }
      }
      return Integer.parseInt(text);
    }
  }

  private final String source;
  private final Step[] steps;

  private JsonPath(String source, Step[] steps) {
    this.source = source;
    this.steps = steps;
  }

  /** Compiles a path; {@code \.}, {@code \[} and {@code \]} stand for the characters themselves. */
  public static JsonPath compile(String source) {
    return new Builder().syntax(source).build();
  }

  /** The value at this path, or null when there is none; an explicit null is a null node. */
  public @Nullable JsonNode read(ObjectNode root) {
    return readRest(root.get(steps[0].text));
  }

  /** Continues a read from the value that {@link #first()} names. */
  public @Nullable JsonNode readRest(@Nullable JsonNode valueOfFirst) {
    JsonNode value = valueOfFirst;
    for (int i = 1; i < steps.length && value != null; i++) {
      value = child(value, steps[i]);
    }
    return value;
  }

  /**
   * A root that has the value at this path. Missing and non-object containers become objects, an
   * index makes a missing or scalar container an array and extends it with nulls; an object keeps
   * being one, and takes the index as a name.
   */
  public ObjectNode write(ObjectNode root, JsonNode value) {
    if (value.isContainer() && Json.isDeeperThan(value, Json.DEPTH_MAX - steps.length)) {
      throw new JsonPathException(
          "The value for '%s' nests too deeply: at most %d levels of objects and arrays are kept"
              .formatted(source, Json.DEPTH_MAX));
    }
    return withMember(root, 0, value);
  }

  /** Whether this is a single name, so that a read is one look-up. */
  public boolean simple() {
    return steps.length == 1;
  }

  /** The first name. */
  public String first() {
    return steps[0].text;
  }

  /** The path after its first name, or null when there is nothing. */
  public @Nullable JsonPath afterFirst() {
    if (steps.length == 1) {
      return null;
    }
    return new JsonPath(source, Arrays.copyOfRange(steps, 1, steps.length));
  }

  public String source() {
    return source;
  }

  @Override
  public String toString() {
    return source;
  }

  private static @Nullable JsonNode child(JsonNode parent, Step step) {
    if (parent instanceof ObjectNode object) {
      return object.get(step.text);
    }
    return parent instanceof ArrayNode array && step.index >= 0 ? array.get(step.index) : null;
  }

  private JsonNode with(@Nullable JsonNode old, int at, JsonNode value) {
    if (at == steps.length) {
      return value;
    }
    Step step = steps[at];
    if (step.index >= 0 && (old instanceof ArrayNode || step.bracketed && !isObject(old))) {
      return withElement(old instanceof ArrayNode array ? array : null, at, value);
    }
    return withMember(old instanceof ObjectNode object ? object : null, at, value);
  }

  private static boolean isObject(@Nullable JsonNode value) {
    return value instanceof ObjectNode;
  }

  private ObjectNode withMember(@Nullable ObjectNode old, int at, JsonNode value) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    String name = steps[at].text;
    if (old == null) {
      copy.set(name, with(null, at + 1, value));
    } else {
      copy.setAll(old);
      copy.set(name, with(old.get(name), at + 1, value));
    }
    return copy;
  }

  private ArrayNode withElement(@Nullable ArrayNode old, int at, JsonNode value) {
    int index = steps[at].index;
    if (index > WRITE_INDEX_MAX) {
      throw new JsonPathException(
          "Cannot write '%s': index %d is above %d, the highest that a key may name"
              .formatted(source, index, WRITE_INDEX_MAX));
    }
    ArrayNode copy = JsonNodeFactory.instance.arrayNode();
    if (old != null) {
      copy.addAll(old);
    }
    while (copy.size() <= index) {
      copy.addNull();
    }
    copy.set(index, with(copy.get(index), at + 1, value));
    return copy;
  }

  /**
   * Builds a path from pieces: path syntax as it was written, and text that was substituted and
   * stands for itself. Malformed input fails with {@link JsonPathException}.
   */
  public static final class Builder {
    private static final String SPECIAL = ".[]";

    private final StringBuilder source = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private final List<Step> steps = new ArrayList<>();
    private int bracketDepth;
    private boolean afterBracket;
    private boolean lenient;

    /** Takes text right after {@code ]} as a name of its own: as a read, it finds nothing. */
    public Builder lenient() {
      lenient = true;
      return this;
    }

    /** Adds path syntax. */
    public Builder syntax(String piece) {
      grow(piece);
      int at = 0;
      while (at < piece.length()) {
        char c = piece.charAt(at);
        if (c == '\\' && at + 1 < piece.length() && SPECIAL.indexOf(piece.charAt(at + 1)) >= 0) {
          plain(piece.charAt(at + 1));
          at++;
        } else if (bracketDepth > 0) {
          inBrackets(c);
        } else {
          outsideBrackets(c);
        }
        at++;
      }
      return this;
    }

    /** Adds text that is part of the current name or index, whatever characters it has. */
    public Builder literal(String piece) {
      grow(piece);
      for (int i = 0; i < piece.length(); i++) {
        plain(piece.charAt(i));
      }
      return this;
    }

    public JsonPath build() {
      if (bracketDepth > 0) {
        throw malformed("'[' has no closing ']'");
      }
      if (!afterBracket) {
        endName();
      }
      return new JsonPath(source.toString(), steps.toArray(Step[]::new));
    }

    private void grow(String piece) {
      if (source.length() + piece.length() > SOURCE_CHARS_MAX) {
        throw new JsonPathException(
            "A path has at most %d characters; shorten it".formatted(SOURCE_CHARS_MAX));
      }
      source.append(piece);
    }

    private void plain(char c) {
      if (afterBracket && !lenient) {
        throw malformed("expected '.' or '[' after ']'");
      }
      afterBracket = false;
      text.append(c);
    }

    private void outsideBrackets(char c) {
      switch (c) {
        case '.' -> {
          if (!afterBracket) {
            endName();
          }
          afterBracket = false;
        }
        case '[' -> {
          if (!afterBracket) {
            endName();
          }
          afterBracket = false;
          bracketDepth = 1;
        }
        case ']' -> throw malformed("']' has no opening '['");
        default -> plain(c);
      }
    }

    /** Brackets inside brackets are kept as text: such an index names nothing, which is allowed. */
    private void inBrackets(char c) {
      bracketDepth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (bracketDepth > 0) {
        text.append(c);
        return;
      }
      add(true);
      afterBracket = true;
    }

    private void endName() {
      add(false);
    }

    private void add(boolean bracketed) {
      String stepText = bracketed ? text.toString().strip() : text.toString();
      if (stepText.isEmpty()) {
        throw malformed(bracketed ? "the index between '[' and ']' is empty" : "a name is empty");
      }
      if (steps.size() == STEPS_MAX) {
        throw malformed("it has more than " + STEPS_MAX + " steps");
      }
      steps.add(new Step(stepText, bracketed));
      text.setLength(0);
    }

    private JsonPathException malformed(String problem) {
      return new JsonPathException(
          "Path '%s' is not valid: %s; write it like a.b or items[0].price"
              .formatted(source, problem));
    }
  }
}
