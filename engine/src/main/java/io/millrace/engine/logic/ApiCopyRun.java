package io.millrace.engine.logic;

import io.millrace.engine.command.Message;
import io.millrace.engine.json.Json;
import io.millrace.engine.json.TextForm;
import io.millrace.engine.state.Rest;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Runs {@link ApiCopy}, and takes its acknowledgement when that comes later. */
final class ApiCopyRun {
  /** Tags of {@code logics.md} §8.4 that are worth another try. */
  private static final Set<String> HARDWARE =
      Set.of("copy_task_fatal_error", "crash_api", "copy_task_timeout");

  private static final String OK = "ok";
  private static final long TRACE_BYTES_MAX = 256;

  private ApiCopyRun() {}

  static Outcome run(ApiCopy logic, LogicContext context) {
    String target = TextForm.of(logic.target().render(context.scope())).trim();
    String reference = logic.reference().renderText(context.scope());
    Selection selection = selection(logic, context);
    ObjectNode data = selection.data();
    if (logic.modify() && reference.isEmpty()) {
      return finish(logic, context, new Message.Outcome("not_found_task", "not found task"));
    }
    Message.Outcome outcome =
        logic.modify()
            ? context.modify(target, reference, data, logic.waits())
            : context.copy(
                target,
                reference.isEmpty() ? null : reference,
                data,
                selection.bytes(),
                logic.waits());
    return outcome == null
        ? new Outcome.Wait(Rest.ACKNOWLEDGEMENT)
        : finish(logic, context, outcome);
  }

  /** Writes the outcome into the task. */
  static Outcome finish(ApiCopy logic, LogicContext context, Message.Outcome outcome) {
    String result = outcome.ok() ? OK : outcome.tag();
    if (!outcome.ok()) {
      ObjectNode more = Json.object().put(ApiCopy.RESULT, result);
      return new Outcome.Failed(
          new LogicError(
              logic.family(),
              HARDWARE.contains(outcome.tag()),
              outcome.tag(),
              outcome.description(),
              more));
    }
    ObjectNode data = Json.object();
    data.setAll(context.data());
    data.set(ApiCopy.RESULT, StringNode.valueOf(result));
    // Counted, not refused: the copy exists already, and the author must learn of it.
    long tooLarge = context.write(data, ApiCopy.RESULT.length() + 16L);
    return tooLarge == 0
        ? Outcome.Continue.INSTANCE
        : new Outcome.Failed(LogicError.size(logic.family(), tooLarge, context.dataBytesMax()));
  }

  /** What goes along; {@code bytes} bounds its size from above, so that nobody counts again. */
  private record Selection(ObjectNode data, long bytes) {}

  private static Selection selection(ApiCopy logic, LogicContext context) {
    ObjectNode base = logic.wholeTask() ? whole(context) : Json.object();
    long bytes = logic.wholeTask() ? context.dataBytes() : 2;
    if (logic.wholeTask() && context.settings().copyTrace()) {
      base = trace(base, context);
      bytes += TRACE_BYTES_MAX;
    }
    if (logic.data().isEmpty()) {
      return new Selection(base, bytes);
    }
    Assignments.Rendered rendered = logic.data().render(context.scope());
    return new Selection(rendered.writeInto(base), bytes + rendered.bytes());
  }

  private static ObjectNode whole(LogicContext context) {
    if (!context.settings().copyStripSystem()) {
      return context.data();
    }
    ObjectNode kept = Json.object();
    for (var entry : context.data().properties()) {
      String name = entry.getKey();
      if (!(name.startsWith("__conveyor_") && name.endsWith("__"))) {
        kept.set(name, entry.getValue());
      }
    }
    return kept;
  }

  private static ObjectNode trace(ObjectNode base, LogicContext context) {
    ObjectNode out = Json.object();
    out.setAll(base);
    out.put("__copy_conv_id__", context.processId());
    out.put("__copy_node_id__", context.nodeId().toString());
    out.put("__copy_ref_id__", context.effectId().task().toString());
    return out;
  }
}
