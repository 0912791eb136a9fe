package io.millrace.engine.template;

import io.millrace.engine.json.JsonPath;
import io.millrace.engine.json.JsonPathException;
import io.millrace.engine.template.PathTemplate.Piece;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads template text once, from left to right, into parts; nesting is bounded. */
final class TemplateParser {
  static final int SOURCE_CHARS_MAX = 1024 * 1024;
  static final int NESTING_MAX = 32;

  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";
  private static final String FUNCTION = "$.";
  private static final String ROOT = "root.";
  private static final String ZONE = ".tz(";

  private final String source;
  private final int offset;
  private final int nesting;
  private int at;

  /**
   * @param offset where this text starts in the whole template, for positions in errors
   * @param nesting how many templates and functions surround this text
   */
  private TemplateParser(String source, int offset, int nesting) {
    this.source = source;
    this.offset = offset;
    this.nesting = nesting;
  }

  static List<Part> parse(String source) {
    if (source.length() > SOURCE_CHARS_MAX) {
      throw new TemplateException(
          "A template has at most %d characters, but this one has %d; shorten it"
              .formatted(SOURCE_CHARS_MAX, source.length()));
    }
    return parse(source, 0, 0);
  }

  /** The pieces of a key, which is a path even without braces. */
  static PathTemplate parsePath(String source) {
    if (source.length() > JsonPath.SOURCE_CHARS_MAX) {
      throw new TemplateException(
          "A key has at most %d characters, but this one has %d; shorten it"
              .formatted(JsonPath.SOURCE_CHARS_MAX, source.length()));
    }
    return new PathTemplate(new TemplateParser(source, 0, 0).pathPieces());
  }

  private static List<Part> parse(String source, int offset, int nesting) {
    if (nesting > NESTING_MAX) {
      throw TemplateException.at(
          offset, "templates and functions nest at most " + NESTING_MAX + " deep; simplify it");
    }
    return new TemplateParser(source, offset, nesting).text();
  }

  private List<Part> text() {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int openBraces = 0;
    while (at < source.length()) {
      Part part = evaluated(true);
      if (part != null) {
        addLiteral(parts, literal);
        parts.add(part);
        continue;
      }
      if (source.startsWith(CLOSE, at) && openBraces == 0) {
        throw error(at, "'}}' closes nothing; write '{{' before the name or remove '}}'");
      }
      char c = source.charAt(at);
      openBraces += c == '{' ? 1 : c == '}' && openBraces > 0 ? -1 : 0;
      literal.append(c);
      at++;
    }
    addLiteral(parts, literal);
    return List.copyOf(parts);
  }

  /** Reads a template or function that starts here, or answers null when none does. */
  private @Nullable Part evaluated(boolean functionsAllowed) {
    if (source.startsWith(OPEN, at) && bracesHere() % 2 == 0) {
      return template();
    }
    return functionsAllowed && source.startsWith(FUNCTION, at) ? function() : null;
  }

  /** Of an odd number of braces the first is text, as in {@code {"a":{{{b}}}}}. */
  private int bracesHere() {
    int end = at;
    while (end < source.length() && source.charAt(end) == '{') {
      end++;
    }
    return end - at;
  }

  private Part template() {
    int start = at;
    int end = closingBraces(start);
    String body = source.substring(start + OPEN.length(), end);
    at = end + CLOSE.length();
    String path = body.strip();
    int pathAt = start + OPEN.length() + body.indexOf(path);
    if (path.isEmpty()) {
      throw error(start, "there is no name between '{{' and '}}'; write the parameter's name");
    }
    OutsideRead.Kind outside = outsideKind(path);
    if (outside != null) {
      return new Part.Outside(new OutsideRead(outside, path));
    }
    if (nesting >= NESTING_MAX) {
      throw error(start, "templates nest at most " + NESTING_MAX + " deep; simplify it");
    }
    return new TemplateParser(path, offset + pathAt, nesting + 1).lookup();
  }

  /** Where the braces opened at {@code start} close. */
  private int closingBraces(int start) {
    int depth = 0;
    int i = start;
    while (i < source.length()) {
      if (source.startsWith(OPEN, i)) {
        depth++;
        i += OPEN.length();
      } else if (source.startsWith(CLOSE, i)) {
        depth--;
        if (depth == 0) {
          return i;
        }
        i += CLOSE.length();
      } else {
        i++;
      }
    }
    throw error(start, "'{{' has no closing '}}'; add '}}' after the name");
  }

  private static OutsideRead.@Nullable Kind outsideKind(String path) {
    if (path.startsWith("env_var[")) {
      return OutsideRead.Kind.ENV_VAR;
    }
    if (path.startsWith("conv[")) {
      return OutsideRead.Kind.CONV;
    }
    return path.startsWith("node[") ? OutsideRead.Kind.NODE : null;
  }

  /** The whole source is the path of a template. */
  private Part lookup() {
    List<Piece> pieces = pathPieces();
    if (pieces.size() > 1 || pieces.getFirst() instanceof Piece.Hole) {
      return new Part.DynamicPath(new PathTemplate(pieces));
    }
    JsonPath path = compilePath();
    if (source.startsWith(ROOT)) {
      JsonPath rooted = path.afterFirst();
      if (rooted != null) {
        return new Part.Root(rooted.first(), rooted.simple() ? null : rooted);
      }
    }
    return path.simple() ? new Part.Name(path.first()) : new Part.Path(path);
  }

  private JsonPath compilePath() {
    try {
      return new JsonPath.Builder().lenient().syntax(source).build();
    } catch (JsonPathException e) {
      throw error(0, e.getMessage());
    }
  }

  private List<Piece> pathPieces() {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder syntax = new StringBuilder();
    int brackets = 0;
    while (at < source.length()) {
      Part part = evaluated(brackets > 0);
      if (part != null) {
        addSyntax(pieces, syntax);
        pieces.add(new Piece.Hole(part, brackets > 0));
        continue;
      }
      char c = source.charAt(at);
      if (c == '\\' && at + 1 < source.length()) {
        syntax.append(c);
        at++;
        c = source.charAt(at);
      } else if (c == '[') {
        brackets++;
      } else if (c == ']') {
        brackets--;
      } else if (c == '{' || c == '}') {
        throw error(at, "a name has no '" + c + "'; balance '{{' and '}}'");
      }
      syntax.append(c);
      at++;
    }
    addSyntax(pieces, syntax);
    return pieces;
  }

  /** Reads a call of a known function; text that only looks like a call stays text. */
  private @Nullable Part function() {
    int start = at;
    int nameEnd = start + FUNCTION.length();
    while (nameEnd < source.length() && isNameCharacter(source.charAt(nameEnd))) {
      nameEnd++;
    }
    String name = source.substring(start + FUNCTION.length(), nameEnd);
    if (nameEnd >= source.length() || source.charAt(nameEnd) != '(' || !Functions.isKnown(name)) {
      return null;
    }
    int end = closingParenthesis(nameEnd, name);
    String argument = source.substring(nameEnd + 1, end);
    at = end + 1;
    if (Functions.needsErlang(name)) {
      return new Part.Outside(
          new OutsideRead(OutsideRead.Kind.FUNCTION, source.substring(start, at)));
    }
    ZoneId zone = Functions.takesZone(name) && source.startsWith(ZONE, at) ? zone() : null;
    int argumentAt = offset + nameEnd + 1;
    Template compiled = Template.of(argument, parse(argument, argumentAt, nesting + 1));
    return new Part.Call(Functions.compile(name, compiled, zone), source.substring(start, at));
  }

  private ZoneId zone() {
    int open = at + ZONE.length() - 1;
    int end = closingParenthesis(open, "tz");
    String quoted = source.substring(open + 1, end).strip();
    at = end + 1;
    String id = quoted;
    if (quoted.length() >= 2
        && (quoted.charAt(0) == '\'' || quoted.charAt(0) == '"')
        && quoted.charAt(quoted.length() - 1) == quoted.charAt(0)) {
      id = quoted.substring(1, quoted.length() - 1);
    }
    return Functions.zone(id, offset + open + 1);
  }

  private int closingParenthesis(int open, String name) {
    int depth = 0;
    for (int i = open; i < source.length(); i++) {
      char c = source.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw error(open, "'(' of $." + name + " has no closing ')'; add it");
  }

  private static boolean isNameCharacter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
  }

  private static void addLiteral(List<Part> parts, StringBuilder literal) {
    if (!literal.isEmpty()) {
      String text = literal.toString();
      parts.add(new Part.Literal(text, JsonNodeFactory.instance.stringNode(text)));
      literal.setLength(0);
    }
  }

  private static void addSyntax(List<Piece> pieces, StringBuilder syntax) {
    if (!syntax.isEmpty()) {
      pieces.add(new Piece.Syntax(syntax.toString()));
      syntax.setLength(0);
    }
  }

  private TemplateException error(int position, @Nullable String problem) {
    return TemplateException.at(offset + position, String.valueOf(problem));
  }
}
