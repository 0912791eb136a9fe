package io.millrace.engine.command;

import java.util.List;

/** What came of an effect. */
public sealed interface EffectResult {

  /**
   * The other side answered, whatever its status.
   *
   * @param headers in the order received
   * @param body empty array when there was none
   * @param elapsedMicros from sending to the end of the answer
   */
  record HttpAnswer(int status, List<Effect.Header> headers, byte[] body, long elapsedMicros)
      implements EffectResult {
    public HttpAnswer {
      headers = List.copyOf(headers);
    }
  }

  /** No usable answer. */
  record HttpFailed(HttpFailure failure, String detail) implements EffectResult {}

  /** Kinds of {@link HttpFailed}. */
  enum HttpFailure {
    /** No answer in time. */
    TIMEOUT,
    /** No connection: refused, unknown host, TLS. */
    CONNECT,
    /** The egress guard forbids the address. */
    BLOCKED,
    /** The answer is longer than allowed. */
    TOO_LARGE,
    /** The request could not be built (URL, header). */
    INVALID_REQUEST,
    /** The executor failed. */
    INTERNAL
  }

  /**
   * The alert reached its channel.
   *
   * @param deliveryId the channel's own id of the message, or the inbox's alert id; may be empty
   */
  record Notified(String deliveryId) implements EffectResult {}

  /**
   * The alert was given up.
   *
   * @param tag {@code notify_rejected} (the channel refused it for good), {@code notify_expired}
   *     (retries ran out), {@code notify_unknown_channel}, {@code notify_fatal_error}
   */
  record NotifyFailed(String tag, String description) implements EffectResult {}
}
