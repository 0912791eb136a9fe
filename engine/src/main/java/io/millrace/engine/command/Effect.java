package io.millrace.engine.command;

import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Work outside the engine, as data. It may be done more than once (after a crash it is started
 * again), always under the same id.
 */
public sealed interface Effect {
  EffectId id();

  long processId();

  NodeId nodeId();

  /**
   * One HTTP request.
   *
   * @param method upper case
   * @param url absolute, with its query
   * @param headers in order; names as the author wrote them
   * @param body bytes to send, or null for none
   * @param timeoutMillis for the whole exchange
   * @param responseBytesMax a longer answer is a failure
   */
  record HttpCall(
      EffectId id,
      long processId,
      NodeId nodeId,
      String method,
      String url,
      List<Header> headers,
      byte @Nullable [] body,
      long timeoutMillis,
      long responseBytesMax)
      implements Effect {
    public HttpCall {
      headers = List.copyOf(headers);
    }
  }

  /** A header of a request or an answer. */
  record Header(String name, String value) {}

  /**
   * One alert for people.
   *
   * @param timeMillis when the task asked
   * @param channel name of a configured channel, such as {@code inbox}
   * @param recipients channel-specific addresses; empty: the channel's own default
   * @param severity {@code info}, {@code low}, {@code medium}, {@code high} or {@code critical}
   * @param fields label to value, in order
   * @param dedupKey alerts with the same key belong together; empty: stands alone
   */
  record Notify(
      EffectId id,
      long processId,
      NodeId nodeId,
      long timeMillis,
      String channel,
      List<String> recipients,
      String title,
      String text,
      String severity,
      Map<String, String> fields,
      String dedupKey)
      implements Effect {
    public Notify {
      recipients = List.copyOf(recipients);
    }
  }
}
