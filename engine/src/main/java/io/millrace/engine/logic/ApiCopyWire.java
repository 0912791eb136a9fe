package io.millrace.engine.logic;

import io.millrace.engine.template.Template;
import tools.jackson.databind.node.ObjectNode;

/** The wire form of {@link ApiCopy}. */
final class ApiCopyWire {
  private ApiCopyWire() {}

  static ApiCopy read(ObjectNode json, WireContext context) {
    String mode = Wire.text(json.get("mode"));
    boolean modify = mode.equals("modify");
    if (!modify && !mode.isEmpty() && !mode.equals("create")) {
      context.error("mode", "Unknown mode '" + mode + "': create or modify");
    }
    String target = Wire.text(json.get("conv_id"));
    Template process = context.template("conv_id", target);
    if (target.isBlank()) {
      context.error("conv_id", "The logic names no process");
    } else {
      context.targetProcess("conv_id", process);
    }
    Template reference = context.template("ref", Wire.text(json.get("ref")));
    if (modify && reference.source().isBlank()) {
      context.warning("ref", "Modify task has no reference; it will not find a task");
    }
    boolean whole =
        Wire.text(json.get("group")).equals("all") || Wire.flag(json, "send_parent_data", false);
    return new ApiCopy(
        modify,
        process,
        reference,
        Wire.assignments(json, "data", context),
        whole,
        Wire.flag(json, "is_sync", true),
        Wire.errorExit(json, context));
  }
}
