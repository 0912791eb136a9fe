package io.millrace.aws.sqs;

/**
 * A message as received; it is ours until its visibility timeout ends.
 *
 * @param id the queue's name for the message
 * @param receipt proves this one receipt of it
 * @param receives how often it was received, this time included
 * @param sentMillis when it was put into the queue, Unix milliseconds; 0 when the queue does not
 *     tell
 */
public record QueueMessage(String id, String receipt, String body, int receives, long sentMillis) {
  /** Without the body, which may be long. */
  @Override
  public String toString() {
    return "QueueMessage[id=%s, receives=%d]".formatted(id, receives);
  }
}
