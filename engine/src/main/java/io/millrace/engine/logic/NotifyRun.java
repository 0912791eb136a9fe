package io.millrace.engine.logic;

import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EffectResult;
import io.millrace.engine.json.Json;
import io.millrace.engine.state.Rest;
import io.millrace.engine.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Runs {@link Notify}: renders the alert, asks for its delivery, takes the outcome. */
final class NotifyRun {
  static final Set<String> SEVERITIES = Set.of("info", "low", "medium", "high", "critical");
  private static final String DEFAULT_SEVERITY = "info";
  private static final String DEFAULT_CHANNEL = "inbox";

  private NotifyRun() {}

  static Outcome run(Notify logic, LogicContext context) {
    String channel = logic.channel().renderText(context.scope()).trim();
    String severity = logic.severity().renderText(context.scope()).trim().toLowerCase(Locale.ROOT);
    if (!severity.isEmpty() && !SEVERITIES.contains(severity)) {
      return new Outcome.Failed(
          LogicError.conversion(
              ErrorFamily.NOTIFY,
              "Param: severity, Value: "
                  + severity
                  + ", Expected: info, low, medium, high or"
                  + " critical"));
    }
    List<String> recipients = new ArrayList<>();
    for (Template recipient : logic.recipients()) {
      for (String one : recipient.renderText(context.scope()).split("[,;]")) {
        if (!one.isBlank()) {
          recipients.add(one.trim());
        }
      }
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (Notify.Field field : logic.fields()) {
      fields.put(field.label(), field.value().renderText(context.scope()));
    }
    context.start(
        new Effect.Notify(
            context.effectId(),
            context.processId(),
            context.nodeId(),
            context.scope().nowMillis(),
            channel.isEmpty() ? DEFAULT_CHANNEL : channel,
            recipients,
            logic.title().renderText(context.scope()),
            logic.text().renderText(context.scope()),
            severity.isEmpty() ? DEFAULT_SEVERITY : severity,
            fields,
            logic.dedupKey().renderText(context.scope())));
    return new Outcome.Wait(Rest.EFFECT);
  }

  static Outcome finish(Notify logic, LogicContext context, EffectResult result) {
    return switch (result) {
      case EffectResult.Notified notified -> {
        ObjectNode data = Json.object();
        data.setAll(context.data());
        data.put(Notify.RESULT, "ok");
        data.put(Notify.DELIVERY, notified.deliveryId());
        long tooLarge = context.write(data, notified.deliveryId().length() * 4L + 128);
        yield tooLarge == 0
            ? Outcome.Continue.INSTANCE
            : new Outcome.Failed(
                LogicError.size(ErrorFamily.NOTIFY, tooLarge, context.dataBytesMax()));
      }
      case EffectResult.NotifyFailed failed ->
          new Outcome.Failed(
              new LogicError(
                  ErrorFamily.NOTIFY,
                  isHardware(failed.tag()),
                  failed.tag(),
                  failed.description(),
                  Json.object().put(Notify.RESULT, failed.tag())));
      case EffectResult.HttpAnswer other -> mismatch();
      case EffectResult.HttpFailed other -> mismatch();
    };
  }

  private static boolean isHardware(String tag) {
    return tag.equals("notify_expired") || tag.equals(ErrorFamily.NOTIFY.fatalTag());
  }

  private static Outcome mismatch() {
    return new Outcome.Failed(
        LogicError.hardware(
            ErrorFamily.NOTIFY, ErrorFamily.NOTIFY.fatalTag(), "Error running notify"));
  }
}
