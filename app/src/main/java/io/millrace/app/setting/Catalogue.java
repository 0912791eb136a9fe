package io.millrace.app.setting;

import static io.millrace.app.setting.SettingType.choice;
import static io.millrace.app.setting.SettingType.path;
import static io.millrace.app.setting.SettingType.text;
import static io.millrace.app.setting.SettingType.texts;
import static io.millrace.app.setting.SettingType.truth;
import static io.millrace.app.setting.SettingType.whole;
import static io.millrace.app.setting.SettingType.zone;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All settings there are, in the order in which the reference shows them. */
public final class Catalogue {
  private static final List<Setting<?>> DECLARED = new ArrayList<>();

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

  public static final Setting<Long> STORE_PARTITIONS =
      declare(
          "store.partitions",
          whole(1, 1_024),
          "",
          "",
          "How many partitions a new store has; an existing store keeps its own. Not set: twice"
              + " the number of processor cores.");
  public static final Setting<Long> INBOX_COMMANDS_MAX =
      declare(
          "store.inbox-commands-max",
          whole(100, 10_000_000),
          "20000",
          "commands",
          "How many commands may wait in a partition. Past it callers are told to try again later.");

  // ---- API calls out ---------------------------------------------------------------------------

  public static final Setting<Long> HTTP_TIMEOUT_MILLIS =
      declare(
          "http-call.timeout-millis",
          whole(100, 600_000),
          "60000",
          "milliseconds",
          "How long an API call node waits for the answer.");
  public static final Setting<Long> HTTP_RESPONSE_BYTES_MAX =
      declare(
          "http-call.response-bytes-max",
          whole(1_024, 268_435_456),
          "5242880",
          "bytes",
          "Largest answer that an API call node reads.");
  public static final Setting<List<String>> EGRESS_ALLOW =
      declare(
          "http-call.egress-allow",
          texts(),
          "",
          "",
          "Private addresses that nodes and alert channels may call all the same: addresses,"
              + " networks such as 10.1.0.0/16, or host names. Everything public is allowed;"
              + " loopback, link-local, private and cloud metadata addresses are refused unless"
              + " they stand here.");

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

  public static final List<Setting<?>> ALL = List.copyOf(DECLARED);

  private static final int DISTANCE_MAX = 4;

  private Catalogue() {}

  /** The declaration that a full name belongs to. */
  static Optional<Setting<?>> find(String name) {
    return ALL.stream()
        .filter(setting ->
            setting.many() ? setting.instanceOf(name).isPresent() : setting.name().equals(name))
        .findFirst();
  }

  /** The most similar name, when one is similar at all; of variables when {@code variable}. */
  static Optional<String> nearest(String name, boolean variable) {
    String best = "";
    int least = DISTANCE_MAX + 1;
    for (Setting<?> setting : ALL) {
      String candidate = variable ? setting.environmentName() : setting.name();
      int distance = distance(name, candidate);
      // A name without its group is the commonest slip: timeout-millis, egress-allow.
      if (!variable && candidate.endsWith('.' + name)) {
        distance = 1;
      }
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /** What is wrong only in combination. */
  static List<SettingProblem> checkTogether(Settings settings) {
    List<SettingProblem> problems = new ArrayList<>();
    together(settings, API_LOGIN, API_SECRET, problems);
    together(settings, API_SECRET, API_LOGIN, problems);
    return problems;
  }

  private static void together(
      Settings settings, Setting<?> one, Setting<?> other, List<SettingProblem> problems) {
    if (settings.find(one).isPresent() && settings.find(other).isEmpty()) {
      problems.add(
          new SettingProblem(
              other.name(),
              "",
              "not set",
              "a value, since " + one.name() + " is set",
              "Set both, or neither."));
    }
  }

  /** Levenshtein's edit distance. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int line = 1; line <= one.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column < row.length; column++) {
        int replaced = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[other.length()];
  }

  private static <T> Setting<T> declare(
      String name, SettingType<T> type, String defaultText, String unit, String description) {
    Setting<T> setting = new Setting<>(name, type, defaultText, unit, description, false);
    DECLARED.add(setting);
    return setting;
  }

  private static Setting<String> secret(String name, String description) {
    Setting<String> setting = new Setting<>(name, text(), "", "", description, true);
    DECLARED.add(setting);
    return setting;
  }
}
