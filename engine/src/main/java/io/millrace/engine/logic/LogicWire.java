package io.millrace.engine.logic;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one element of {@code condition.logics}. */
public final class LogicWire {
  /** Logics of the format that this release keeps, but does not run. */
  private static final Set<String> LATER =
      Set.of(
          "api_code",
          "api_rpc",
          "api_rpc_reply",
          "api_queue",
          "api_get_task",
          "api_sum",
          "db_call",
          "git_call",
          "api_git",
          "api_form",
          "api_sender",
          "api_reply",
          "delay");

  private static final Set<String> NOT_IN_STATE_DIAGRAMS =
      Set.of(
          "api",
          "api_rpc",
          "api_rpc_reply",
          "db_call",
          "git_call",
          "api_git",
          "api_sum",
          "api_form");

  private LogicWire() {}

  /** The compiled logic, or null when it cannot be read; every problem goes to the context. */
  public static @Nullable Logic read(JsonNode element, WireContext context) {
    if (!(element instanceof ObjectNode json)) {
      context.error("logics", "Expected an object, but got " + Wire.kind(element));
      return null;
    }
    String type = Wire.text(json.get("type"));
    if (context.stateDiagram() && NOT_IN_STATE_DIAGRAMS.contains(type)) {
      context.error("type", "The logic '" + type + "' is not allowed in a state diagram");
    }
    return switch (type) {
      case Go.TYPE -> GoWire.read(json, context);
      case GoIfConst.TYPE -> GoIfConstWire.read(json, context);
      case SetParam.TYPE ->
          new SetParam(Wire.assignments(json, "extra", context), Wire.errorExit(json, context));
      case ApiCopy.TYPE -> ApiCopyWire.read(json, context);
      case ApiCall.TYPE -> ApiCallWire.read(json, context);
      case ApiCallback.TYPE -> new ApiCallback(Wire.flag(json, "is_sync", true));
      case Notify.TYPE -> NotifyWire.read(json, context);
      default -> unsupported(type, context);
    };
  }

  private static Logic unsupported(String type, WireContext context) {
    if (LATER.contains(type)) {
      context.error("type", "The logic '" + type + "' is not supported by this release");
      return new UnsupportedLogic(type, true, Logic.NO_EXIT);
    }
    context.error(
        "type", type.isEmpty() ? "The logic has no type" : "The logic '" + type + "' is not known");
    return new UnsupportedLogic(type, false, Logic.NO_EXIT);
  }
}
