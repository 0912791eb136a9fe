package io.millrace.alerting.channel;

import java.util.List;

/** A way to people, checked and ready to use. Its {@code toString} holds no secret. */
public sealed interface Channel permits InboxChannel, SlackChannel, EmailChannel, WebhookChannel {
  /** What the notify logic calls it. */
  String name();

  /** The word for its kind. */
  String type();

  ChannelLimits limits();

  /** What must never appear in a log or an error. */
  List<Secret> secrets();

  /** Checks settings; throws {@link ChannelSettingsException}. */
  static Channel of(ChannelSettings settings) {
    if (!settings.name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw new ChannelSettingsException(
          settings.name(),
          "name",
          "expected 1 to 100 letters, digits, '.', '_' or '-'. Choose another name.");
    }
    return switch (settings.type()) {
      case SlackChannel.TYPE -> SlackChannel.read(settings);
      case EmailChannel.TYPE -> EmailChannel.read(settings);
      case WebhookChannel.TYPE -> WebhookChannel.read(settings);
      default ->
          throw new ChannelSettingsException(
              settings.name(),
              "type",
              "expected slack, email or webhook, but got '" + settings.type() + "'. Correct it.");
    };
  }
}
