package io.millrace.alerting.alert;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A group of alerts, or one that stands alone, as people see it: texts of the latest, severity of
 * the worst.
 *
 * @param count how many alerts it stands for
 * @param acknowledgedBy who, or null
 * @param acknowledgedMillis when, or null
 * @param taskId the task that asked last
 * @param occurrences the last few, newest first
 */
public record AlertView(
    long id,
    String dedupKey,
    String title,
    String text,
    Severity severity,
    Map<String, String> fields,
    String channel,
    long count,
    long firstMillis,
    long lastMillis,
    boolean acknowledged,
    @Nullable String acknowledgedBy,
    @Nullable Long acknowledgedMillis,
    long processId,
    String nodeId,
    String taskId,
    List<Occurrence> occurrences) {
  public AlertView {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    occurrences = List.copyOf(occurrences);
  }
}
