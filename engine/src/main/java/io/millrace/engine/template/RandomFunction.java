package io.millrace.engine.template;

import io.millrace.engine.json.Numbers;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code $.random()}, {@code $.random(N)} and {@code $.random(a,b)}, fed by the step's seed. */
record RandomFunction(Template argument) implements Function {
  private static final int INTEGER_CHARS_MAX = 100;
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);

  @Override
  public JsonNode call(Scope scope) {
    String text = argument.rawText(scope).strip();
    if (text.isEmpty()) {
      return JsonNodeFactory.instance.numberNode((scope.nextRandom() >>> 11) * 0x1.0p-53);
    }
    int comma = text.indexOf(',');
    if (comma < 0) {
      long bound = integer(text, text);
      return bound == 0 ? Numbers.node(0) : between(scope, Long.signum(bound), bound);
    }
    return between(
        scope, integer(text.substring(0, comma), text), integer(text.substring(comma + 1), text));
  }

  /** A uniform integer between two bounds, both included, in either order. */
  private static JsonNode between(Scope scope, long a, long b) {
    long low = Math.min(a, b);
    long size = Math.max(a, b) - low + 1; // as unsigned; 0 stands for all of 64 bits
    long random = scope.nextRandom();
    return Numbers.node(low + (size == 0 ? random : Math.unsignedMultiplyHigh(random, size)));
  }

  private static long integer(String text, String whole) {
    String digits = text.strip();
    if (digits.length() <= INTEGER_CHARS_MAX) {
      try {
        return new BigInteger(digits).min(LONG_MAX).max(LONG_MIN).longValue();
      } catch (NumberFormatException e) {
        // falls through to the same refusal as a text that is too long
      }
    }
    throw new FunctionException("$.random(" + whole + ")");
  }
}
