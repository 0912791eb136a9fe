package io.millrace.alerting.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelSettingsTest {
  private static final String TOKEN = "t0ps3cret-token-0123456789";

  @Test
  void wrongSettingsNameChannelFieldAndRemedy() {
    assertWrong("slack", Map.of(), "Channel 'ops', field 'url': expected an https address");
    assertWrong("slack", Map.of("url", TOKEN), "field 'url': expected an address that begins");
    assertWrong("slack", Map.of("url", "https://x", "color", "red"), "Known: [concurrency, rate");
    assertWrong("webhook", Map.of("url", "https://x", "secret", "short"), "at least 16 characters");
    assertWrong("email", Map.of("from", "a@b.example"), "field 'host': expected the SMTP");
    assertWrong("email", Map.of("host", "h", "from", "nobody"), "field 'from': expected a mail");
    assertWrong(
        "email",
        Map.of("host", "h", "from", "a@b.example", "to", "a@b.example, x\r\ny@b.example"),
        "field 'to': expected a mail");
    assertWrong(
        "email",
        Map.of("host", "h", "from", "a@b.example", "password", TOKEN),
        "user and password");
    assertWrong(
        "email", Map.of("host", "h", "from", "a@b.example", "security", "ssl"), "[none, starttls");
    assertWrong(
        "email",
        Map.of("host", "h", "from", "a@b.example", "port", "0"),
        "1 to 65535, but got '0'");
    assertWrong("pigeon", Map.of(), "expected slack, email or webhook, but got 'pigeon'");
  }

  @Test
  void nothingThatIsPrintedHoldsASecret() {
    ChannelSettings slack = new ChannelSettings("a", "slack", Map.of("url", "https://h/" + TOKEN));
    ChannelSettings hook =
        new ChannelSettings("b", "webhook", Map.of("url", "https://h/" + TOKEN, "secret", TOKEN));
    ChannelSettings mail =
        new ChannelSettings(
            "c",
            "email",
            Map.of("host", "h", "from", "a@b.example", "user", "u", "password", TOKEN));

    for (ChannelSettings settings : new ChannelSettings[] {slack, hook, mail}) {
      Channel channel = Channel.of(settings);
      assertThat(settings.toString()).doesNotContain(TOKEN);
      assertThat(channel.toString()).doesNotContain(TOKEN).contains("***");
      assertThat(new Redactor(channel).clean("echo " + settings.fields().values()))
          .doesNotContain(TOKEN);
    }
  }

  private static void assertWrong(String type, Map<String, String> fields, String message) {
    assertThatThrownBy(() -> Channel.of(new ChannelSettings("ops", type, fields)))
        .isInstanceOf(ChannelSettingsException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining(TOKEN);
  }
}
