package io.millrace.engine.logic;

import io.millrace.engine.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The wire form of {@link Notify}. */
final class NotifyWire {
  private static final int FIELDS_MAX = 50;

  private NotifyWire() {}

  static Notify read(ObjectNode json, WireContext context) {
    Template title = template("title", json, context);
    if (title.source().isBlank()) {
      context.error("title", "An alert needs a title");
    }
    Template severity = template("severity", json, context);
    String level = severity.source().trim().toLowerCase(Locale.ROOT);
    if (severity.constant() && !level.isEmpty() && !NotifyRun.SEVERITIES.contains(level)) {
      context.error(
          "severity", "Unknown severity '" + level + "': info, low, medium, high or critical");
    }
    return new Notify(
        template("channel", json, context),
        recipients(json.get("recipients"), context),
        title,
        template("text", json, context),
        severity,
        fields(json.get("fields"), context),
        template("dedup_key", json, context),
        Wire.errorExit(json, context));
  }

  private static Template template(String field, ObjectNode json, WireContext context) {
    return context.template(field, Wire.text(json.get(field)));
  }

  private static List<Template> recipients(@Nullable JsonNode value, WireContext context) {
    List<Template> recipients = new ArrayList<>();
    if (value != null && value.isArray()) {
      for (JsonNode one : value) {
        recipients.add(context.template("recipients", Wire.text(one)));
      }
    } else if (!Wire.text(value).isBlank()) {
      recipients.add(context.template("recipients", Wire.text(value)));
    }
    return recipients;
  }

  private static List<Notify.Field> fields(@Nullable JsonNode value, WireContext context) {
    List<Notify.Field> fields = new ArrayList<>();
    if (value == null || value.isNull()) {
      return fields;
    }
    if (!value.isObject() || value.size() > FIELDS_MAX) {
      context.error("fields", "Expected an object of at most " + FIELDS_MAX + " labelled values");
      return fields;
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      fields.add(
          new Notify.Field(
              entry.getKey(),
              context.template("fields." + entry.getKey(), Wire.text(entry.getValue()))));
    }
    return fields;
  }
}
