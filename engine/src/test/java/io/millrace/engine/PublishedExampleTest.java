package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.engine.deploy.DeployCheck;
import io.millrace.engine.deploy.TargetLookup;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.json.Json;
import io.millrace.engine.view.TaskView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The published CloudTrail export of 2016, value by value ({@code process-model.md} §9). */
class PublishedExampleTest {
  private static final long CHECKS = 164330;
  private static final long ROUTER = 164331;

  @Test
  void aFailedSignInBecomesTheDocumentedMessage() throws IOException {
    Path file = SharedData.path("data/corezoid/106317_folder.json");
    assumeTrue(Files.exists(file), "shared data is not here: " + file);
    EngineFixture engine = new EngineFixture();
    for (JsonNode element : Json.parse(Files.readAllBytes(file))) {
      if (element.path("obj_type").asInt() == 1) {
        ProcessSource source = source((ObjectNode) element);
        assertThat(DeployCheck.check(source, true, TargetLookup.TRUSTING))
            .filteredOn(problem -> problem.error())
            .isEmpty();
        engine.put(source);
      }
    }

    TaskId routed = engine.create(ROUTER, SIGN_IN_FAILURE);

    TaskView router = engine.existing(ROUTER, routed);
    assertThat(titles(engine, ROUTER, router))
        .containsExactly(
            "Start",
            "Map ID to Alias",
            "Another One",
            "Route by Event Type",
            "Non-Api Events",
            "Final");
    assertThat(router.data().path("recipientAccountId").stringValue())
        .isEqualTo("\"Corezoid Dev\"")
        .hasSize(14);
    assertThat(router.data().path("__conveyor_copy_task_result__").stringValue()).isEqualTo("ok");

    List<TaskView> messages =
        engine.snapshot(0).tasks(CHECKS, NodeId.of("57f2c1e360e3272c83d97f41"), 10, true);
    assertThat(messages).hasSize(1);
    TaskView message = messages.getFirst();
    assertThat(titles(engine, CHECKS, message))
        .containsExactly(
            "Start",
            "Classifier",
            "Console Sign-in",
            "Sign-In Failure",
            "Check MFA usage",
            "Using MFA False",
            "Set Message Channel",
            "Prepare Message",
            "Message Router",
            "Add your delivery logic here");
    ObjectNode data = message.data();
    assertThat(data.get("requestParameters").isNull()).isTrue();
    assertThat(data.path("recipientAccountId").stringValue()).isEqualTo("\"Corezoid Dev\"");
    assertThat(data.path("MyEventDetails").stringValue())
        .isEqualTo("Failed to login in account \"Corezoid Dev\" from ip 159.224.244.142");
    assertThat(data.get("MfaUsage").stringValue()).isEqualTo("False");
    assertThat(data.path("MessageChannel").stringValue()).isEqualTo("MyChannel");
    assertThat(data.path("Message").stringValue())
        .isEqualTo(
            "User: JohnDoe\\nAccount: 111111111111\\nMFA: False\\nType: IAMUser\\n\\n"
                + "Failed to login in account \"Corezoid Dev\" from ip 159.224.244.142");

    engine.status(CHECKS, ProcessStatus.PAUSED);
    TaskId second = engine.create(ROUTER, SIGN_IN_FAILURE);
    assertThat(engine.data(ROUTER, second).path("__conveyor_copy_task_return_type_tag__"))
        .isEqualTo(EngineFixture.json("'conveyor_is_not_active'"));
  }

  private static List<String> titles(EngineFixture engine, long process, TaskView task) {
    return task.path().stream()
        .map(step -> {
          for (JsonNode node : engine.source(process).scheme().path("nodes")) {
            if (node.path("id").asString().equals(step.nodeId().toString())) {
              return node.path("title").asString();
            }
          }
          return "?";
        })
        .toList();
  }

  private static ProcessSource source(ObjectNode element) {
    JsonNode params = element.path("params");
    return new ProcessSource(
        element.path("obj_id").asLong(),
        0,
        element.path("title").asString(),
        false,
        ProcessStatus.ACTIVE,
        params.isArray() ? (ArrayNode) params : Json.array(),
        (ObjectNode) Objects.requireNonNull(element.get("scheme")),
        EngineFixture.OWNER,
        List.of(),
        30,
        Json.object());
  }

  private static final String SIGN_IN_FAILURE =
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
      """;
}
