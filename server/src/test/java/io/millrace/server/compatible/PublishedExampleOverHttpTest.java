package io.millrace.server.compatible;

import static io.millrace.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.server.ServerFixture;
import io.millrace.server.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The published CloudTrail folder, uploaded unmodified and run through the API, gives its published
 * values. The file is not part of the project; without it the test is skipped.
 */
class PublishedExampleOverHttpTest {
  @RegisterExtension static final ServerFixture server = ServerFixture.shared();

  private static final String EVENT =
      """
      {'eventVersion':'1.04','userIdentity':{'type':'IAMUser','accountId':'111111111111',
       'accessKeyId':'','userName':'JohnDoe'},'eventTime':'2016-10-03T20:29:11Z',
       'eventSource':'signin.amazonaws.com','eventName':'ConsoleLogin','awsRegion':'us-east-1',
       'sourceIPAddress':'159.224.244.142','userAgent':'Mozilla/5.0',
       'errorMessage':'Failed authentication','requestParameters':null,
       'responseElements':{'ConsoleLogin':'Failure'},
       'additionalEventData':{'LoginTo':'https://console.aws.amazon.com/','MobileVersion':'No',
       'MFAUsed':'No'},'eventID':'6a3f1a4c-0c5f-4d6c-9f2e-0e0f6a1b2c3d',
       'eventType':'AwsConsoleSignIn','recipientAccountId':'010101010101'}
      """
          .replace('\'', '"');

  @Test
  void theSignInFailureArrivesWithItsPublishedValues() throws IOException {
    Path file = shared("data/corezoid/106317_folder.json");
    assumeTrue(Files.isRegularFile(file), () -> "third-party data is absent: " + file);
    Map<String, Long> processes = upload(Files.readString(file));

    ObjectNode made =
        server.ok(
            "{\"type\":\"create\",\"obj\":\"task\",\"conv_id\":%d,\"data\":%s}"
                .formatted(processes.get("01 - Event router"), EVENT));
    JsonNode routed =
        server.ok(
            "{\"type\":\"show\",\"obj\":\"task\",\"conv_id\":%d,\"obj_id\":%s}"
                .formatted(processes.get("01 - Event router"), made.get("obj_id")));
    assertThat(routed.get("status").asString()).isEqualTo("processed");
    assertThat(routed.path("data").get("__conveyor_copy_task_result__").asString()).isEqualTo("ok");

    long checks = processes.get("02 - Non-Api checks");
    String end = Processes.node(server, checks, "Add your delivery logic here");
    JsonNode data =
        server
            .ok(
                "{\"type\":\"list\",\"obj\":\"node\",\"conv_id\":%d,\"obj_id\":\"%s\"}"
                    .formatted(checks, end))
            .path("list")
            .path(0)
            .get("data");
    assertThat(data.get("recipientAccountId").asString()).isEqualTo("\"Corezoid Dev\"");
    assertThat(data.get("requestParameters").isNull()).isTrue();
    assertThat(data.get("MfaUsage").asString()).isEqualTo("False");
    assertThat(data.get("MessageChannel").asString()).isEqualTo("MyChannel");
    assertThat(data.get("MyEventDetails").asString())
        .isEqualTo("Failed to login in account \"Corezoid Dev\" from ip 159.224.244.142");
    assertThat(data.get("Message").asString())
        .isEqualTo(
            "User: JohnDoe\\nAccount: 111111111111\\nMFA: False\\nType: IAMUser\\n\\n"
                + "Failed to login in account \"Corezoid Dev\" from ip 159.224.244.142");
  }

  /** Title to number of what was made. */
  private static Map<String, Long> upload(String file) {
    String body =
        Json.text(Json.object().put("type", "create").put("obj", "obj_scheme").put("scheme", file));
    JsonNode answer = json(server.signed("/api/2/upload", body).body()).path("ops").path(0);
    assertThat(answer.get("proc").asString()).as(answer.toString()).isEqualTo("ok");
    assertThat(answer.has("errors")).as(answer.toString()).isFalse();
    Map<String, Long> numbers = new HashMap<>();
    answer
        .get("scheme")
        .forEach(made -> numbers.put(made.get("title").asString(), made.get("obj_id").asLong()));
    return numbers;
  }

  private static Path shared(String relative) {
    String named = System.getProperty("millrace.shared", System.getenv("MILLRACE_SHARED"));
    if (named != null) {
      return Path.of(named, relative);
    }
    Path folder = Path.of("").toAbsolutePath();
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("shared/spec"))) {
        return at.resolve("shared").resolve(relative);
      }
    }
    return folder.resolve("shared").resolve(relative);
  }
}
