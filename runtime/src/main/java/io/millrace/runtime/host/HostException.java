package io.millrace.runtime.host;

/**
 * What a host throws when it cannot be opened, read or audited. Commands never meet it: their
 * failures are replies.
 */
public final class HostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For programs; the message is for people and says what to do. */
  public enum Kind {
    /** Another process has the store. */
    LOCKED,
    /** The store is damaged. */
    CORRUPT,
    /** The store is sound, but of another shape or version. */
    INCOMPATIBLE,
    /** The store cannot be read or written now. */
    FAILED,
    /** The host was closed. */
    CLOSED
  }

  private final Kind kind;

  public HostException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public HostException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
