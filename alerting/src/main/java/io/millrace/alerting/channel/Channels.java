package io.millrace.alerting.channel;

import io.millrace.effects.http.GuardedHttpClient;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The configured channels by name, each with its sender; the inbox is always among them. */
public final class Channels {
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final Map<String, ChannelSender> senders = new LinkedHashMap<>();

  /**
   * Checks all settings.
   *
   * @param httpTimeoutMillis for one attempt of a channel that speaks HTTP
   * @throws ChannelSettingsException for the first that cannot be used
   */
  public Channels(
      List<ChannelSettings> settings,
      GuardedHttpClient client,
      InstantSource clock,
      long httpTimeoutMillis) {
    add(new InboxChannel(), Channels::storedAlready);
    for (ChannelSettings one : settings) {
      if (channels.containsKey(one.name())) {
        throw new ChannelSettingsException(
            one.name(), "name", "is taken by another channel. Choose another name.");
      }
      Channel channel = Channel.of(one);
      Redactor redactor = new Redactor(channel);
      HttpDelivery http = new HttpDelivery(client, clock, httpTimeoutMillis, redactor);
      add(
          channel,
          switch (channel) {
            case InboxChannel _ -> Channels::storedAlready;
            case SlackChannel slack -> new SlackSender(slack, http);
            case EmailChannel email -> new EmailSender(email, redactor);
            case WebhookChannel webhook -> new WebhookSender(webhook, http, clock);
          });
    }
  }

  public @Nullable Channel find(String name) {
    return channels.get(name);
  }

  /** The sender of a configured channel. */
  public ChannelSender sender(Channel channel) {
    ChannelSender sender = senders.get(channel.name());
    if (sender == null) {
      throw new IllegalArgumentException("Channel '" + channel.name() + "' is not configured");
    }
    return sender;
  }

  /** In the order of the configuration, the inbox first. */
  public Collection<Channel> all() {
    return channels.values();
  }

  private void add(Channel channel, ChannelSender sender) {
    channels.put(channel.name(), channel);
    senders.put(channel.name(), sender);
  }

  private static void storedAlready(OutgoingAlert alert, Consumer<SendOutcome> done) {
    done.accept(new SendOutcome.Sent(Long.toString(alert.group().id()), ""));
  }
}
