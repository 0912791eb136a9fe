package io.millrace.aws.cloudtrail;

import java.io.IOException;

/** A file cannot be read (further) as CloudTrail records; records already handed out stay good. */
public final class TrailFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why, for programs. */
  public enum Reason {
    /** The file ends in the middle. */
    TRUNCATED,
    /** The text is not JSON, or the compression is damaged. */
    DAMAGED,
    /** It is JSON, but holds no CloudTrail records. */
    NOT_CLOUDTRAIL,
    /** It is a digest file of integrity validation. */
    DIGEST,
    /** A limit was passed: size, or compression ratio. */
    TOO_LARGE
  }

  private final Reason reason;

  TrailFileException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  TrailFileException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
