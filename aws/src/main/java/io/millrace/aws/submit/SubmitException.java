package io.millrace.aws.submit;

import java.io.IOException;

/** The target takes no more records; those before may or may not have become tasks. */
public final class SubmitException extends IOException {
  private static final long serialVersionUID = 1L;

  SubmitException(String message) {
    super(message);
  }
}
