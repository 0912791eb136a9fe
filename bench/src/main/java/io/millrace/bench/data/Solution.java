package io.millrace.bench.data;

import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.engine.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The CloudTrail monitoring folder, as an engine without a workspace can run it. */
public final class Solution {
  /** The process that takes the records. */
  public static final String ROUTER_TITLE = "01 - Event router";

  private static final long OWNER = 1;

  private final String text;
  private final List<ProcessSource> processes = new ArrayList<>();

  /** Reads the folder's export file. */
  public Solution(Path root) throws IOException {
    text = Files.readString(root.resolve("solutions/cloudtrail/cloudtrail-monitoring.json"));
    for (JsonNode element : Json.parse(text)) {
      if (element instanceof ObjectNode process && process.path("obj_type").asInt() == 1) {
        processes.add(source(process));
      }
    }
  }

  /** The export file. */
  public String text() {
    return text;
  }

  public List<ProcessSource> processes() {
    return processes;
  }

  public long routerId() {
    return processes.stream()
        .filter(process -> process.title().equals(ROUTER_TITLE))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No process " + ROUTER_TITLE))
        .processId();
  }

  private static ProcessSource source(ObjectNode process) {
    JsonNode params = process.path("params");
    return new ProcessSource(
        process.path("obj_id").asLong(),
        1,
        process.path("title").asString(),
        false,
        ProcessStatus.ACTIVE,
        params.isArray() ? (ArrayNode) params : Json.array(),
        (ObjectNode) Objects.requireNonNull(process.get("scheme")),
        OWNER,
        List.of(),
        30,
        Json.object());
  }
}
