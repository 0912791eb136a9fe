package io.millrace.engine.logic;

/** Writes parameters into the task. */
public record SetParam(Assignments extra, int errorExit) implements Logic {
  public static final String TYPE = "set_param";
  static final ErrorFamily FAMILY = ErrorFamily.SET_PARAM;

  @Override
  public String type() {
    return TYPE;
  }
}
