package io.millrace.alerting;

import io.millrace.alerting.channel.ChannelSettings;
import io.millrace.alerting.deliver.DeliverySettings;
import io.millrace.alerting.group.GroupSettings;
import io.millrace.alerting.inbox.RetentionSettings;
import java.util.List;

/**
 * Everything that can be set about alerts.
 *
 * @param pendingMax alerts that wait to be stored; more fail at once, so that memory stays bounded
 * @param heartbeatMillis how often a silent live connection shows that it is alive
 */
public record AlertingSettings(
    List<ChannelSettings> channels,
    GroupSettings grouping,
    DeliverySettings delivery,
    RetentionSettings retention,
    int pendingMax,
    long heartbeatMillis) {
  public AlertingSettings {
    channels = List.copyOf(channels);
  }

  /** The defaults, with these channels besides the inbox. */
  public static AlertingSettings of(List<ChannelSettings> channels) {
    return new AlertingSettings(
        channels,
        GroupSettings.defaults(),
        DeliverySettings.defaults(),
        RetentionSettings.defaults(),
        100_000,
        15_000);
  }
}
