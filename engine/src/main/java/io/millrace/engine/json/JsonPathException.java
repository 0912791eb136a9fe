package io.millrace.engine.json;

/** A path that cannot be read, or a write that would pass a limit of the format. */
public final class JsonPathException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JsonPathException(String message) {
    super(message, null, false, false);
  }
}
