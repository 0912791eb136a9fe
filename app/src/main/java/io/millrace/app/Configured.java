package io.millrace.app;

import io.millrace.alerting.AlertingSettings;
import io.millrace.alerting.channel.ChannelSettings;
import io.millrace.alerting.deliver.DeliverySettings;
import io.millrace.alerting.group.GroupSettings;
import io.millrace.alerting.inbox.RetentionSettings;
import io.millrace.app.setting.Catalogue;
import io.millrace.app.setting.Links;
import io.millrace.app.setting.Setting;
import io.millrace.app.setting.Settings;
import io.millrace.effects.guard.EgressRules;
import io.millrace.engine.command.EngineSettings;
import io.millrace.http.HttpSettings;
import io.millrace.runtime.LocalHostSettings;
import io.millrace.workspace.WorkspaceSettings;
import io.millrace.workspace.version.SchemeCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns the settings into what each module asks for. */
final class Configured {
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final Settings settings;

  Configured(Settings settings) {
    this.settings = settings;
  }

  Path home() {
    return settings.get(Catalogue.HOME);
  }

  /** Folder of the local host's store. */
  Path store() {
    return home().resolve("store");
  }

  EngineSettings engine() {
    return new EngineSettings(
        settings.getInt(Catalogue.TASK_BYTES_MAX),
        settings.getInt(Catalogue.TASK_STATE_BYTES_MAX),
        settings.getInt(Catalogue.MOVES_PER_ACTIVATION_MAX),
        settings.getInt(Catalogue.LOOP_GUARD_LIMIT),
        settings.getInt(Catalogue.MOVES_WITHOUT_REST_MAX),
        settings.getInt(Catalogue.TIMER_MINIMUM_SECONDS),
        settings.get(Catalogue.CALL_TIMEOUT_MILLIS),
        settings.get(Catalogue.CALL_RESPONSE_BYTES_MAX),
        settings.get(Catalogue.PERMIT_WAIT_MILLIS),
        settings.getInt(Catalogue.PERMITS_DEFAULT),
        settings.getInt(Catalogue.PATH_STEPS_MAX),
        settings.get(Catalogue.COPY_TRACE),
        settings.get(Catalogue.COPY_STRIP_SYSTEM),
        settings.get(Catalogue.ENGINE_ZONE));
  }

  LocalHostSettings host() {
    LocalHostSettings defaults = LocalHostSettings.in(store());
    return new LocalHostSettings(
        store(),
        settings.find(Catalogue.STORE_LOOPS).map(Math::toIntExact).orElse(defaults.loops()),
        settings
            .find(Catalogue.STORE_PARTITIONS_PER_LOOP)
            .map(Math::toIntExact)
            .orElse(defaults.partitionsPerLoop()),
        settings.getInt(Catalogue.INBOX_COMMANDS_MAX),
        defaults.batchCommandsMax(),
        settings.get(Catalogue.BLOCK_CACHE_BYTES),
        defaults.retentionInterval(),
        Duration.ofSeconds(settings.get(Catalogue.SHUTDOWN_GRACE_SECONDS)));
  }

  WorkspaceSettings workspace(InstantSource clock, SchemeCheck check) {
    return new WorkspaceSettings(
        home().resolve("workspace"),
        settings.find(Catalogue.DATABASE_URL).orElse(""),
        settings.find(Catalogue.DATABASE_USER).orElse(""),
        settings.find(Catalogue.DATABASE_PASSWORD).orElse(""),
        settings.getInt(Catalogue.DATABASE_CONNECTIONS_MAX),
        settings.find(Catalogue.INSTALLATION_KEY).orElse(null),
        clock,
        check,
        settings.getInt(Catalogue.RETENTION_DAYS),
        Duration.ofHours(settings.get(Catalogue.SESSION_HOURS)));
  }

  HttpSettings http() {
    HttpSettings defaults = HttpSettings.DEFAULT;
    return new HttpSettings(
        settings.get(Catalogue.BIND),
        settings.getInt(Catalogue.PORT),
        settings.getInt(Catalogue.BODY_BYTES_MAX),
        settings.getInt(Catalogue.UPLOAD_BYTES_MAX),
        defaults.headerBytesMax(),
        defaults.requestLineBytesMax(),
        defaults.idleTimeoutSeconds(),
        defaults.headerTimeoutSeconds(),
        defaults.bodyTimeoutSeconds(),
        settings.getInt(Catalogue.CONNECTIONS_MAX),
        defaults.eventLoops(),
        defaults.closeTimeoutSeconds());
  }

  EgressRules egress() {
    return settings.get(Catalogue.EGRESS_GUARD)
        ? EgressRules.allowing(settings.find(Catalogue.EGRESS_ALLOW).orElse(List.of()))
        : EgressRules.off();
  }

  AlertingSettings alerting() {
    AlertingSettings defaults = AlertingSettings.of(channels());
    DeliverySettings delivery = defaults.delivery();
    RetentionSettings retention = defaults.retention();
    return new AlertingSettings(
        channels(),
        new GroupSettings(
            settings.get(Catalogue.ALERT_GROUP_MINUTES) * MINUTE_MILLIS,
            defaults.grouping().reminderMillis(),
            defaults.grouping().occurrencesMax()),
        new DeliverySettings(
            delivery.firstDelayMillis(),
            delivery.factor(),
            delivery.maxDelayMillis(),
            settings.get(Catalogue.ALERT_GIVE_UP_HOURS) * HOUR_MILLIS,
            delivery.httpTimeoutMillis()),
        new RetentionSettings(
            settings.get(Catalogue.ALERT_RETENTION_DAYS) * DAY_MILLIS,
            retention.alertsMax(),
            retention.deliveryMillis(),
            retention.deliveriesMax(),
            retention.effectMillis(),
            retention.intervalMillis()),
        defaults.pendingMax(),
        defaults.heartbeatMillis());
  }

  private List<ChannelSettings> channels() {
    List<ChannelSettings> channels = new ArrayList<>();
    for (String name : settings.names(Links.CHANNEL_TYPE)) {
      Map<String, String> fields = new HashMap<>();
      for (Setting<?> setting : Links.CHANNEL) {
        settings
            .text(setting, name)
            .filter(text -> !setting.equals(Links.CHANNEL_TYPE))
            .ifPresent(text -> fields.put(field(setting), text));
      }
      channels.add(
          new ChannelSettings(name, settings.find(Links.CHANNEL_TYPE, name).orElseThrow(), fields));
    }
    return channels;
  }

  /** {@code alerts.channel.<name>.timeout-millis} is the channel's field {@code timeoutMillis}. */
  private static String field(Setting<?> setting) {
    String last = setting.name().substring(setting.name().lastIndexOf('.') + 1);
    StringBuilder field = new StringBuilder();
    for (String word : last.split("-", -1)) {
      field.append(
          field.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return field.toString();
  }
}
