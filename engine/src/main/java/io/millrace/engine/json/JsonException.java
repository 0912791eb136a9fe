package io.millrace.engine.json;

/** Text or bytes that are not one acceptable JSON document; the message says where and why. */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JsonException(String message) {
    super(message, null, false, false);
  }
}
