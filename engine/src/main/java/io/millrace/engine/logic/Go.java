package io.millrace.engine.logic;

/** Unconditional move. */
public record Go(int target) implements Logic {
  public static final String TYPE = "go";

  @Override
  public String type() {
    return TYPE;
  }
}
