package io.millrace.alerting.channel;

import org.jspecify.annotations.Nullable;

/** What came of one attempt. Texts are fit for logs: no secrets, bounded. */
public sealed interface SendOutcome {
  /**
   * It is with the other side.
   *
   * @param remoteId the other side's id of it; may be empty
   * @param note what went not quite right; mostly empty
   */
  record Sent(String remoteId, String note) implements SendOutcome {}

  /**
   * It may work later.
   *
   * @param retryAfterMillis how long the other side asks to wait, or null
   */
  record Later(String error, @Nullable Long retryAfterMillis) implements SendOutcome {}

  /** It will never work. */
  record Rejected(String error) implements SendOutcome {}
}
