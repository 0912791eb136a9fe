package io.millrace.engine.state;

/**
 * The store failed, or stored bytes are not what this release wrote; the host must give the
 * partition up. Implementations of {@link State} throw this, or a class below it.
 */
public class StateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StateException(String message) {
    super(message);
  }

  public StateException(String message, Throwable cause) {
    super(message, cause);
  }
}
