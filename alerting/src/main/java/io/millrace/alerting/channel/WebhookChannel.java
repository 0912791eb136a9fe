package io.millrace.alerting.channel;

import java.util.List;
import java.util.Set;

/**
 * Any HTTP service of the operator's: a signed POST.
 *
 * @param secret key of the signature, shared with the receiver
 */
public record WebhookChannel(String name, Secret url, Secret secret, ChannelLimits limits)
    implements Channel {
  static final String TYPE = "webhook";
  private static final int SECRET_LENGTH_MIN = 16;
  private static final int RATE_PER_MINUTE = 600;

  static WebhookChannel read(ChannelSettings settings) {
    ChannelFields fields =
        new ChannelFields(settings, Set.of("url", "secret", "concurrency", "ratePerMinute"));
    Secret secret = new Secret(fields.required("secret", "the key of the signature"));
    if (secret.reveal().length() < SECRET_LENGTH_MIN) {
      throw fields.wrong(
          "secret", "expected at least " + SECRET_LENGTH_MIN + " characters. Choose a longer key.");
    }
    return new WebhookChannel(
        settings.name(), fields.url("url"), secret, fields.limits(RATE_PER_MINUTE));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public List<Secret> secrets() {
    return List.of(url, secret);
  }
}
