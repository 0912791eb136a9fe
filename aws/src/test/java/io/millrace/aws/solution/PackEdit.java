package io.millrace.aws.solution;

import io.millrace.engine.command.ProcessSource;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes to the pack as a person makes them on the canvas. */
final class PackEdit {
  private PackEdit() {}

  /** The pack with a channel named in the node "Your urgent channel". */
  static List<ProcessSource> withUrgentChannel(String channel) {
    List<ProcessSource> processes = Pack.processes();
    for (ProcessSource process : processes) {
      for (JsonNode node : process.scheme().path("nodes")) {
        JsonNode extra = node.path("condition").path("logics").path(0).path("extra");
        if (extra.has("extraChannel")) {
          ((ObjectNode) extra).put("extraChannel", channel);
        }
      }
    }
    return processes;
  }
}
