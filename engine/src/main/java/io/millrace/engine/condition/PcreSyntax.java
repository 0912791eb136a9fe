package io.millrace.engine.condition;

import java.util.Map;

/**
 * Rewrites what PCRE and Java spell differently: POSIX classes, brackets and ampersands inside a
 * character class, and the names of groups. Everything else is left to Java's compiler.
 */
final class PcreSyntax {
  private static final Map<String, String> POSIX_CLASSES =
      Map.ofEntries(
          Map.entry("alpha", "\\p{Alpha}"),
          Map.entry("digit", "\\p{Digit}"),
          Map.entry("alnum", "\\p{Alnum}"),
          Map.entry("upper", "\\p{Upper}"),
          Map.entry("lower", "\\p{Lower}"),
          Map.entry("punct", "\\p{Punct}"),
          Map.entry("graph", "\\p{Graph}"),
          Map.entry("print", "\\p{Print}"),
          Map.entry("blank", "\\p{Blank}"),
          Map.entry("cntrl", "\\p{Cntrl}"),
          Map.entry("xdigit", "\\p{XDigit}"),
          Map.entry("space", "\\s"),
          Map.entry("word", "\\w"));

  private final String pcre;
  private final StringBuilder java;
  private int at;

  private PcreSyntax(String pcre) {
    this.pcre = pcre;
    this.java = new StringBuilder(pcre.length() + 16);
  }

  static String toJava(String pcre) {
    return new PcreSyntax(pcre).translate();
  }

  private String translate() {
    while (at < pcre.length()) {
      if (pcre.startsWith("\\Q", at)) {
        quotation();
      } else if (pcre.charAt(at) == '\\') {
        copy(2);
      } else if (pcre.charAt(at) == '[') {
        characterClass();
      } else if (pcre.startsWith("(?P<", at)) {
        replace(4, "(?<");
      } else {
        copy(1);
      }
    }
    return java.toString();
  }

  private void quotation() {
    int end = pcre.indexOf("\\E", at + 2);
    copy(end < 0 ? pcre.length() - at : end + 2 - at);
  }

  private void characterClass() {
    copy(1);
    if (at < pcre.length() && pcre.charAt(at) == '^') {
      copy(1);
    }
    if (at < pcre.length() && pcre.charAt(at) == ']') {
      replace(1, "\\]"); // first in its class, a bracket stands for itself
    }
    while (at < pcre.length() && pcre.charAt(at) != ']') {
      if (pcre.charAt(at) == '\\') {
        copy(2);
      } else if (pcre.charAt(at) == '[') {
        bracketInClass();
      } else if (pcre.charAt(at) == '&') {
        replace(1, "\\&");
      } else {
        copy(1);
      }
    }
    copy(1);
  }

  private void bracketInClass() {
    int end = pcre.startsWith("[:", at) ? pcre.indexOf(":]", at) : -1;
    String posix = end < 0 ? null : POSIX_CLASSES.get(pcre.substring(at + 2, end));
    if (posix == null) {
      replace(1, "\\[");
    } else {
      replace(end + 2 - at, posix);
    }
  }

  private void copy(int length) {
    int end = Math.min(at + length, pcre.length());
    java.append(pcre, at, end);
    at = end;
  }

  private void replace(int length, String replacement) {
    java.append(replacement);
    at += length;
  }
}
