package io.millrace.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.millrace.alerting.channel.ChannelSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Goal: no channel secret leaves by a log, a result or the delivery log. Method: every channel
 * fails against a server that echoes secrets, with all our logging on. Criterion: the text is
 * nowhere.
 */
class SecretsStaySecretTest {
  private static final String TOKEN = "t0ps3cret-token-0123456789";

  @Test
  void aFailingChannelDoesNotTellItsSecret() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger("io.millrace");
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    logger.addAppender(events);
    logger.setLevel(Level.TRACE);
    WireMockServer server =
        new WireMockServer(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    server.start();
    server.stubFor(
        WireMock.any(WireMock.anyUrl())
            .willReturn(WireMock.aResponse().withStatus(500).withBody("bad key " + TOKEN)));
    String url = "http://127.0.0.1:" + server.port() + "/" + TOKEN;
    try (AlertingFixture fixture =
        new AlertingFixture(
            new ChannelSettings("chat", "slack", Map.of("url", url)),
            new ChannelSettings("hook", "webhook", Map.of("url", url, "secret", TOKEN)),
            new ChannelSettings("gone", "slack", Map.of("url", "http://127.0.0.1:1/" + TOKEN)))) {
      fixture.start(fixture.alert(1, "chat", "high", ""));
      fixture.start(fixture.alert(2, "hook", "high", ""));
      fixture.start(fixture.alert(3, "gone", "high", ""));
      await().until(() -> fixture.count("alert_delivery") == 3);
      fixture.time.advance(600_001);
      await().until(() -> fixture.count("alert_delivery") == 6);

      List<String> stored =
          fixture.values(
              "SELECT error FROM alert_delivery UNION ALL SELECT outcome FROM alert_effect");
      assertThat(stored).filteredOn(text -> text != null && text.contains("***")).isNotEmpty();
      assertThat(stored).allMatch(text -> text == null || !text.contains(TOKEN));
    } finally {
      logger.detachAppender(events);
      logger.setLevel(null);
      server.stop();
    }
    assertThat(List.copyOf(events.list))
        .isNotEmpty()
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(message -> message.contains(TOKEN));
  }
}
