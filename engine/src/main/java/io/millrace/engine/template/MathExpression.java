package io.millrace.engine.template;

import io.millrace.engine.json.Numbers;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Evaluates {@code + - * /}, signs and parentheses in one pass over the text. Integers stay exact
 * at any size as long as nothing is divided; everything else is a double.
 */
final class MathExpression {
  /** Longest expression, in characters; it bounds the digits of the result as well. */
  static final int CHARS_MAX = 10_000;

  private static final int DEPTH_MAX = 200;

  private final String text;
  private int at;
  private int depth;

  private MathExpression(String text) {
    this.text = text;
  }

  /** The value as a number node, or null when the text is no expression or has no finite value. */
  static @Nullable JsonNode evaluate(String text) {
    if (text.length() > CHARS_MAX) {
      return null;
    }
    MathExpression expression = new MathExpression(text);
    Operand value = expression.sum();
    expression.skipSpace();
    return value == null || expression.at < text.length() ? null : value.node();
  }

  private @Nullable Operand sum() {
    Operand value = product();
    while (value != null) {
      if (take('+')) {
        value = value.apply('+', product());
      } else if (take('-')) {
        value = value.apply('-', product());
      } else {
        break;
      }
    }
    return value;
  }

  private @Nullable Operand product() {
    Operand value = factor();
    while (value != null) {
      if (take('*')) {
        value = value.apply('*', factor());
      } else if (take('/')) {
        value = value.apply('/', factor());
      } else {
        break;
      }
    }
    return value;
  }

  private @Nullable Operand factor() {
    if (++depth > DEPTH_MAX) {
      return null;
    }
    Operand value;
    if (take('-')) {
      Operand positive = factor();
      value = positive == null ? null : positive.negated();
    } else if (take('+')) {
      value = factor();
    } else if (take('(')) {
      value = sum();
      if (!take(')')) {
        value = null;
      }
    } else {
      value = number();
    }
    depth--;
    return value;
  }

  private @Nullable Operand number() {
    skipSpace();
    int start = at;
    digits();
    if (at == start) {
      return null;
    }
    boolean fraction = false;
    if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
      at++;
      digits();
      fraction = true;
    }
    if (exponentEnd() > at) {
      at = exponentEnd();
      fraction = true;
    }
    String digits = text.substring(start, at);
    return fraction ? Operand.of(Double.parseDouble(digits)) : Operand.of(new BigInteger(digits));
  }

  /** Where an exponent that starts here ends, or here when there is none. */
  private int exponentEnd() {
    if (at >= text.length() || (text.charAt(at) != 'e' && text.charAt(at) != 'E')) {
      return at;
    }
    int digits = at + 1;
    if (digits < text.length() && (text.charAt(digits) == '-' || text.charAt(digits) == '+')) {
      digits++;
    }
    int end = digits;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end == digits ? at : end;
  }

  private void digits() {
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
  }

  private boolean take(char c) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** An exact integer, or a double when {@code integer} is null. */
  private record Operand(@Nullable BigInteger integer, double fraction) {
    static Operand of(BigInteger value) {
      return new Operand(value, 0);
    }

    static Operand of(double value) {
      return new Operand(null, value);
    }

    double asDouble() {
      return integer == null ? fraction : integer.doubleValue();
    }

    Operand negated() {
      return integer == null ? of(-fraction) : of(integer.negate());
    }

    @Nullable Operand apply(char operator, @Nullable Operand other) {
      if (other == null) {
        return null;
      }
      if (integer != null && other.integer != null && operator != '/') {
        return of(
            switch (operator) {
              case '+' -> integer.add(other.integer);
              case '-' -> integer.subtract(other.integer);
              default -> integer.multiply(other.integer);
            });
      }
      return of(
          switch (operator) {
            case '+' -> asDouble() + other.asDouble();
            case '-' -> asDouble() - other.asDouble();
            case '*' -> asDouble() * other.asDouble();
            default -> asDouble() / other.asDouble();
          });
    }

    @Nullable JsonNode node() {
      if (integer != null) {
        return Numbers.node(integer);
      }
      return Double.isFinite(fraction) ? JsonNodeFactory.instance.numberNode(fraction) : null;
    }
  }
}
