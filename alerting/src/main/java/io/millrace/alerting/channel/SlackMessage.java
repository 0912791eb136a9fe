package io.millrace.alerting.channel;

import io.millrace.alerting.alert.Alert;
import io.millrace.alerting.alert.AlertJson;
import io.millrace.alerting.alert.AlertView;
import io.millrace.alerting.alert.Severity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An alert as a Slack message of blocks: header, text, fields, context, with the severity's colour
 * at its side. Slack refuses a message with one part too long, so every part is cut to its limit.
 */
final class SlackMessage {
  // Limits of Slack's Block Kit reference.
  static final int HEADER_LENGTH_MAX = 150;
  static final int SECTION_LENGTH_MAX = 3_000;
  static final int FIELD_LENGTH_MAX = 2_000;
  static final int FIELDS_PER_SECTION_MAX = 10;
  static final int FALLBACK_LENGTH_MAX = 3_000;
  private static final int MENTIONS_MAX = 20;

  private SlackMessage() {}

  static ObjectNode of(OutgoingAlert outgoing) {
    Alert alert = outgoing.alert();
    ObjectNode message = AlertJson.MAPPER.createObjectNode();
    String severity = alert.severity().name().toUpperCase(Locale.ROOT);
    message.put("text", escaped("[" + severity + "] " + outgoing.headline(), FALLBACK_LENGTH_MAX));
    ObjectNode attachment = message.putArray("attachments").addObject();
    attachment.put("color", color(alert.severity()));
    ArrayNode blocks = attachment.putArray("blocks");
    ObjectNode header = blocks.addObject().put("type", "header");
    header.set("text", plain(outgoing.headline(), HEADER_LENGTH_MAX));
    String mentions = mentions(alert.recipients());
    String text = escaped(alert.text(), SECTION_LENGTH_MAX - mentions.length());
    if (!(mentions + text).isBlank()) {
      blocks.addObject().put("type", "section").set("text", markdown(mentions + text));
    }
    addFields(blocks, alert.fields());
    ArrayNode context = blocks.addObject().put("type", "context").putArray("elements");
    context.add(markdown(context(outgoing)));
    return message;
  }

  private static void addFields(ArrayNode blocks, Map<String, String> fields) {
    ArrayNode section = null;
    for (Map.Entry<String, String> field : fields.entrySet()) {
      if (section == null || section.size() == FIELDS_PER_SECTION_MAX) {
        section = blocks.addObject().put("type", "section").putArray("fields");
      }
      String name = "*" + escaped(field.getKey(), 200) + "*\n";
      String value = field.getValue().isBlank() ? "–" : field.getValue();
      section.add(markdown(name + escaped(value, FIELD_LENGTH_MAX - name.length())));
    }
  }

  private static String context(OutgoingAlert outgoing) {
    AlertView group = outgoing.group();
    String times =
        group.count() > 1
            ? group.count() + " times from " + time(group.firstMillis()) + " to "
            : "";
    return outgoing.alert().severity().text()
        + " · "
        + times
        + time(group.lastMillis())
        + " · process "
        + group.processId()
        + " · task "
        + outgoing.alert().taskId();
  }

  /** Recipients that are Slack member ids are mentioned; nothing else can become markup. */
  private static String mentions(List<String> recipients) {
    StringBuilder text = new StringBuilder();
    int count = 0;
    for (String recipient : recipients) {
      if (recipient.matches("[UW][A-Z0-9]{2,20}") && count < MENTIONS_MAX) {
        text.append("<@").append(recipient).append("> ");
        count++;
      }
    }
    return text.toString();
  }

  private static ObjectNode plain(String text, int lengthMax) {
    ObjectNode json = AlertJson.MAPPER.createObjectNode();
    return json.put("type", "plain_text").put("text", escaped(text, lengthMax)).put("emoji", false);
  }

  private static ObjectNode markdown(String text) {
    return AlertJson.MAPPER.createObjectNode().put("type", "mrkdwn").put("text", text);
  }

  /** Slack's three control characters as entities, cut so that no entity is split. */
  static String escaped(String text, int lengthMax) {
    StringBuilder out = new StringBuilder();
    String rest = "…";
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      String piece =
          switch (character) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> Character.toString(character);
          };
      int room = lengthMax - out.length() - piece.length();
      if (room < 0 || (room < rest.length() && i < text.length())) {
        return out.append(rest).toString();
      }
      out.append(piece);
    }
    return out.toString();
  }

  static String color(Severity severity) {
    return switch (severity) {
      case INFO -> "#5b7083";
      case LOW -> "#2b7de9";
      case MEDIUM -> "#e0a800";
      case HIGH -> "#e8590c";
      case CRITICAL -> "#c92a2a";
    };
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
