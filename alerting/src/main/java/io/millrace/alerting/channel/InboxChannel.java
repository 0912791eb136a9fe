package io.millrace.alerting.channel;

import java.util.List;

/** The built-in inbox. It is always there; an alert is delivered when it is stored. */
public record InboxChannel() implements Channel {
  public static final String NAME = "inbox";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String type() {
    return NAME;
  }

  @Override
  public ChannelLimits limits() {
    return new ChannelLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  @Override
  public List<Secret> secrets() {
    return List.of();
  }
}
