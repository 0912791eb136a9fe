package io.millrace.app.setting;

import static io.millrace.app.setting.SettingType.choice;
import static io.millrace.app.setting.SettingType.httpAddress;
import static io.millrace.app.setting.SettingType.text;
import static io.millrace.app.setting.SettingType.whole;

import java.util.List;

/**
 * The settings that may be given many times, under names of the user's choice: what the
 * installation is linked with.
 */
public final class Links {
  private static final Declarations DECLARED = new Declarations();

  // ---- CloudTrail by queue ---------------------------------------------------------------------

  public static final Setting<String> SOURCE_QUEUE_URL =
      declare(
          "aws.source.<name>.queue-url",
          httpAddress(),
          "",
          "",
          "Address of the SQS queue that gets the bucket's notifications. The name in the middle is"
              + " yours: one for each account or trail.");
  public static final Setting<String> SOURCE_PROCESS =
      declare(
          "aws.source.<name>.process",
          text(),
          "",
          "",
          "Number or title of the process that gets the records.");
  public static final Setting<String> SOURCE_REGION =
      declare("aws.source.<name>.region", text(), "", "", "Region of the queue and the bucket.");
  public static final Setting<String> SOURCE_PROFILE =
      declare(
          "aws.source.<name>.profile",
          text(),
          "",
          "",
          "Profile of the AWS configuration files. Not set: the default chain of credentials"
              + " (environment, profile, container, instance).");
  public static final Setting<String> SOURCE_SQS_ENDPOINT =
      declare(
          "aws.source.<name>.sqs-endpoint",
          httpAddress(),
          "",
          "",
          "Another place for the queue service, such as a VPC endpoint.");
  public static final Setting<String> SOURCE_S3_ENDPOINT =
      declare(
          "aws.source.<name>.s3-endpoint",
          httpAddress(),
          "",
          "",
          "Another place for the object store; it is asked with the bucket in the path.");
  public static final Setting<Long> SOURCE_FILES_MAX =
      declare(
          "aws.source.<name>.files-max",
          whole(1, 64),
          "4",
          "messages",
          "How many messages are worked on at the same time.");
  public static final Setting<Long> SOURCE_VISIBILITY_SECONDS =
      declare(
          "aws.source.<name>.visibility-seconds",
          whole(2, 43_200),
          "120",
          "seconds",
          "How long a message is held before another reader may get it; extended while its files"
              + " are read.");

  // ---- channels of alerts -----------------------------------------------------------------------

  public static final Setting<String> CHANNEL_TYPE =
      declare(
          "alerts.channel.<name>.type",
          choice("slack", "email", "webhook"),
          "",
          "",
          "What the channel is. The name in the middle is what processes call it; the built-in inbox"
              + " is always there, as 'inbox'.");
  public static final Setting<String> CHANNEL_URL =
      DECLARED.secret(
          "alerts.channel.<name>.url",
          httpAddress(),
          "Address that alerts are posted to: of Slack's incoming webhook, or of your own. Secret,"
              + " because such addresses carry tokens.");
  public static final Setting<String> CHANNEL_SECRET =
      DECLARED.secret(
          "alerts.channel.<name>.secret",
          text(),
          "Webhook: key of the signature by which the receiver knows us.");
  public static final Setting<String> CHANNEL_HOST =
      declare("alerts.channel.<name>.host", text(), "", "", "E-mail: name of the SMTP server.");
  public static final Setting<Long> CHANNEL_PORT =
      declare(
          "alerts.channel.<name>.port",
          whole(1, 65_535),
          "",
          "",
          "E-mail: port of the SMTP server. Not set: 465 with tls, else 587.");
  public static final Setting<String> CHANNEL_SECURITY =
      declare(
          "alerts.channel.<name>.security",
          choice("starttls", "tls", "starttls-optional", "none"),
          "",
          "",
          "E-mail: how the connection is protected. Not set: starttls, which is required then.");
  public static final Setting<String> CHANNEL_USER =
      declare("alerts.channel.<name>.user", text(), "", "", "E-mail: user of the SMTP server.");
  public static final Setting<String> CHANNEL_PASSWORD =
      DECLARED.secret("alerts.channel.<name>.password", text(), "E-mail: password of that user.");
  public static final Setting<String> CHANNEL_FROM =
      declare("alerts.channel.<name>.from", text(), "", "", "E-mail: address of the sender.");
  public static final Setting<String> CHANNEL_TO =
      declare(
          "alerts.channel.<name>.to",
          text(),
          "",
          "",
          "E-mail: addresses of the recipients when the process names none, separated by commas.");
  public static final Setting<String> CHANNEL_TRUSTED_CERTIFICATES =
      declare(
          "alerts.channel.<name>.trusted-certificates",
          text(),
          "",
          "",
          "E-mail: file with certificates (PEM) to trust instead of the usual ones.");
  public static final Setting<Long> CHANNEL_TIMEOUT_MILLIS =
      declare(
          "alerts.channel.<name>.timeout-millis",
          whole(100, 300_000),
          "",
          "milliseconds",
          "E-mail: wait for the SMTP server. Not set: 30000.");
  public static final Setting<Long> CHANNEL_CONCURRENCY =
      declare(
          "alerts.channel.<name>.concurrency",
          whole(1, 100),
          "",
          "deliveries",
          "How many deliveries run at the same time. Not set: 4.");
  public static final Setting<Long> CHANNEL_RATE_PER_MINUTE =
      declare(
          "alerts.channel.<name>.rate-per-minute",
          whole(1, 1_000_000),
          "",
          "deliveries",
          "How many deliveries are begun in a minute at most. Not set: what suits the type.");

  static final List<Setting<?>> ALL = DECLARED.all();

  /** All settings of one channel. */
  public static final List<Setting<?>> CHANNEL =
      ALL.stream().filter(setting -> setting.name().startsWith("alerts.channel.")).toList();

  private Links() {}

  private static <T> Setting<T> declare(
      String name, SettingType<T> type, String defaultText, String unit, String description) {
    return DECLARED.declare(name, type, defaultText, unit, description);
  }
}
