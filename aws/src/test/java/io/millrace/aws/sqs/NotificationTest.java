package io.millrace.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.aws.cloudtrail.TrailKey;
import io.millrace.aws.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NotificationTest {
  private static final String PLAIN =
      """
      {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put",\
      "s3":{"bucket":{"name":"trail"},"object":{"key":"a+b%2Bc%2Fd.json.gz","size":12,\
      "versionId":"v1","sequencer":"0055"}}},{"eventSource":"aws:s3","eventName":"ObjectRemoved:Delete",\
      "s3":{"bucket":{"name":"trail"},"object":{"key":"gone"}}}]}\
      """;
  private static final ObjectRef OBJECT = new ObjectRef("trail", "a b+c/d.json.gz", "v1", 12);

  @Test
  void plainNotificationsAreRead() throws NotificationException {
    Notification notification = Notification.parse(PLAIN);
    assertThat(notification.objects()).containsExactly(OBJECT);
    assertThat(notification.ignored()).isEqualTo(1);
  }

  @Test
  void wrappingsAreTakenOffUpToFour() throws NotificationException {
    String body = PLAIN;
    for (int depth = 2; depth <= 4; depth++) {
      body = sns(body);
      assertThat(Notification.parse(body).objects()).containsExactly(OBJECT);
    }
    String tooDeep = sns(body);
    assertThatThrownBy(() -> Notification.parse(tooDeep)).hasMessageContaining("at most 4");
  }

  @Test
  void lambdaBatchesAreRead() throws NotificationException {
    String queued =
        "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"body\":%s},{\"eventSource\":\"aws:sqs\",\"body\":%s}]}"
            .formatted(quoted(PLAIN), quoted(sns(PLAIN)));
    assertThat(Notification.parse(queued).objects()).containsExactly(OBJECT, OBJECT);
    String published =
        "{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":{\"Message\":%s}}]}"
            .formatted(quoted(PLAIN));
    assertThat(Notification.parse(published).objects()).containsExactly(OBJECT);
  }

  @Test
  void eventBridgeKeysAreNotDecoded() throws NotificationException {
    String body =
        "{\"detail-type\":\"Object Created\",\"source\":\"aws.s3\",\"detail\":{\"bucket\":{\"name\":\"trail\"},\"object\":{\"key\":\"a+b%25.json\",\"size\":3,\"version-id\":\"v2\"}}}";
    assertThat(Notification.parse(body).objects())
        .containsExactly(new ObjectRef("trail", "a+b%25.json", "v2", 3));
  }

  @Test
  void aRecordInEventBridgesEnvelopeIsTheRecord() throws NotificationException {
    String body =
        "{\"detail-type\":\"AWS API Call via CloudTrail\",\"source\":\"aws.ec2\",\"detail\":{\"eventID\":\"e\"}}";
    assertThat(Notification.parse(body).records())
        .singleElement()
        .satisfies(record -> assertThat(record.path("eventID").stringValue()).isEqualTo("e"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CloudTrail validation message.",
        "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\"}",
        "{\"Type\":\"SubscriptionConfirmation\",\"Message\":\"m\"}",
      })
  void controlMessagesAskForNothing(String body) throws NotificationException {
    assertThat(Notification.parse(body)).isEqualTo(new Notification(List.of(), List.of(), 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "{}",
        "[]",
        "7",
        "{\"Records\":[{}]}",
        "{\"Records\":[7]}",
        "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{},\"object\":{}}}]}",
        "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"%zz\"}}}]}",
        "{\"s3Bucket\":\"b\",\"s3ObjectKey\":\"no list\"}",
        "{\"detail-type\":\"Something\",\"source\":\"aws.ec2\",\"detail\":{}}",
        "{\"Type\":\"Notification\",\"Message\":\"{\"}",
      })
  void anythingElseIsPoison(String body) {
    assertThatThrownBy(() -> Notification.parse(body))
        .isInstanceOf(NotificationException.class)
        .hasMessageStartingWith("Expected");
  }

  @Test
  void thePublishedWrappingsNameTheirObjects() throws IOException {
    List<String> lines =
        Files.readAllLines(
            Shared.cloudTrail().resolve("vectors").resolve("notification-wrappings.jsonl"));
    assertThat(lines).hasSize(18);
    for (String line : lines) {
      JsonNode vector = JsonMapper.shared().readTree(line);
      List<String> expected = new ArrayList<>();
      for (JsonNode object : vector.path("objects")) {
        expected.add(
            new ObjectRef(
                    object.path("bucket").stringValue(),
                    object.path("key").stringValue(),
                    object.path("versionId").asString(null),
                    -1)
                .toString());
      }
      assertThat(toFetch(vector.path("body").stringValue()))
          .as(vector.path("case").stringValue())
          .isEqualTo(expected);
    }
  }

  private static List<String> toFetch(String body) {
    try {
      return Notification.parse(body).objects().stream()
          .filter(object -> TrailKey.of(object.key()).kind().mayHoldRecords())
          .map(ObjectRef::toString)
          .toList();
    } catch (NotificationException e) {
      return List.of();
    }
  }

  private static String sns(String message) {
    return "{\"Type\":\"Notification\",\"MessageId\":\"m\",\"Message\":" + quoted(message) + "}";
  }

  private static String quoted(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }
}
