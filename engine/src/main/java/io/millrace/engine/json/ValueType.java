package io.millrace.engine.json;

import org.jspecify.annotations.Nullable;

/** The types that a parameter can be declared with. */
public enum ValueType {
  STRING("string"),
  NUMBER("number"),
  BOOLEAN("boolean"),
  OBJECT("object"),
  ARRAY("array");

  private final String wireName;

  ValueType(String wireName) {
    this.wireName = wireName;
  }

  /** The type of that name in process files, or null when there is none. */
  public static @Nullable ValueType of(@Nullable String wireName) {
    if (wireName == null) {
      return null;
    }
    return switch (wireName) {
      case "string" -> STRING;
      case "number" -> NUMBER;
      case "boolean" -> BOOLEAN;
      case "object" -> OBJECT;
      case "array" -> ARRAY;
      default -> null;
    };
  }

  public String wireName() {
    return wireName;
  }
}
