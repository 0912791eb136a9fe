package io.millrace.engine.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Numbers as the format sees them: written like JSON numbers, compared by value whatever their
 * representation. Integers are exact at any size.
 */
public final class Numbers {
  /** Every integer of so many digits fits 64 bits. */
  private static final int LONG_DIGITS_SAFE = 18;

  /** Largest power of ten; near 2^31 a number could be written that is not read back. */
  private static final int EXPONENT_MAX = 100_000;

  private static final long LONG_EXACT_IN_DOUBLE_MAX = 1L << 53;

  private Numbers() {}

  /** Reads a number in JSON's spelling, white space around it ignored; null when it is none. */
  public static @Nullable JsonNode parse(String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty() || trimmed.length() > Json.NUMBER_CHARS_MAX) {
      return null;
    }
    return switch (spelling(trimmed)) {
      case NONE -> null;
      case INTEGER -> integer(trimmed);
      case FRACTION -> fraction(trimmed);
    };
  }

  /** Compares two numbers by value. */
  public static int compare(JsonNode a, JsonNode b) {
    if (isLong(a) && isLong(b)) {
      return Long.compare(a.longValue(), b.longValue());
    }
    if (isDoubleExact(a) && isDoubleExact(b)) {
      double x = a.doubleValue();
      double y = b.doubleValue();
      return x < y ? -1 : x > y ? 1 : 0; // unlike Double.compare, -0.0 equals 0.0
    }
    return a.decimalValue().compareTo(b.decimalValue());
  }

  private static boolean isLong(JsonNode number) {
    return switch (number.numberType()) {
      case INT, LONG -> true;
      case FLOAT, DOUBLE, BIG_INTEGER, BIG_DECIMAL -> false;
    };
  }

  private static boolean isDoubleExact(JsonNode number) {
    return switch (number.numberType()) {
      case INT, FLOAT, DOUBLE -> true;
      case LONG ->
          number.longValue() <= LONG_EXACT_IN_DOUBLE_MAX
              && number.longValue() >= -LONG_EXACT_IN_DOUBLE_MAX;
      case BIG_INTEGER, BIG_DECIMAL -> false;
    };
  }

  private enum Spelling {
    NONE,
    INTEGER,
    FRACTION
  }

  private static Spelling spelling(String text) {
    int at = text.charAt(0) == '-' ? 1 : 0;
    int whole = digitsEnd(text, at);
    if (whole == at || (text.charAt(at) == '0' && whole > at + 1)) {
      return Spelling.NONE;
    }
    if (whole == text.length()) {
      return Spelling.INTEGER;
    }
    at = whole;
    if (text.charAt(at) == '.') {
      int decimals = digitsEnd(text, at + 1);
      if (decimals == at + 1) {
        return Spelling.NONE;
      }
      at = decimals;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      int exponent = digitsEnd(text, at);
      if (exponent == at) {
        return Spelling.NONE;
      }
      at = exponent;
    }
    return at == text.length() ? Spelling.FRACTION : Spelling.NONE;
  }

  private static int digitsEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static JsonNode integer(String digits) {
    return digits.length() <= LONG_DIGITS_SAFE
        ? node(Long.parseLong(digits))
        : node(new BigInteger(digits));
  }

  private static @Nullable JsonNode fraction(String text) {
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? JsonNodeFactory.instance.numberNode(value) : exact(text);
  }

  /** Reads a number that is too large for a double; null when it is too large for anything. */
  static @Nullable JsonNode exact(String text) {
    try {
      BigDecimal value = new BigDecimal(text);
      boolean bounded = (long) value.precision() - value.scale() <= EXPONENT_MAX;
      return bounded ? JsonNodeFactory.instance.numberNode(value) : null;
    } catch (NumberFormatException e) {
      return null; // an exponent beyond 32 bits
    }
  }

  /** The node for an integer, in the representation that the reader gives to it too. */
  public static JsonNode node(long value) {
    return value == (int) value
        ? JsonNodeFactory.instance.numberNode((int) value)
        : JsonNodeFactory.instance.numberNode(value);
  }

  /** The node for an integer, in the representation that the reader gives to it too. */
  public static JsonNode node(BigInteger value) {
    return value.bitLength() < Long.SIZE
        ? node(value.longValue())
        : JsonNodeFactory.instance.numberNode(value);
  }
}
