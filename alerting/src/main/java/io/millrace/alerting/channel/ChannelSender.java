package io.millrace.alerting.channel;

import java.util.function.Consumer;

/** Sends over one channel. */
@FunctionalInterface
public interface ChannelSender {
  /**
   * Makes one attempt. May block its thread, which is a virtual one; {@code done} is called exactly
   * once, on any thread. Never throws.
   */
  void send(OutgoingAlert alert, Consumer<SendOutcome> done);
}
