package io.millrace.aws.cloudtrail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What Millrace itself wants to know of a record; everything else is the processes' business. */
public final class TrailRecord {
  private static final int REFERENCE_LENGTH_MAX = 255;
  private static final String VIA_CLOUDTRAIL = " via CloudTrail";

  private TrailRecord() {}

  /** Whether the object looks like a record of CloudTrail: it has one of the members all have. */
  public static boolean isRecord(ObjectNode node) {
    return node.has("eventVersion")
        || node.has("eventTime")
        || node.has("eventID")
        || node.has("eventName");
  }

  /** Takes a record out of its EventBridge envelope; anything else is answered as it is. */
  public static ObjectNode unwrapped(ObjectNode node) {
    JsonNode type = node.get("detail-type");
    return type != null
            && type.isString()
            && type.stringValue().endsWith(VIA_CLOUDTRAIL)
            && node.get("detail") instanceof ObjectNode record
        ? record
        : node;
  }

  /**
   * The key by which a record that comes twice is known: its {@code eventID}, and for the few old
   * records without one a hash of the text.
   */
  public static String reference(ObjectNode record) {
    JsonNode id = record.get("eventID");
    if (id != null && id.isString()) {
      String text = id.stringValue();
      if (!text.isBlank() && text.length() <= REFERENCE_LENGTH_MAX) {
        return text;
      }
    }
    return "sha256-" + sha256(record.toString());
  }

  /** When it happened, Unix milliseconds; empty when the record does not tell. */
  public static OptionalLong eventTimeMillis(ObjectNode record) {
    JsonNode time = record.get("eventTime");
    if (time == null || !time.isString()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Instant.parse(time.stringValue()).toEpochMilli());
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
