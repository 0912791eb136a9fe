package io.millrace.engine.logic;

import tools.jackson.databind.JsonNode;

/** Counts the bytes of a value's compact JSON form without writing it. */
public final class JsonSize {
  private JsonSize() {}

  /** Exact for objects, arrays, text, booleans and whole numbers; for fractions an upper bound. */
  public static long of(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> {
        long bytes = 2L + Math.max(0, value.size() - 1);
        for (var entry : value.properties()) {
          bytes += text(entry.getKey()) + 1 + of(entry.getValue());
        }
        yield bytes;
      }
      case ARRAY -> {
        long bytes = 2L + Math.max(0, value.size() - 1);
        for (JsonNode element : value) {
          bytes += of(element);
        }
        yield bytes;
      }
      case STRING -> text(value.stringValue());
      case BOOLEAN -> value.booleanValue() ? 4 : 5;
      case NULL, MISSING -> 4;
      case NUMBER -> value.isInt() || value.isLong() ? digits(value.longValue()) : wide(value);
      case BINARY, POJO -> value.asString().length() * 4L;
    };
  }

  private static long wide(JsonNode number) {
    return number.isDouble() || number.isFloat() ? 26 : number.asString().length();
  }

  private static long digits(long value) {
    long rest = value;
    int digits = value < 0 ? 2 : 1;
    while ((rest /= 10) != 0) {
      digits++;
    }
    return digits;
  }

  private static long text(String text) {
    long bytes = 2;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20) {
        boolean isShort = c == '\n' || c == '\r' || c == '\t' || c == '\b' || c == '\f';
        bytes += isShort ? 2 : 6;
      } else if (c == '"' || c == '\\') {
        bytes += 2;
      } else if (c < 0x80) {
        bytes++;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (Character.isHighSurrogate(c)) {
        bytes += 4;
        i++;
      } else {
        bytes += 3;
      }
    }
    return bytes;
  }
}
