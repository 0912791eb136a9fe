package io.millrace.alerting.channel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Posts a {@link SlackMessage} to the channel's incoming webhook. */
final class SlackSender implements ChannelSender {
  private final SlackChannel channel;
  private final HttpDelivery http;

  SlackSender(SlackChannel channel, HttpDelivery http) {
    this.channel = channel;
    this.http = http;
  }

  @Override
  public void send(OutgoingAlert alert, Consumer<SendOutcome> done) {
    byte[] body = SlackMessage.of(alert).toString().getBytes(StandardCharsets.UTF_8);
    http.post(channel.url(), List.of(), body, done);
  }
}
