package io.millrace.aws.solution;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.command.Effect;
import io.millrace.engine.json.Json;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The table {@code solution/detections.jsonl}: each line an event and the detections it sets off.
 * Every detection has a line that sets it off and one like it that does not.
 */
class DetectionTest {
  private static final PackRun PACK = new PackRun();

  /** Who acts, by a word. */
  private static final Map<String, String> PEOPLE =
      Map.ofEntries(
          Map.entry(
              "user",
              "{'type':'IAMUser','arn':'arn:aws:iam::111122223333:user/ada','userName':'ada'}"),
          Map.entry("hidden", "{'type':'IAMUser','userName':'HIDDEN_DUE_TO_SECURITY_REASONS'}"),
          Map.entry(
              "console",
              "{'type':'IAMUser','arn':'arn:aws:iam::111122223333:user/ada','userName':'ada',"
                  + "'sessionContext':{'attributes':{'mfaAuthenticated':'false'}}}"),
          Map.entry(
              "console-mfa",
              "{'type':'IAMUser','arn':'arn:aws:iam::111122223333:user/ada','userName':'ada',"
                  + "'sessionContext':{'attributes':{'mfaAuthenticated':'true'}}}"),
          Map.entry("root", "{'type':'Root','arn':'arn:aws:iam::111122223333:root'}"),
          Map.entry(
              "root-service",
              "{'type':'Root','arn':'arn:aws:iam::111122223333:root','invokedBy':'x.amazonaws.com'}"),
          Map.entry("role", role("deploy", "build-17")),
          Map.entry("role-carla", role("Administrator", "carla")),
          Map.entry("person", role("AWSReservedSSO_Developer_0a1b", "carla@brightmill.example")),
          Map.entry("scaling", role("AWSServiceRoleForAutoScaling", "AutoScaling")),
          Map.entry("service", "{'type':'AWSService','invokedBy':'ecs-tasks.amazonaws.com'}"),
          Map.entry("report", "{'accountId':'111122223333','invokedBy':'ec2.amazonaws.com'}"),
          Map.entry("none", "{}"));

  private static String role(String role, String session) {
    String invokedBy = role.contains("Scaling") ? ",'invokedBy':'autoscaling.amazonaws.com'" : "";
    return "{'type':'AssumedRole','arn':'arn:aws:sts::111122223333:assumed-role/%s/%s',"
            .formatted(role, session)
        + "'sessionContext':{'sessionIssuer':{'userName':'%s','arn':'arn:aws:iam::111122223333:role/%s'}}%s}"
            .formatted(role, role, invokedBy);
  }

  /** One line of the table. */
  record Line(String rule, String name, List<String> alerts, ObjectNode event) {
    @Override
    public String toString() {
      return rule + ": " + event.path("eventName").asString("") + ", " + name;
    }
  }

  static List<Line> lines() throws Exception {
    try (var in =
            Objects.requireNonNull(
                DetectionTest.class.getResourceAsStream("/solution/detections.jsonl"));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().map(DetectionTest::line).toList();
    }
  }

  private static Line line(String text) {
    JsonNode json = Json.parse(text);
    ObjectNode event =
        Json.parseObject(
            """
            {"eventVersion":"1.11","eventTime":"2026-11-20T10:00:00Z","awsRegion":"eu-west-1",
            "sourceIPAddress":"203.0.113.9","userAgent":"aws-cli/2.22.1","eventID":"e-1",
            "eventType":"AwsApiCall","recipientAccountId":"111122223333"}
            """);
    String who = Objects.requireNonNull(PEOPLE.get(json.path("who").stringValue()));
    event.set("userIdentity", Json.parse(who.replace('\'', '"')));
    event.setAll((ObjectNode) json.path("event"));
    List<String> alerts = new ArrayList<>();
    json.path("alerts").forEach(alert -> alerts.add(alert.stringValue()));
    return new Line(
        json.path("rule").stringValue(), json.path("case").stringValue(), alerts, event);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lines")
  void anEventSetsOffExactlyItsDetections(Line line) {
    assertThat(PACK.rulesOf(line.event())).containsExactlyElementsOf(line.alerts());
  }

  @Test
  void everyDetectionOfThePackIsInTheTableBothWays() throws Exception {
    Set<String> positive = new TreeSet<>();
    Set<String> negative = new TreeSet<>();
    for (Line line : lines()) {
      positive.addAll(line.alerts());
      if (!line.rule().isEmpty() && !line.alerts().contains(line.rule())) {
        negative.add(line.rule());
      }
    }
    assertThat(positive).isEqualTo(ruleIds());
    assertThat(negative).isEqualTo(ruleIds());
  }

  private static Set<String> ruleIds() {
    Set<String> ids = new TreeSet<>();
    for (JsonNode process : Pack.elements()) {
      for (JsonNode node : process.path("scheme").path("nodes")) {
        for (JsonNode logic : node.path("condition").path("logics")) {
          if (logic.path("extra").has("ruleId")) {
            assertThat(ids.add(logic.path("extra").path("ruleId").stringValue())).isTrue();
          }
        }
      }
    }
    return ids;
  }

  static Stream<Line> aTrailIsStopped() throws Exception {
    return lines().stream().filter(line -> line.alerts().equals(List.of("trail-stopped")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("aTrailIsStopped")
  void aMessageSaysWhoDidWhatWhereAndWhen(Line line) {
    Effect.Notify alert = PACK.alertsOf(line.event()).getFirst();
    assertThat(alert.channel()).isEqualTo("inbox");
    assertThat(alert.severity()).isEqualTo("critical");
    assertThat(alert.title()).isEqualTo("Trail stopped: ada in brightmill-production");
    assertThat(alert.text())
        .startsWith("The trail audit records nothing until it is started again.")
        .contains(
            "Where: brightmill-production, eu-west-1",
            "From: 203.0.113.9",
            "When: 2026-11-20T10:00:00Z");
    assertThat(alert.fields())
        .containsEntry("Account", "brightmill-production (111122223333)")
        .containsEntry("Call", "StopLogging (cloudtrail.amazonaws.com)");
    assertThat(alert.dedupKey()).isEqualTo("trail-stopped|111122223333|user/ada");
  }

  @Test
  void anAccountWithoutAnAliasIsCalledByItsNumber() throws Exception {
    ObjectNode event = aTrailIsStopped().findFirst().orElseThrow().event();
    event.put("recipientAccountId", "999988887777");
    assertThat(PACK.alertsOf(event).getFirst().title())
        .isEqualTo("Trail stopped: ada in 999988887777");
  }

  @Test
  void urgentAlertsGoToTheNamedChannelToo() throws Exception {
    PackRun extended = new PackRun(PackEdit.withUrgentChannel("on-call"));
    List<Effect.Notify> told =
        extended.alertsOf(aTrailIsStopped().findFirst().orElseThrow().event());
    assertThat(told).extracting(Effect.Notify::channel).containsExactly("inbox", "on-call");
    Line small =
        lines().stream()
            .filter(line -> line.alerts().equals(List.of("sg-changed")))
            .findFirst()
            .orElseThrow();
    assertThat(extended.alertsOf(small.event()))
        .extracting(Effect.Notify::channel)
        .containsExactly("inbox");
  }
}
