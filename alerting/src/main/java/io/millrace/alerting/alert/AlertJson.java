package io.millrace.alerting.alert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON form of alerts: towards readers, and of the two columns that hold lists. */
public final class AlertJson {
  public static final JsonMapper MAPPER = JsonMapper.builder().build();

  private AlertJson() {}

  /** The alert without its occurrences. Ids are text: readers are not to calculate with them. */
  public static ObjectNode brief(AlertView alert) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("id", Long.toString(alert.id()));
    json.put("dedupKey", alert.dedupKey());
    json.put("title", alert.title());
    json.put("text", alert.text());
    json.put("severity", alert.severity().text());
    json.set("fields", fields(alert.fields()));
    json.put("channel", alert.channel());
    json.put("count", alert.count());
    json.put("firstMillis", alert.firstMillis());
    json.put("lastMillis", alert.lastMillis());
    json.put("acknowledged", alert.acknowledged());
    json.put("acknowledgedBy", alert.acknowledgedBy());
    json.put("acknowledgedMillis", alert.acknowledgedMillis());
    json.put("processId", alert.processId());
    json.put("nodeId", alert.nodeId());
    json.put("taskId", alert.taskId());
    return json;
  }

  /** The alert with its occurrences. */
  public static ObjectNode whole(AlertView alert) {
    ObjectNode json = brief(alert);
    json.set("occurrences", occurrences(alert.occurrences()));
    return json;
  }

  public static ObjectNode fields(Map<String, String> fields) {
    ObjectNode json = MAPPER.createObjectNode();
    fields.forEach(json::put);
    return json;
  }

  public static Map<String, String> readFields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : MAPPER.readTree(text).properties()) {
      fields.put(field.getKey(), field.getValue().asString());
    }
    return fields;
  }

  public static ArrayNode occurrences(List<Occurrence> occurrences) {
    ArrayNode json = MAPPER.createArrayNode();
    for (Occurrence occurrence : occurrences) {
      json.addObject()
          .put("timeMillis", occurrence.timeMillis())
          .put("taskId", occurrence.taskId())
          .put("severity", occurrence.severity().text())
          .put("title", occurrence.title());
    }
    return json;
  }

  public static List<Occurrence> readOccurrences(String text) {
    List<Occurrence> occurrences = new ArrayList<>();
    for (JsonNode json : MAPPER.readTree(text)) {
      Severity severity = Severity.parse(json.path("severity").asString());
      occurrences.add(
          new Occurrence(
              json.path("timeMillis").asLong(),
              json.path("taskId").asString(),
              severity == null ? Severity.MEDIUM : severity,
              json.path("title").asString()));
    }
    return occurrences;
  }
}
