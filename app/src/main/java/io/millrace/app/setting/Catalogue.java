package io.millrace.app.setting;

import static io.millrace.app.setting.SettingType.choice;
import static io.millrace.app.setting.SettingType.egressEntries;
import static io.millrace.app.setting.SettingType.matching;
import static io.millrace.app.setting.SettingType.path;
import static io.millrace.app.setting.SettingType.text;
import static io.millrace.app.setting.SettingType.truth;
import static io.millrace.app.setting.SettingType.whole;
import static io.millrace.app.setting.SettingType.zone;

import io.millrace.effects.guard.EgressRules;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/**
 * The settings of the installation itself, and the list of all there are, in the order in which the
 * reference shows them.
 */
public final class Catalogue {
  private static final Declarations DECLARED = new Declarations();

  // ---- server ----------------------------------------------------------------------------------

  public static final Setting<Path> HOME =
      declare(
          "home",
          path(),
          "~/.millrace",
          "",
          "Folder of everything Millrace keeps: the store, the workspace database, keys and the"
              + " configuration file. It does not depend on the folder a command is started in, so"
              + " that the same data is found every time.");
  public static final Setting<Long> PORT =
      declare(
          "port",
          whole(0, 65_535),
          "8787",
          "",
          "Port of the web page and the API. 0 takes any free port; the ready line tells which.");
  public static final Setting<String> BIND =
      declare(
          "bind",
          text(),
          "127.0.0.1",
          "",
          "Address to listen on. The default is reachable from this machine only; behind a"
              + " reverse proxy that ends TLS keep it so, else use 0.0.0.0.");

  // ---- first start -----------------------------------------------------------------------------

  public static final Setting<String> ADMIN_PASSWORD =
      secret(
          "admin.password",
          "Password of the user 'admin', used at the first start only. When it is not set, one is"
              + " generated and printed once.");
  public static final Setting<Long> API_LOGIN =
      declare(
          "api.login",
          whole(1, 9_007_199_254_740_991L),
          "",
          "",
          "Login number of an API key with administrator rights that the first start creates, for"
              + " automation. Needs api.secret.");
  public static final Setting<String> API_SECRET =
      secret("api.secret", "Secret of the API key that api.login names.");

  // ---- engine ----------------------------------------------------------------------------------

  public static final Setting<ZoneId> ENGINE_ZONE =
      declare("engine.zone", zone(), "UTC", "", "Time zone of the date functions in templates.");
  public static final Setting<Long> TASK_BYTES_MAX =
      declare(
          "engine.task-bytes-max",
          whole(1_024, 67_108_864),
          "1048576",
          "bytes",
          "Largest data of a task in a process, as compact JSON. A larger one is refused, or leaves"
              + " its node by the error exit.");
  public static final Setting<Long> TASK_STATE_BYTES_MAX =
      declare(
          "engine.task-state-bytes-max",
          whole(1_024, 67_108_864),
          "1048576",
          "bytes",
          "Largest data of a task in a state diagram, as compact JSON.");
  public static final Setting<Long> MOVES_PER_ACTIVATION_MAX =
      declare(
          "engine.moves-per-activation-max",
          whole(1, 1_000_000),
          "1000",
          "moves",
          "Moves after which a running task lets others run.");
  public static final Setting<Long> LOOP_GUARD_LIMIT =
      declare(
          "engine.loop-guard-limit",
          whole(0, 1_000_000),
          "50",
          "repetitions",
          "A task that repeats a circle of at most three nodes so often is stopped. 0: no such"
              + " guard.");
  public static final Setting<Long> MOVES_WITHOUT_REST_MAX =
      declare(
          "engine.moves-without-rest-max",
          whole(10, 10_000_000),
          "10000",
          "moves",
          "A task that moves so often without resting is stopped.");
  public static final Setting<Long> TIMER_MINIMUM_SECONDS =
      declare(
          "engine.timer-minimum-seconds",
          whole(1, 86_400),
          "30",
          "seconds",
          "Used for a dynamic time limit whose value is not a time.");
  public static final Setting<Long> PATH_STEPS_MAX =
      declare(
          "engine.path-steps-max",
          whole(1, 10_000),
          "100",
          "steps",
          "How many of its last steps are kept in a task's path.");
  public static final Setting<Boolean> COPY_TRACE =
      declare(
          "engine.copy-trace",
          truth(),
          "false",
          "",
          "Whether copied tasks carry __copy_...__ parameters that say where they came from.");
  public static final Setting<Boolean> COPY_STRIP_SYSTEM =
      declare(
          "engine.copy-strip-system",
          truth(),
          "false",
          "",
          "Whether copied tasks lose the __conveyor_...__ parameters of the original.");

  // ---- store -----------------------------------------------------------------------------------

  public static final Setting<Long> STORE_LOOPS =
      declare(
          "store.loops",
          whole(1, 256),
          "",
          "threads",
          "How many threads run partitions. Not set: one for each processor core.");
  public static final Setting<Long> STORE_PARTITIONS_PER_LOOP =
      declare(
          "store.partitions-per-loop",
          whole(1, 4_096),
          "",
          "partitions",
          "Partitions for each loop of a new store, which keeps their number for ever; another"
              + " number is refused later. Not set: 2 for a new store, else what the store has.");
  public static final Setting<Long> INBOX_COMMANDS_MAX =
      declare(
          "store.inbox-commands-max",
          whole(100, 10_000_000),
          "20000",
          "commands",
          "How many commands may wait in a partition. Past it callers are told to try again later.");
  public static final Setting<Long> BLOCK_CACHE_BYTES =
      declare(
          "store.block-cache-bytes",
          whole(1 << 20, 1L << 40),
          "134217728",
          "bytes",
          "Memory outside the Java heap for data read from the store.");
  public static final Setting<Long> RETENTION_DAYS =
      declare(
          "store.retention-days",
          whole(0, 36_500),
          "30",
          "days",
          "How long finished tasks are kept in the archive.");
  public static final Setting<Long> SHUTDOWN_GRACE_SECONDS =
      declare(
          "store.shutdown-grace-seconds",
          whole(0, 3_600),
          "10",
          "seconds",
          "How long stopping waits for work that was accepted before.");

  // ---- workspace database ----------------------------------------------------------------------

  public static final Setting<String> DATABASE_URL =
      declare(
          "database.url",
          matching(
              "address", "jdbc:postgresql:.+", "an address such as jdbc:postgresql://host/name"),
          "",
          "",
          "Database of users, rights, folders and alerts. Not set: an embedded one in the home"
              + " folder.");
  public static final Setting<String> DATABASE_USER =
      declare("database.user", text(), "", "", "User of that database.");
  public static final Setting<String> DATABASE_PASSWORD =
      secret("database.password", "Password of that user.");
  public static final Setting<Long> DATABASE_CONNECTIONS_MAX =
      declare(
          "database.connections-max",
          whole(1, 1_000),
          "10",
          "connections",
          "Size of the pool of connections to the database.");
  public static final Setting<String> INSTALLATION_KEY =
      DECLARED.secret(
          "installation.key",
          matching("64 hexadecimal digits", "[0-9a-fA-F]{64}", "64 hexadecimal digits"),
          "Key that encrypts stored secrets (API keys, channel credentials). Not set: a key file in"
              + " the home folder, made at the first start. Without the key these secrets are lost:"
              + " back it up apart from the database.");

  // ---- signing in ------------------------------------------------------------------------------

  public static final Setting<Long> SESSION_HOURS =
      declare(
          "session.lifetime-hours",
          whole(1, 8_760),
          "12",
          "hours",
          "How long an unused browser session lives.");

  // ---- requests in -----------------------------------------------------------------------------

  public static final Setting<Long> BODY_BYTES_MAX =
      declare(
          "http.body-bytes-max",
          whole(1_024, 1 << 30),
          "16777216",
          "bytes",
          "Largest request body, as sent and after decompression.");
  public static final Setting<Long> UPLOAD_BYTES_MAX =
      declare(
          "http.upload-bytes-max",
          whole(1_024, 1 << 30),
          "209715200",
          "bytes",
          "Largest upload of an export file.");
  public static final Setting<Long> CONNECTIONS_MAX =
      declare(
          "http.connections-max",
          whole(10, 1_000_000),
          "10000",
          "connections",
          "Further connections are closed at once.");

  // ---- requests out ----------------------------------------------------------------------------

  public static final Setting<Long> CALL_TIMEOUT_MILLIS =
      declare(
          "call.timeout-millis",
          whole(100, 600_000),
          "60000",
          "milliseconds",
          "How long an API call node waits for the answer.");
  public static final Setting<Long> CALL_RESPONSE_BYTES_MAX =
      declare(
          "call.response-bytes-max",
          whole(1_024, 268_435_456),
          "5242880",
          "bytes",
          "Largest answer that an API call node reads.");
  public static final Setting<Long> CALLS_MAX =
      declare(
          "call.running-max",
          whole(1, 100_000),
          "512",
          "calls",
          "How many API calls run at the same time; further ones wait.");
  public static final Setting<Long> PERMITS_DEFAULT =
      declare(
          "call.permits-default",
          whole(1, 10_000),
          "5",
          "calls",
          "How many calls of one node run at the same time when the node does not say.");
  public static final Setting<Long> PERMIT_WAIT_MILLIS =
      declare(
          "call.permit-wait-millis",
          whole(100, 86_400_000),
          "600000",
          "milliseconds",
          "How long a task waits for its turn to call before it leaves by the error exit.");
  public static final Setting<List<String>> EGRESS_ALLOW =
      declare(
          EgressRules.SETTING,
          egressEntries(),
          "",
          "",
          "What nodes and alert channels may reach beyond the public internet: blocks of addresses"
              + " such as 10.1.0.0/16, or destinations such as relay.example.internal:8025."
              + " Loopback, link-local, private and cloud metadata addresses are refused unless they"
              + " stand here.");
  public static final Setting<Boolean> EGRESS_GUARD =
      declare(
          "egress.guard",
          truth(),
          "true",
          "",
          "Whether that guard is on. Off, everyone who may edit a process can reach everything that"
              + " this machine can.");

  // ---- alerts ----------------------------------------------------------------------------------

  public static final Setting<Long> ALERT_RETENTION_DAYS =
      declare(
          "alerts.retention-days",
          whole(1, 36_500),
          "90",
          "days",
          "How long alerts are kept in the inbox, since they were last seen.");
  public static final Setting<Long> ALERT_GIVE_UP_HOURS =
      declare(
          "alerts.give-up-hours",
          whole(0, 8_760),
          "24",
          "hours",
          "How long the delivery of an alert to a channel is tried again; it is tried once in any"
              + " case.");
  public static final Setting<Long> ALERT_GROUP_MINUTES =
      declare(
          "alerts.group-minutes",
          whole(0, 10_080),
          "60",
          "minutes",
          "Alerts with the same key are one alert with a count as long as they follow each other"
              + " within this time.");

  // ---- logs ------------------------------------------------------------------------------------

  public static final Setting<String> LOG_FORMAT =
      declare(
          "log.format",
          choice("auto", "text", "json"),
          "auto",
          "",
          "Form of the log on standard error. auto: lines for people on a terminal, JSON"
              + " otherwise.");
  public static final Setting<String> LOG_LEVEL =
      declare(
          "log.level",
          choice("error", "warn", "info", "debug"),
          "info",
          "",
          "The least serious messages that are logged.");

  public static final List<Setting<?>> ALL =
      Stream.concat(DECLARED.all().stream(), Links.ALL.stream()).toList();

  private Catalogue() {}

  private static <T> Setting<T> declare(
      String name, SettingType<T> type, String defaultText, String unit, String description) {
    return DECLARED.declare(name, type, defaultText, unit, description);
  }

  private static Setting<String> secret(String name, String description) {
    return DECLARED.secret(name, text(), description);
  }
}
