package io.millrace.server.compatible;

import io.millrace.engine.view.TaskView;
import io.millrace.server.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Task data as readers get to see it. */
public final class TaskData {
  private static final String HIDDEN = "***";

  private TaskData() {}

  /** The data; parameters that the contract marks so are hidden once the task has finished. */
  public static ObjectNode shown(TaskView task, ArrayNode params) {
    ObjectNode shown = task.data();
    if (!task.archived()) {
      return shown;
    }
    for (JsonNode param : params) {
      String name = param.path("name").asString("");
      if (isAutoClear(param) && shown.has(name)) {
        // The data is shared: what is hidden is hidden in a copy.
        ObjectNode copy = Json.object();
        copy.setAll(shown);
        shown = copy.put(name, HIDDEN);
      }
    }
    return shown;
  }

  private static boolean isAutoClear(JsonNode param) {
    for (JsonNode flag : param.path("flags")) {
      if (flag.asString("").equals("auto-clear")) {
        return true;
      }
    }
    return false;
  }
}
