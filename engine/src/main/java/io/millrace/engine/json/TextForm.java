package io.millrace.engine.json;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The form that a value takes when it is put into text: strings as they are, null and missing as
 * nothing, objects and arrays as compact JSON. Fractions are rounded to six decimals.
 */
public final class TextForm {
  private static final int DECIMALS = 6;

  /** From here on a fraction is written with an exponent instead of a long row of zeros. */
  private static final double PLAIN_BELOW = 1e21;

  private TextForm() {}

  public static String of(@Nullable JsonNode value) {
    if (value == null) {
      return "";
    }
    return switch (value.getNodeType()) {
      case STRING -> value.stringValue();
      case NULL, MISSING -> "";
      case BOOLEAN -> value.booleanValue() ? "true" : "false";
      case NUMBER -> number(value);
      case OBJECT, ARRAY, BINARY, POJO -> Json.text(value);
    };
  }

  private static String number(JsonNode value) {
    return switch (value.numberType()) {
      case INT, LONG -> Long.toString(value.longValue());
      case BIG_INTEGER -> value.bigIntegerValue().toString();
      case FLOAT, DOUBLE -> fraction(value.doubleValue());
      case BIG_DECIMAL -> exact(value.decimalValue());
    };
  }

  static String fraction(double value) {
    if (Math.abs(value) >= PLAIN_BELOW || !Double.isFinite(value)) {
      return Double.toString(value);
    }
    return rounded(BigDecimal.valueOf(value));
  }

  private static String exact(BigDecimal value) {
    if (value.scale() <= 0) {
      return value.toString(); // plain digits would be as long as the exponent is large
    }
    boolean vanishes = (long) value.precision() - value.scale() < -DECIMALS;
    return vanishes ? "0.0" : rounded(value);
  }

  private static String rounded(BigDecimal value) {
    BigDecimal cut =
        value.scale() > DECIMALS ? value.setScale(DECIMALS, RoundingMode.HALF_UP) : value;
    if (cut.signum() == 0) {
      return "0.0";
    }
    BigDecimal shortest = cut.stripTrailingZeros();
    return (shortest.scale() < 1 ? shortest.setScale(1) : shortest).toPlainString();
  }
}
