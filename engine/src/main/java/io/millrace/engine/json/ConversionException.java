package io.millrace.engine.json;

/**
 * A value that cannot take its declared type; the message is the description that the format
 * prescribes. It is a business fault of a task, not of the engine, and so carries no stack trace.
 */
public final class ConversionException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int VALUE_CHARS_MAX = 128;

  private final String parameterName;

  public ConversionException(String parameterName, String valueText, ValueType type) {
    super(message(parameterName, valueText, type), null, false, false);
    this.parameterName = parameterName;
  }

  public String parameterName() {
    return parameterName;
  }

  /** The description of a failed conversion, with a long value cut. */
  public static String message(String parameterName, String valueText, ValueType type) {
    return "Param: "
        + parameterName
        + ", Value: "
        + cut(valueText)
        + ", Try convert to: "
        + type.wireName();
  }

  private static String cut(String text) {
    if (text.length() <= VALUE_CHARS_MAX) {
      return text;
    }
    int end = VALUE_CHARS_MAX;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--; // half a character cannot be written as UTF-8
    }
    return text.substring(0, end);
  }
}
