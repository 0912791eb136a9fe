package io.millrace.alerting.channel;

import java.util.List;
import java.util.Set;

/**
 * A Slack channel by its incoming webhook.
 *
 * @param url the webhook's address, which is all that is needed to post
 */
public record SlackChannel(String name, Secret url, ChannelLimits limits) implements Channel {
  static final String TYPE = "slack";
  // Slack's own limit for incoming webhooks is about one message a second.
  private static final int RATE_PER_MINUTE = 60;

  static SlackChannel read(ChannelSettings settings) {
    ChannelFields fields =
        new ChannelFields(settings, Set.of("url", "concurrency", "ratePerMinute"));
    return new SlackChannel(settings.name(), fields.url("url"), fields.limits(RATE_PER_MINUTE));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public List<Secret> secrets() {
    return List.of(url);
  }
}
