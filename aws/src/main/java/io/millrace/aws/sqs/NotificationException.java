package io.millrace.aws.sqs;

/** A message is in none of the known forms. */
public final class NotificationException extends Exception {
  private static final long serialVersionUID = 1L;

  NotificationException(String message) {
    super(message);
  }
}
