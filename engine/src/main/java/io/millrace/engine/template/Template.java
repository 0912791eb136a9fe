package io.millrace.engine.template;

import io.millrace.engine.json.Coercion;
import io.millrace.engine.json.ConversionException;
import io.millrace.engine.json.Json;
import io.millrace.engine.json.TextForm;
import io.millrace.engine.json.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A compiled value text of a process: plain text, {@code {{templates}}} and {@code $.functions()}.
 * It is parsed once; rendering reads a {@link Scope} in one pass, so that text which arrives as
 * data is never taken for a template.
 */
public final class Template {
  /** Longest rendered text, in characters. */
  public static final int RENDERED_CHARS_MAX = 4 * 1024 * 1024;

  private final String source;
  private final List<Part> parts;

  /**
   * The part that is the whole value, apart from white space around it; null when there is none.
   */
  private final @Nullable Part only;

  private final JsonText jsonText;

  private final @Nullable ConstantValues constants;

  private Template(String source, List<Part> parts) {
    this.source = source;
    this.parts = parts;
    this.only = onlyPart(parts);
    this.jsonText = new JsonText(parts);
    this.constants = isConstant(parts) ? new ConstantValues(source) : null;
  }

  /** Compiles value text; fails with {@link TemplateException}. */
  public static Template compile(String source) {
    return of(source, TemplateParser.parse(source));
  }

  static Template of(String source, List<Part> parts) {
    return new Template(source, parts);
  }

  /**
   * The value: native when the whole text is one template or function, else text; null when it is
   * missing. Fails with {@link ConversionException} when a function cannot work with its arguments.
   */
  public @Nullable JsonNode render(Scope scope) {
    if (constants != null) {
      return constants.text();
    }
    try {
      return only != null
          ? FunctionValues.settled(only.value(scope))
          : JsonNodeFactory.instance.stringNode(rawText(scope));
    } catch (FunctionException e) {
      throw new ConversionException(source, e.call(), ValueType.STRING);
    }
  }

  /**
   * The value as text; a missing one is empty. Fails with {@link ConversionException} when a
   * function cannot work with its arguments.
   */
  public String renderText(Scope scope) {
    if (constants != null) {
      return source;
    }
    try {
      return only != null ? TextForm.of(FunctionValues.settled(only.value(scope))) : rawText(scope);
    } catch (FunctionException e) {
      throw new ConversionException(source, e.call(), ValueType.STRING);
    }
  }

  /**
   * The value in a declared type. Fails with {@link ConversionException} when it cannot take the
   * type, or when a function cannot work with its arguments.
   */
  public JsonNode renderAs(Scope scope, ValueType type, String parameterName) {
    if (constants != null) {
      return constants.as(type, parameterName);
    }
    try {
      if (only != null) {
        return Coercion.convert(FunctionValues.settled(only.value(scope)), type, parameterName);
      }
      String text =
          type == ValueType.OBJECT || type == ValueType.ARRAY
              ? jsonText.render(scope)
              : rawText(scope);
      return Coercion.convert(JsonNodeFactory.instance.stringNode(text), type, parameterName);
    } catch (FunctionException e) {
      throw new ConversionException(parameterName, e.call(), type);
    }
  }

  /** Whether the text has nothing to render. */
  public boolean constant() {
    return constants != null;
  }

  public String source() {
    return source;
  }

  /** What this template asks for that the task at hand cannot answer, in the order of the text. */
  public List<OutsideRead> outsideReads() {
    List<OutsideRead> reads = new ArrayList<>();
    Part.collectOutsideReads(parts, reads);
    return List.copyOf(reads);
  }

  void collectOutsideReads(List<OutsideRead> into) {
    Part.collectOutsideReads(parts, into);
  }

  /** The value for a surrounding function: digests are still bytes; no white space is ignored. */
  @Nullable JsonNode rawValue(Scope scope) {
    return parts.size() == 1 ? parts.getFirst().value(scope) : null;
  }

  /** The text for a surrounding function. */
  String rawText(Scope scope) {
    if (constants != null) {
      return source;
    }
    RenderedText text = new RenderedText(source);
    for (Part part : parts) {
      text.append(TextForm.of(FunctionValues.settled(part.value(scope))));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return source;
  }

  private static boolean isConstant(List<Part> parts) {
    return parts.stream().allMatch(Part.Literal.class::isInstance);
  }

  private static @Nullable Part onlyPart(List<Part> parts) {
    Part found = null;
    for (Part part : parts) {
      boolean space = part instanceof Part.Literal literal && literal.text().isBlank();
      if (!space) {
        if (found != null || part instanceof Part.Literal) {
          return null;
        }
        found = part;
      }
    }
    return found;
  }

  /** Text under construction that refuses to grow without bound. */
  static final class RenderedText {
    private final StringBuilder text = new StringBuilder();
    private final String source;

    RenderedText(String source) {
      this.source = source;
    }

    void append(String piece) {
      if (text.length() + piece.length() > RENDERED_CHARS_MAX) {
        throw new FunctionException(source);
      }
      text.append(piece);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  /** A text without templates, in every type that it can take. */
  private static final class ConstantValues {
    private final JsonNode text;
    private final @Nullable JsonNode[] byType = new JsonNode[ValueType.values().length];

    ConstantValues(String source) {
      text = JsonNodeFactory.instance.stringNode(source);
      for (ValueType type : ValueType.values()) {
        byType[type.ordinal()] = Coercion.tryConvert(text, type);
      }
    }

    JsonNode text() {
      return text;
    }

    JsonNode as(ValueType type, String parameterName) {
      JsonNode value = byType[type.ordinal()];
      return value == null ? Coercion.convert(text, type, parameterName) : value;
    }
  }

  /**
   * JSON text with holes. Where a hole stands inside a string literal, its text is escaped;
   * anywhere else the value's JSON form is put in, strings without quotes.
   */
  private static final class JsonText {
    private final List<Part> parts;
    private final boolean[] insideString;

    JsonText(List<Part> parts) {
      this.parts = parts;
      this.insideString = new boolean[parts.size()];
      boolean inside = false;
      for (int i = 0; i < parts.size(); i++) {
        insideString[i] = inside;
        if (parts.get(i) instanceof Part.Literal literal) {
          inside = insideAfter(literal.text(), inside);
        }
      }
    }

    String render(Scope scope) {
      RenderedText text = new RenderedText("JSON text");
      for (int i = 0; i < parts.size(); i++) {
        Part part = parts.get(i);
        if (part instanceof Part.Literal literal) {
          text.append(literal.text());
          continue;
        }
        JsonNode value = FunctionValues.settled(part.value(scope));
        if (insideString[i]) {
          text.append(escaped(TextForm.of(value)));
        } else if (value != null) {
          text.append(value.isString() ? value.stringValue() : Json.text(value));
        }
      }
      return text.toString();
    }

    private static boolean insideAfter(String text, boolean before) {
      boolean inside = before;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '"') {
          inside = !inside;
        } else if (c == '\\' && inside) {
          i++;
        }
      }
      return inside;
    }

    private static String escaped(String text) {
      String quoted = Json.text(JsonNodeFactory.instance.stringNode(text));
      return quoted.substring(1, quoted.length() - 1);
    }
  }
}
