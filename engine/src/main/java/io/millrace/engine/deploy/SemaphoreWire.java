package io.millrace.engine.deploy;

import io.millrace.engine.json.Json;
import io.millrace.engine.logic.WireContext;
import io.millrace.engine.semaphore.TaskCounter;
import io.millrace.engine.semaphore.TimeLimit;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The wire form of semaphores: {@code process-model.md} §5.5 and §5.6. */
final class SemaphoreWire {
  private static final Map<String, Long> DIMENSIONS =
      Map.of("sec", 1L, "min", 60L, "hour", 3_600L, "day", 86_400L);
  private static final BigDecimal SECONDS_MAX = BigDecimal.valueOf(Long.MAX_VALUE / 1_000_000);

  private SemaphoreWire() {}

  static TimeLimit timeLimit(JsonNode json, WireContext context, DeployLimits limits) {
    int target =
        json.hasNonNull("to_node_id")
            ? context.target("to_node_id", json.get("to_node_id"), true)
            : context.target("esc_node_id", json.get("esc_node_id"), true);
    String value = text(json.path("value")).trim();
    if (value.contains("{{") || value.contains("$.")) {
      return new TimeLimit(-1, context.template("value", value), target);
    }
    String dimension = text(json.path("dimension"));
    Long unit = DIMENSIONS.get(dimension.isEmpty() ? "sec" : dimension);
    if (unit == null) {
      context.error("dimension", "Unknown unit '" + dimension + "': sec, min, hour or day");
      return new TimeLimit(0, null, target);
    }
    BigDecimal seconds = number(value);
    if (seconds == null || seconds.signum() < 0) {
      context.error("value", "Expected a number or a template, but got '" + value + "'");
      return new TimeLimit(0, null, target);
    }
    seconds = seconds.multiply(BigDecimal.valueOf(unit));
    if (seconds.compareTo(SECONDS_MAX) > 0) {
      context.error("value", "The time limit is too long: " + value + " " + dimension);
      return new TimeLimit(0, null, target);
    }
    if (seconds.compareTo(BigDecimal.valueOf(limits.timerMinimumSeconds())) < 0) {
      context.error(
          "value",
          "Timer value "
              + seconds.toPlainString()
              + " sec is less than minimum limit "
              + limits.timerMinimumSeconds()
              + " sec");
    }
    return new TimeLimit(seconds.movePointRight(3).longValue(), null, target);
  }

  static TaskCounter taskCounter(JsonNode json, WireContext context) {
    int target =
        json.hasNonNull("esc_node_id")
            ? context.target("esc_node_id", json.get("esc_node_id"), true)
            : context.target("to_node_id", json.get("to_node_id"), true);
    String value = text(json.path("value")).trim();
    BigDecimal threshold = number(value);
    if (threshold == null || threshold.compareTo(BigDecimal.ONE) < 0) {
      context.error("value", "Expected a number of tasks of at least 1, but got '" + value + "'");
      return new TaskCounter(1, target);
    }
    return new TaskCounter(threshold.min(BigDecimal.valueOf(1L << 52)).longValue(), target);
  }

  private static String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    return value.isString() ? value.stringValue() : Json.text(value);
  }

  private static @Nullable BigDecimal number(String text) {
    try {
      return text.length() > 32 ? null : new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
