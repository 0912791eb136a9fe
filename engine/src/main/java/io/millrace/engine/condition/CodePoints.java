package io.millrace.engine.condition;

/** Orders text by code points; Java's own order by UTF-16 units puts emoji before some letters. */
final class CodePoints {
  private CodePoints() {}

  static int compare(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean oneIsHalf = Character.isSurrogate(x) != Character.isSurrogate(y);
        // Halves of pairs stand for code points above all others.
        return oneIsHalf ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
