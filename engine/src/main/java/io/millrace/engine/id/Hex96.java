package io.millrace.engine.id;

/** Text form of 96-bit identifiers: 24 lower-case hexadecimal digits. */
final class Hex96 {
  static final int TEXT_LENGTH = 24;
  static final int BYTES = 12;

  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  private Hex96() {}

  static String format(long high, int low) {
    char[] text = new char[TEXT_LENGTH];
    for (int i = 0; i < 16; i++) {
      text[i] = DIGITS[(int) (high >>> (60 - 4 * i)) & 0xf];
    }
    for (int i = 0; i < 8; i++) {
      text[16 + i] = DIGITS[(low >>> (28 - 4 * i)) & 0xf];
    }
    return new String(text);
  }

  static boolean isValid(CharSequence text) {
    if (text.length() != TEXT_LENGTH) {
      return false;
    }
    for (int i = 0; i < TEXT_LENGTH; i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  static long high(String text) {
    return Long.parseUnsignedLong(text, 0, 16, 16);
  }

  static int low(String text) {
    return Integer.parseUnsignedInt(text, 16, 24, 16);
  }
}
