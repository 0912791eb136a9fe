package io.millrace.alerting.alert;

import io.millrace.engine.command.Effect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One alert as it came from a task, cut to the sizes that store and channels can take. Whatever a
 * process wrote into it, an alert of this type can be stored.
 *
 * @param effectId the effect's text form; the same alert always has the same
 * @param timeMillis when the task asked
 * @param recipients channel-specific; empty: the channel's default
 * @param fields label to value, in order
 * @param dedupKey alerts with the same key belong together; empty: stands alone
 */
public record Alert(
    String effectId,
    long processId,
    String nodeId,
    String taskId,
    long timeMillis,
    String channel,
    List<String> recipients,
    String title,
    String text,
    Severity severity,
    Map<String, String> fields,
    String dedupKey) {
  public static final int TITLE_LENGTH_MAX = 500;
  public static final int TEXT_LENGTH_MAX = 20_000;
  public static final int FIELDS_MAX = 50;
  public static final int FIELD_NAME_LENGTH_MAX = 100;
  public static final int FIELD_LENGTH_MAX = 1_000;
  public static final int DEDUP_KEY_LENGTH_MAX = 300;
  public static final int RECIPIENTS_MAX = 100;
  private static final int RECIPIENT_LENGTH_MAX = 320;
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\\t\\n\\r]]");

  public Alert {
    recipients = List.copyOf(recipients);
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /**
   * From the engine's effect. An unknown severity becomes medium: an alert with an odd word in it
   * is better than none.
   */
  public static Alert of(Effect.Notify notify) {
    Severity severity = Severity.parse(notify.severity());
    Map<String, String> fields = new LinkedHashMap<>();
    notify
        .fields()
        .forEach((name, value) -> {
          if (fields.size() < FIELDS_MAX) {
            fields.put(cut(name, FIELD_NAME_LENGTH_MAX), cut(value, FIELD_LENGTH_MAX));
          }
        });
    List<String> recipients = new ArrayList<>();
    for (String recipient : notify.recipients()) {
      if (recipients.size() < RECIPIENTS_MAX && !recipient.isBlank()) {
        recipients.add(cut(recipient.strip(), RECIPIENT_LENGTH_MAX));
      }
    }
    return new Alert(
        notify.id().text(),
        notify.processId(),
        notify.nodeId().toString(),
        notify.id().task().toString(),
        notify.timeMillis(),
        notify.channel(),
        recipients,
        title(notify),
        cut(notify.text(), TEXT_LENGTH_MAX),
        severity == null ? Severity.MEDIUM : severity,
        fields,
        key(notify.dedupKey()));
  }

  private static String title(Effect.Notify notify) {
    String title = cut(notify.title(), TITLE_LENGTH_MAX).strip();
    return title.isEmpty() ? "Alert of process " + notify.processId() : title;
  }

  /** Long keys are cut, and kept apart by a hash of the whole. */
  private static String key(String key) {
    String clean = key.replace("\0", "");
    if (clean.length() <= DEDUP_KEY_LENGTH_MAX) {
      return clean;
    }
    String hash = HexFormat.of().formatHex(sha256(clean));
    return cut(clean, DEDUP_KEY_LENGTH_MAX - hash.length() - 1) + "#" + hash;
  }

  /**
   * Cuts without splitting a character. Control characters other than tab and line break become
   * spaces: PostgreSQL cannot store NUL, and as JSON each would take six characters of its column.
   */
  public static String cut(@Nullable String text, int lengthMax) {
    String clean = text == null ? "" : CONTROLS.matcher(text).replaceAll(" ");
    if (clean.length() <= lengthMax) {
      return clean;
    }
    int end = lengthMax - 1;
    if (Character.isHighSurrogate(clean.charAt(end - 1))) {
      end--;
    }
    return clean.substring(0, end) + "…";
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
