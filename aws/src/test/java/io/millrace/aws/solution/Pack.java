package io.millrace.aws.solution;

import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.engine.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The CloudTrail monitoring pack as it is in the repository. */
final class Pack {
  static final Path FILE = Path.of("../solutions/cloudtrail/cloudtrail-monitoring.json");
  static final long FOLDER = 1000;
  static final long ROUTER = 1001;
  static final long OTHER_CHECKS = 1002;
  static final long API_CHECKS = 1003;
  static final long MESSAGE = 1004;
  private static final int PROCESS_TYPE = 1;
  private static final long OWNER = 7;

  private Pack() {}

  static JsonNode elements() {
    try {
      return Json.parse(Files.readAllBytes(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<ProcessSource> processes() {
    List<ProcessSource> sources = new ArrayList<>();
    for (JsonNode element : elements()) {
      if (element.path("obj_type").asInt() == PROCESS_TYPE) {
        sources.add(
            new ProcessSource(
                element.path("obj_id").asLong(),
                1,
                element.path("title").stringValue(),
                false,
                ProcessStatus.ACTIVE,
                (ArrayNode) element.path("params"),
                (ObjectNode) element.path("scheme"),
                OWNER,
                List.of(),
                30,
                Json.object()));
      }
    }
    return sources;
  }
}
