package io.millrace.server.compatible;

import io.millrace.engine.view.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The filters of a list of tasks: all must hold. */
record TaskFilter(List<Predicate<TaskView>> conditions) {
  private static final int CONDITIONS_MAX = 20;

  static TaskFilter of(Op op) {
    List<Predicate<TaskView>> conditions = new ArrayList<>();
    op.number("work_user_id").ifPresent(user -> conditions.add(task -> task.userId() == user));
    JsonNode filters = op.get("filters");
    if (filters == null) {
      return new TaskFilter(conditions);
    }
    if (!(filters instanceof ArrayNode list) || list.size() > CONDITIONS_MAX) {
      throw OpException.value("filters", filters);
    }
    list.forEach(filter -> conditions.add(condition(filter)));
    return new TaskFilter(conditions);
  }

  boolean acceptsAll() {
    return conditions.isEmpty();
  }

  boolean accepts(TaskView task) {
    return conditions.stream().allMatch(condition -> condition.test(task));
  }

  private static Predicate<TaskView> condition(JsonNode filter) {
    String name = filter.path("name").asString("");
    String value = filter.path("value").asString("");
    if (name.isEmpty()) {
      throw OpException.value("filters", filter);
    }
    return switch (filter.path("fun").asString("eq")) {
      case "eq" -> task -> text(task, name).equals(value);
      case "not_eq" -> task -> !text(task, name).equals(value);
      case "like" -> task -> text(task, name).contains(value);
      default -> throw OpException.value("filters", filter);
    };
  }

  /** A member of the task itself, else a top-level parameter. */
  private static String text(TaskView task, String name) {
    return switch (name) {
      case "ref" -> task.reference() == null ? "" : task.reference();
      case "obj_id", "task_id" -> task.id().toString();
      case "status" -> task.status();
      case "user_id" -> Long.toString(task.userId());
      default -> {
        JsonNode value = task.data().path(name);
        yield value.isValueNode() ? value.asString("") : value.toString();
      }
    };
  }
}
