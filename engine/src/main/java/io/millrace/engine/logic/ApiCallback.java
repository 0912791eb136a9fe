package io.millrace.engine.logic;

/**
 * Waiting for callback, and the Set state of a state diagram: the task rests until it is modified.
 *
 * @param sync whether a callback must find the task in this very node
 */
public record ApiCallback(boolean sync) implements Logic {
  public static final String TYPE = "api_callback";

  @Override
  public String type() {
    return TYPE;
  }
}
