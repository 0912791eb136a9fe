package io.millrace.server.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Says in one sentence what a logic or semaphore does, for people who look at a process. Knows
 * every logic of the format and our own notify logic; of any other it says its name.
 */
public final class LogicSummary {
  private static final int VALUE_CHARS_MAX = 80;
  private static final int LISTED_MAX = 4;

  private final Map<String, String> titles;

  /**
   * @param titles titles of the nodes of the process by id
   */
  public LogicSummary(Map<String, String> titles) {
    this.titles = titles;
  }

  /** One line. */
  public String logic(JsonNode logic) {
    return switch (logic.path("type").asString("")) {
      case "go" -> "Go to " + node(logic.path("to_node_id"));
      case "go_if_const" -> "If " + conditions(logic) + ", go to " + node(logic.path("to_node_id"));
      case "set_param" -> "Set " + assignments(logic.path("extra"), "nothing");
      case "api" -> apiCall(logic);
      case "api_callback" -> "Wait for a callback" + at(logic.path("obj_id_path"));
      case "api_code" -> "Run " + language(logic.path("lang").asString("")) + " code";
      case "api_copy" -> copy(logic);
      case "api_rpc" ->
          "Call process "
              + text(logic.path("conv_id"))
              + data(logic, "extra")
              + " and wait for its reply";
      case "api_rpc_reply" -> reply(logic);
      case "api_sum" -> "Add up " + sums(logic.path("extra"));
      case "api_queue" -> "Wait in the queue until a task is taken from it";
      case "api_get_task" -> takeFromQueue(logic);
      case "db_call" -> "Query database " + text(logic.path("instance_id"));
      case "git_call", "api_git" -> "Run code from git" + from(logic.path("repo"));
      case "api_form" -> "Show a form";
      case "millrace_notify" -> notification(logic);
      case "" -> "A logic without a type";
      case String other -> "Unknown logic " + other;
    };
  }

  /** One line. */
  public String semaphore(JsonNode semaphore) {
    return switch (semaphore.path("type").asString("")) {
      case "time" -> "After " + duration(semaphore) + ", go to " + node(timeTarget(semaphore));
      case "count" ->
          "When "
              + text(semaphore.path("value"))
              + " or more tasks are here, alert "
              + node(countTarget(semaphore));
      case String other -> "Unknown semaphore " + other;
    };
  }

  static JsonNode timeTarget(JsonNode semaphore) {
    JsonNode target = semaphore.path("to_node_id");
    return target.asString("").isEmpty() ? semaphore.path("esc_node_id") : target;
  }

  static JsonNode countTarget(JsonNode semaphore) {
    JsonNode target = semaphore.path("esc_node_id");
    return target.asString("").isEmpty() ? semaphore.path("to_node_id") : target;
  }

  private String node(JsonNode id) {
    String text = id.asString("");
    if (text.isEmpty()) {
      return "nowhere";
    }
    String title = titles.get(text);
    if (title == null) {
      return "a missing node";
    }
    return title.isBlank() ? "an unnamed node" : "“" + shortened(title) + "”";
  }

  private static String conditions(JsonNode logic) {
    // The first version of the format has its one condition in the logic itself.
    JsonNode list = logic.path("conditions");
    if (!list.isArray()) {
      return condition(logic);
    }
    List<String> texts = new ArrayList<>();
    list.forEach(condition -> texts.add(condition(condition)));
    return texts.isEmpty() ? "nothing is asked" : String.join(" and ", texts);
  }

  private static String condition(JsonNode condition) {
    String constant = text(condition.path("const"));
    String operator =
        switch (condition.path("fun").asString("eq")) {
          case "eq", "=" -> "is";
          case "not_eq", "ne", "!=" -> "is not";
          case "more", "gt", ">" -> "is more than";
          case "less", "lt", "<" -> "is less than";
          case "more_or_eq", "ge" -> "is at least";
          case "less_or_eq", "le" -> "is at most";
          case "regexp", "regex" -> "matches";
          case String other -> other;
        };
    return text(condition.path("param"))
        + " "
        + operator
        + " "
        + (constant.isEmpty() ? "empty" : constant);
  }

  private static String assignments(JsonNode values, String none) {
    List<String> texts = new ArrayList<>();
    values.forEachEntry((name, value) -> texts.add(shortened(name) + " = " + text(value)));
    return texts.isEmpty() ? none : listed(texts);
  }

  private static String apiCall(JsonNode logic) {
    String format = logic.path("format").asString("");
    String method =
        format.equals("conveyor") ? "POST" : logic.path("method").asString("POST").trim();
    String url = text(logic.path("url"));
    String how =
        switch (format) {
          case "raw" -> " with a raw body";
          case "conveyor" -> " with the whole task";
          default -> logic.path("extra").isEmpty() ? "" : data(logic, "extra");
        };
    return "Call " + (method.isEmpty() ? "POST" : method) + " " + url + how;
  }

  private static String copy(JsonNode logic) {
    boolean modify = logic.path("mode").asString("create").equals("modify");
    String process = "process " + text(logic.path("conv_id"));
    String reference = text(logic.path("ref"));
    boolean whole =
        logic.path("group").asString("").equals("all")
            || logic.path("send_parent_data").asBoolean(false);
    String what = whole ? " with all its data" : data(logic, "data");
    String waits = logic.path("is_sync").asBoolean(false) ? ", and wait until it is done" : "";
    return modify
        ? "Modify task " + (reference.isEmpty() ? "?" : reference) + " of " + process + what + waits
        : "Copy the task to " + process + what + waits;
  }

  private static String data(JsonNode logic, String member) {
    List<String> names = new ArrayList<>();
    logic.path(member).forEachEntry((name, value) -> names.add(shortened(name)));
    return names.isEmpty() ? "" : " with " + listed(names);
  }

  private static String reply(JsonNode logic) {
    if (logic.path("throw_exception").asBoolean(false)) {
      return "Reply with the error " + text(logic.path("exception_reason"));
    }
    JsonNode data = logic.path("res_data");
    if (data.isArray()) {
      List<String> names = new ArrayList<>();
      data.forEach(name -> names.add(text(name)));
      return names.isEmpty() ? "Reply" : "Reply with " + listed(names);
    }
    String values = assignments(data, "");
    return values.isEmpty() ? "Reply" : "Reply with " + values;
  }

  private static String sums(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(sum -> names.add(text(sum.path("value")) + " as " + text(sum.path("name"))));
    return names.isEmpty() ? "nothing" : listed(names);
  }

  private static String takeFromQueue(JsonNode logic) {
    boolean newest = logic.path("order_by").asString("ASC").equalsIgnoreCase("DESC");
    return "Take the "
        + (newest ? "newest" : "oldest")
        + " task from a queue of process "
        + text(logic.path("conv_id"));
  }

  private static String notification(JsonNode logic) {
    String severity = text(logic.path("severity"));
    String channel = text(logic.path("channel"));
    return "Alert "
        + (channel.isEmpty() ? "the inbox" : channel)
        + (severity.isEmpty() ? "" : " (" + severity + ")")
        + ": "
        + text(logic.path("title"));
  }

  private static String duration(JsonNode semaphore) {
    String value = text(semaphore.path("value"));
    boolean plain = !value.isEmpty() && value.chars().allMatch(Character::isDigit);
    if (!plain) {
      return "the time " + value;
    }
    String unit =
        switch (semaphore.path("dimension").asString("sec")) {
          case "min" -> "minute";
          case "hour" -> "hour";
          case "day" -> "day";
          default -> "second";
        };
    return value + " " + unit + (value.equals("1") ? "" : "s");
  }

  private static String language(String name) {
    return switch (name) {
      case "js" -> "JavaScript";
      case "erl", "erlang" -> "Erlang";
      default -> name;
    };
  }

  private static String at(JsonNode path) {
    String text = text(path);
    return text.isEmpty() ? "" : " (task id at " + text + ")";
  }

  private static String from(JsonNode repository) {
    String text = text(repository);
    return text.isEmpty() ? "" : " of " + text;
  }

  private static String listed(List<String> texts) {
    if (texts.size() <= LISTED_MAX) {
      return String.join(", ", texts);
    }
    return String.join(", ", texts.subList(0, LISTED_MAX))
        + " and "
        + (texts.size() - LISTED_MAX)
        + " more";
  }

  private static String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    return shortened(value.isValueNode() ? value.asString("") : value.toString());
  }

  private static String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= VALUE_CHARS_MAX ? line : line.substring(0, VALUE_CHARS_MAX) + "…";
  }
}
