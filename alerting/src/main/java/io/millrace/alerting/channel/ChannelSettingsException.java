package io.millrace.alerting.channel;

/** A channel's settings cannot be used; the message names channel and field, never a secret. */
public final class ChannelSettingsException extends IllegalArgumentException {
  private final String channel;
  private final String field;

  ChannelSettingsException(String channel, String field, String problem) {
    super("Channel '" + channel + "', field '" + field + "': " + problem);
    this.channel = channel;
    this.field = field;
  }

  public String channel() {
    return channel;
  }

  public String field() {
    return field;
  }
}
