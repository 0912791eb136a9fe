package io.millrace.aws.submit;

/** What became of one submitted record. */
public sealed interface Outcome {

  /** A task exists for it, durably. */
  record Created() implements Outcome {}

  /** A task for the same event existed before. */
  record Duplicate() implements Outcome {}

  /**
   * This record will never be accepted; others may be.
   *
   * @param reason for programs
   * @param description for people
   */
  record Refused(String reason, String description) implements Outcome {}

  /**
   * Nothing was accepted, because there is too much work; the same record may be tried again.
   *
   * @param retryAfterMillis when it is worth it
   */
  record Overloaded(long retryAfterMillis) implements Outcome {}

  /** Nothing can be accepted now: the engine is down, or the target process does not take tasks. */
  record Unavailable(String description) implements Outcome {}
}
