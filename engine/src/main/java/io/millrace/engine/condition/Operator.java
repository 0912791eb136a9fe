package io.millrace.engine.condition;

import org.jspecify.annotations.Nullable;

/** The comparisons that a condition can make. */
public enum Operator {
  EQ("eq"),
  NOT_EQ("not_eq"),
  LESS("less"),
  MORE("more"),
  LESS_OR_EQ("less_or_eq"),
  MORE_OR_EQ("more_or_eq"),
  REGEXP("regexp");

  private final String wireName;

  Operator(String wireName) {
    this.wireName = wireName;
  }

  /** The operator of that name in process files, synonyms of imports included; null for none. */
  public static @Nullable Operator of(@Nullable String wire) {
    if (wire == null) {
      return null;
    }
    return switch (wire) {
      case "eq", "=", "==" -> EQ;
      case "not_eq", "ne", "!=" -> NOT_EQ;
      case "less", "lt", "<" -> LESS;
      case "more", "gt", ">" -> MORE;
      case "less_or_eq", "le", "<=" -> LESS_OR_EQ;
      case "more_or_eq", "ge", ">=" -> MORE_OR_EQ;
      case "regexp", "regex" -> REGEXP;
      default -> null;
    };
  }

  public String wireName() {
    return wireName;
  }
}
