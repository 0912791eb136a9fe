package io.millrace.alerting.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.alerting.alert.Alert;
import io.millrace.alerting.alert.Severity;
import io.millrace.alerting.group.AlertStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SlackMessageTest {
  @Test
  void anAlertBecomesHeaderTextFieldsAndContextInItsColour() {
    JsonNode message =
        message("Root sign-in", "by <root> & co", Map.of("account", "1234"), List.of());

    JsonNode attachment = message.path("attachments").path(0);
    assertThat(message.path("text").asString()).isEqualTo("[CRITICAL] Root sign-in");
    assertThat(attachment.path("color").asString()).isEqualTo("#c92a2a");
    assertThat(attachment.path("blocks").toString())
        .isEqualTo(
            "[{\"type\":\"header\",\"text\":{\"type\":\"plain_text\",\"text\":\"Root"
                + " sign-in\",\"emoji\":false}},"
                + "{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"by &lt;root&gt;"
                + " &amp; co\"}},"
                + "{\"type\":\"section\",\"fields\":[{\"type\":\"mrkdwn\",\"text\":\"*account*\\n"
                + "1234\"}]},"
                + "{\"type\":\"context\",\"elements\":[{\"type\":\"mrkdwn\",\"text\":\"critical ·"
                + " 2025-06-15T15:06:40Z · process 42 · task t1\"}]}]");
  }

  @Test
  void everyPartKeepsSlacksLimits() {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < 50; i++) {
      fields.put("name & " + i + "&".repeat(80), "<".repeat(1_000));
    }
    JsonNode message = message("&".repeat(400), "<&>".repeat(6_000), fields, List.of("U123ABC"));

    JsonNode blocks = message.path("attachments").path(0).path("blocks");
    assertThat(message.path("text").asString()).hasSizeLessThanOrEqualTo(3_000);
    assertThat(blocks.path(0).path("text").path("text").asString()).hasSizeLessThanOrEqualTo(150);
    assertThat(blocks.path(1).path("text").path("text").asString()).hasSizeLessThanOrEqualTo(3_000);
    assertThat(blocks.size()).isEqualTo(2 + 5 + 1);
    for (JsonNode block : blocks) {
      assertThat(block.path("fields").size()).isLessThanOrEqualTo(10);
      for (JsonNode field : block.path("fields")) {
        assertThat(field.path("text").asString()).hasSizeLessThanOrEqualTo(2_000);
      }
    }
  }

  @Test
  void onlyMemberIdsBecomeMentions() {
    JsonNode message =
        message("t", "x", Map.of(), List.of("U123ABC", "<!channel>", "someone@example.com"));

    assertThat(
            message
                .path("attachments")
                .path(0)
                .path("blocks")
                .path(1)
                .path("text")
                .path("text")
                .asString())
        .isEqualTo("<@U123ABC> x");
  }

  @ParameterizedTest
  @CsvSource({
    "abc, 3, abc",
    "abcd, 3, ab…",
    "a&b, 7, a&amp;b",
    "a&b, 6, a…",
    "ab&, 7, ab&amp;",
    "😀😀, 3, 😀…",
    "'', 3, ''"
  })
  void aCutNeverSplitsAnEntityOrACharacter(String text, int lengthMax, String expected) {
    assertThat(SlackMessage.escaped(text, lengthMax)).isEqualTo(expected);
  }

  private static JsonNode message(
      String title, String text, Map<String, String> fields, List<String> recipients) {
    Alert alert =
        new Alert(
            "e1",
            42,
            "n1",
            "t1",
            1_750_000_000_000L,
            "slack",
            recipients,
            title,
            text,
            Severity.CRITICAL,
            fields,
            "");
    return SlackMessage.of(new OutgoingAlert(alert, AlertStore.preview(alert), "first"));
  }
}
