package io.millrace.aws.sqs;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a queue message says, whatever it is wrapped in: S3's own notification, SNS, EventBridge,
 * the batches that Lambda sees, CloudTrail's notice, test and control messages.
 *
 * @param objects the objects that were created, in the message's order
 * @param records records that travel in the message itself (EventBridge)
 * @param ignored parts that ask for nothing: test and control messages, removals
 */
public record Notification(List<ObjectRef> objects, List<ObjectNode> records, int ignored) {
  private static final int WRAPPINGS_MAX = 4;
  private static final int NESTING_MAX = 100;
  private static final String VALIDATION = "CloudTrail validation message.";
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(NESTING_MAX).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  public Notification {
    objects = List.copyOf(objects);
    records = List.copyOf(records);
  }

  /**
   * Reads a message body.
   *
   * @throws NotificationException when it, or a part of it, is in no known form
   */
  public static Notification parse(String body) throws NotificationException {
    Collector collector = new Collector();
    collector.text(body, 1);
    return new Notification(collector.objects, collector.records, collector.ignored);
  }

  private static final class Collector {
    private final List<ObjectRef> objects = new ArrayList<>();
    private final List<ObjectNode> records = new ArrayList<>();
    private int ignored;

    void text(String text, int depth) throws NotificationException {
      if (depth > WRAPPINGS_MAX) {
        throw new NotificationException(
            "Expected at most %d wrappings of a notification, but found more"
                .formatted(WRAPPINGS_MAX));
      }
      if (text.strip().equals(VALIDATION)) {
        ignored++;
        return;
      }
      JsonNode node;
      try {
        node = JSON.readTree(text);
      } catch (JacksonException e) {
        throw new NotificationException(
            "Expected a notification in JSON, but: " + e.getOriginalMessage());
      }
      if (!(node instanceof ObjectNode object)) {
        throw new NotificationException("Expected a notification as a JSON object, but got none");
      }
      object(object, depth);
    }

    private void object(ObjectNode message, int depth) throws NotificationException {
      if (message.get("Records") instanceof ArrayNode list) {
        for (JsonNode element : list) {
          record(element, depth);
        }
      } else if (message.path("Message").isString() && message.path("Type").isString()) {
        snsEnvelope(message, depth);
      } else if (message.path("s3Bucket").isString()) {
        trailNotice(message);
      } else if ("s3:TestEvent".equals(text(message, "Event"))) {
        ignored++;
      } else if (message.path("detail-type").isString()) {
        eventBridge(message);
      } else {
        throw unknown(message);
      }
    }

    private void snsEnvelope(ObjectNode message, int depth) throws NotificationException {
      switch (String.valueOf(text(message, "Type"))) {
        case "Notification" -> text(message.path("Message").stringValue(), depth + 1);
        case "SubscriptionConfirmation", "UnsubscribeConfirmation" -> ignored++;
        default -> throw unknown(message);
      }
    }

    /** Elements of {@code Records}: of S3, of SQS to Lambda, of SNS to Lambda. */
    private void record(JsonNode element, int depth) throws NotificationException {
      if (element.path("s3").isObject()) {
        storageEvent(element);
      } else if ("aws:sqs".equals(text(element, "eventSource"))) {
        text(required(element, "body"), depth + 1);
      } else if (element.path("Sns").isObject()) {
        text(required(element.path("Sns"), "Message"), depth + 1);
      } else {
        throw unknown(element);
      }
    }

    private void storageEvent(JsonNode event) throws NotificationException {
      String name = required(event, "eventName");
      String plain = name.startsWith("s3:") ? name.substring(3) : name;
      if (!plain.startsWith("ObjectCreated:")) {
        ignored++;
        return;
      }
      JsonNode object = event.path("s3").path("object");
      String bucket = required(event.path("s3").path("bucket"), "name");
      String key = decoded(required(object, "key"));
      add(bucket, key, text(object, "versionId"), object.path("size"));
    }

    private void eventBridge(ObjectNode envelope) throws NotificationException {
      String type = String.valueOf(text(envelope, "detail-type"));
      JsonNode detail = envelope.path("detail");
      if (type.endsWith(" via CloudTrail") && detail instanceof ObjectNode record) {
        records.add(record);
      } else if ("aws.s3".equals(text(envelope, "source"))) {
        if (!type.equals("Object Created")) {
          ignored++;
          return;
        }
        // Here, unlike in S3's own notification, the key is not encoded.
        JsonNode object = detail.path("object");
        String bucket = required(detail.path("bucket"), "name");
        add(bucket, required(object, "key"), text(object, "version-id"), object.path("size"));
      } else {
        throw unknown(envelope);
      }
    }

    private void trailNotice(ObjectNode notice) throws NotificationException {
      String bucket = required(notice, "s3Bucket");
      JsonNode keys = notice.path("s3ObjectKey");
      if (!keys.isArray()) {
        throw unknown(notice);
      }
      for (JsonNode key : keys) {
        if (!key.isString()) {
          throw unknown(notice);
        }
        objects.add(new ObjectRef(bucket, key.stringValue(), null, -1));
      }
    }

    private void add(String bucket, String key, @Nullable String versionId, JsonNode size) {
      objects.add(
          new ObjectRef(
              bucket,
              key,
              versionId == null || versionId.isEmpty() ? null : versionId,
              size.isIntegralNumber() ? size.longValue() : -1));
    }

    private static String decoded(String key) throws NotificationException {
      try {
        return URLDecoder.decode(key, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        throw new NotificationException(
            "Expected a form-encoded object key, but got '%s' (%s)".formatted(key, e.getMessage()));
      }
    }

    private static @Nullable String text(JsonNode node, String member) {
      JsonNode value = node.path(member);
      return value.isString() ? value.stringValue() : null;
    }

    private static String required(JsonNode node, String member) throws NotificationException {
      String text = text(node, member);
      if (text == null || text.isEmpty()) {
        throw new NotificationException(
            "Expected a text '%s' in the notification, but got %s"
                .formatted(member, node.path(member)));
      }
      return text;
    }

    private static NotificationException unknown(JsonNode node) {
      List<String> members = new ArrayList<>();
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        if (members.size() < 10) {
          members.add(member.getKey());
        }
      }
      return new NotificationException(
          "Expected a notification of S3, SNS, EventBridge or CloudTrail, but got an object with "
              + (members.isEmpty() ? "no members" : "the members " + members));
    }
  }
}
