package io.millrace.alerting;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.millrace.alerting.channel.ChannelSettings;
import io.millrace.effects.guard.EgressRules;
import io.millrace.engine.command.EffectResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDeliveryTest {
  private static final String SECRET = "a-secret-of-the-hook";
  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private final AlertingFixture fixture;

  HttpDeliveryTest() {
    server.start();
    fixture = new AlertingFixture(webhook(Map.of()));
  }

  @AfterEach
  void close() {
    fixture.close();
    server.stop();
  }

  @Test
  void aWebhookIsSignedAndCarriesTheWholeAlert() throws Exception {
    answer(aResponse().withStatus(204));

    EffectResult result = fixture.run(fixture.alert(1, "hook", "high", "key"));

    assertThat(result).isEqualTo(new EffectResult.Notified(""));
    LoggedRequest request = requests().getFirst();
    String timestamp = request.getHeader("X-Millrace-Timestamp");
    String body = request.getBodyAsString();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] expected = mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
    assertThat(timestamp).isEqualTo("1750000000");
    assertThat(request.getHeader("X-Millrace-Signature"))
        .isEqualTo("v1=" + HexFormat.of().formatHex(expected));
    assertThat(request.getHeader("Idempotency-Key")).isEqualTo(AlertingFixture.id(1).text());
    assertThat(body)
        .contains(
            "\"title\":\"Title 1\"", "\"severity\":\"high\"", "\"fields\":{\"user\":\"alice1\"}")
        .contains("\"reason\":\"first\"", "\"count\":1", "\"dedupKey\":\"key\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 301})
  void aPermanentRefusalIsNotTriedAgain(int status) throws Exception {
    answer(aResponse().withStatus(status).withBody("no such hook"));

    assertThat(fixture.run(fixture.alert(1, "hook", "high", "")))
        .isEqualTo(
            new EffectResult.NotifyFailed(
                "notify_rejected", "HTTP status " + status + ": no such hook"));
    assertThat(requests()).hasSize(1);
    assertThat(log()).containsExactly("1 REJECTED");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503})
  void aPassingFailureIsTriedAgainUntilItWorks(int status) throws Exception {
    answer(aResponse().withStatus(status));
    CompletableFuture<EffectResult> result = fixture.start(fixture.alert(1, "hook", "high", ""));
    retryAfterAtMost(1_000);
    retryAfterAtMost(2_000);

    answer(aResponse().withStatus(200));
    letPass(1);

    assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo(new EffectResult.Notified(""));
    assertThat(log()).containsExactly("1 RETRY", "2 RETRY", "3 RETRY", "4 DELIVERED");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {
        "EMPTY_RESPONSE",
        "CONNECTION_RESET_BY_PEER",
        "RANDOM_DATA_THEN_CLOSE",
        "MALFORMED_RESPONSE_CHUNK"
      })
  void aCutConnectionIsTriedAgain(Fault fault) throws Exception {
    answer(aResponse().withFault(fault));
    CompletableFuture<EffectResult> result = fixture.start(fixture.alert(1, "hook", "high", ""));
    await().until(() -> log().equals(List.of("1 RETRY")));

    answer(aResponse().withStatus(200));
    letPass(1);

    assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo(new EffectResult.Notified(""));
  }

  @Test
  void aServerThatHangsIsTriedAgain() throws Exception {
    EgressRules rules = EgressRules.allowing(List.of("127.0.0.0/8"));
    try (AlertingFixture hurried = new AlertingFixture(rules, 100, webhook(Map.of()))) {
      answer(aResponse().withStatus(200).withFixedDelay(5_000));
      hurried.start(hurried.alert(1, "hook", "high", ""));

      await().until(() -> hurried.count("alert_delivery") == 1);
      assertThat(hurried.value("SELECT outcome || ' ' || error FROM alert_delivery"))
          .isEqualTo("RETRY No complete answer within 100 ms");
    }
  }

  @Test
  void aServerThatRefusesIsTriedAgain() {
    int port = server.port();
    server.stop();
    fixture.start(fixture.alert(1, "hook", "high", ""));

    await().until(() -> log().equals(List.of("1 RETRY")));
    assertThat(fixture.value("SELECT error FROM alert_delivery"))
        .contains("No connection to http://127.0.0.1:" + port);
  }

  @Test
  void theOtherSidesWaitIsHonouredForTheWholeChannel() throws Exception {
    answer(aResponse().withStatus(429).withHeader("Retry-After", "120"));
    CompletableFuture<EffectResult> first = fixture.start(fixture.alert(1, "hook", "high", ""));
    await().until(() -> log().size() == 1);
    CompletableFuture<EffectResult> second = fixture.start(fixture.alert(2, "hook", "high", ""));
    answer(aResponse().withStatus(200));

    await().until(() -> fixture.time.delays().size() == 2);
    assertThat(fixture.time.delays()).containsExactly(120_000L, 120_000L);
    fixture.time.advance(119_999);
    assertThat(requests()).hasSize(1);
    fixture.time.advance(1);

    assertThat(first.get(10, TimeUnit.SECONDS)).isInstanceOf(EffectResult.Notified.class);
    assertThat(second.get(10, TimeUnit.SECONDS)).isInstanceOf(EffectResult.Notified.class);
  }

  @Test
  void aWaitUntilADateIsHonoured() {
    // The clock starts at Sun, 15 Jun 2025 15:06:40 GMT.
    answer(aResponse().withStatus(503).withHeader("Retry-After", "Sun, 15 Jun 2025 15:08:40 GMT"));
    fixture.start(fixture.alert(1, "hook", "high", ""));

    await().until(() -> !fixture.time.delays().isEmpty());
    assertThat(fixture.time.delays()).containsExactly(120_000L);
  }

  @Test
  void anAlertThatIsTooOldIsGivenUp() throws Exception {
    answer(aResponse().withStatus(500));
    CompletableFuture<EffectResult> result = fixture.start(fixture.alert(1, "hook", "high", "key"));
    await().until(() -> log().size() == 1);
    fixture.time.advance(600_000);

    assertThat(result.get(10, TimeUnit.SECONDS))
        .isEqualTo(new EffectResult.NotifyFailed("notify_expired", "HTTP status 500"));
    assertThat(log()).containsExactly("1 RETRY", "2 EXPIRED");
  }

  @Test
  void aWaitBeyondTheEndIsGivenUpAtOnce() throws Exception {
    answer(aResponse().withStatus(429).withHeader("Retry-After", "99999"));

    assertThat(fixture.run(fixture.alert(1, "hook", "high", "")))
        .isInstanceOfSatisfying(
            EffectResult.NotifyFailed.class,
            failed -> assertThat(failed.tag()).isEqualTo("notify_expired"));
  }

  @Test
  void aGroupIsToldOnceThenOnlyWhenWorseOrAfterALongTime() throws Exception {
    answer(aResponse().withStatus(200));
    long start = VirtualTime.START_MILLIS;
    int number = 0;
    long minute = 60_000;
    for (long at = 0; at <= 250; at += 50) {
      fixture.run(AlertingFixture.alert(++number, "hook", "low", "key", start + at * minute));
    }
    fixture.run(AlertingFixture.alert(++number, "hook", "high", "key", start + 251 * minute));
    fixture.run(AlertingFixture.alert(++number, "hook", "high", "key", start + 252 * minute));

    List<String> told = new ArrayList<>();
    for (LoggedRequest request : requests()) {
      told.add(
          request
              .getBodyAsString()
              .replaceAll(".*\"reason\":\"(\\w+)\".*\"count\":(\\d+).*", "$1 $2"));
    }
    assertThat(told).containsExactly("first 1", "reminder 6", "severity 7");
    assertThat(fixture.value("SELECT occurrence_count FROM alert")).isEqualTo("8");
  }

  @Test
  void aGroupWhoseFirstWordFailedIsToldOfWithTheNextAlert() throws Exception {
    answer(aResponse().withStatus(404));
    fixture.run(fixture.alert(1, "hook", "low", "key"));
    answer(aResponse().withStatus(200));
    fixture.run(fixture.alert(2, "hook", "low", "key"));
    fixture.run(fixture.alert(3, "hook", "low", "key"));

    assertThat(requests()).hasSize(2);
  }

  @Test
  void aPendingDeliveryGoesOnAfterARestartWithoutCountingTwice() throws Exception {
    answer(aResponse().withStatus(500));
    var alert = fixture.alert(1, "hook", "high", "key");
    CompletableFuture<EffectResult> before = fixture.start(alert);
    await().until(() -> log().equals(List.of("1 RETRY")));
    fixture.restart();
    answer(aResponse().withStatus(200));

    EffectResult after = fixture.run(alert);
    EffectResult again = fixture.run(alert);

    assertThat(before).isNotDone();
    assertThat(after).isEqualTo(new EffectResult.Notified(""));
    assertThat(again).isEqualTo(after);
    assertThat(log()).containsExactly("1 RETRY", "2 DELIVERED");
    assertThat(requests()).hasSize(2);
    assertThat(fixture.value("SELECT occurrence_count FROM alert")).isEqualTo("1");
  }

  @Test
  void aCancelledDeliveryIsTriedNoMore() throws Exception {
    answer(aResponse().withStatus(500));
    CompletableFuture<EffectResult> result = fixture.start(fixture.alert(1, "hook", "high", ""));
    await().until(() -> log().size() == 1);

    fixture.alerting.cancel(AlertingFixture.id(1));

    await().until(() -> fixture.values("SELECT finished FROM alert_effect").contains("cancelled"));
    fixture.time.advance(10_000);
    await().until(() -> fixture.alerting.pending() == 0);
    assertThat(requests()).hasSize(1);
    assertThat(result).isNotDone();
  }

  @Test
  void theRateOfAChannelIsKept() throws Exception {
    try (AlertingFixture slow = new AlertingFixture(webhook(Map.of("ratePerMinute", "20")))) {
      answer(aResponse().withStatus(200));
      List<CompletableFuture<EffectResult>> results = new ArrayList<>();
      for (int i = 1; i <= 5; i++) {
        results.add(slow.start(slow.alert(i, "hook", "high", "")));
      }
      // A tenth of a minute's worth goes at once: two; then one every three seconds.
      await().until(() -> slow.time.delays().equals(List.of(3_000L)));
      await().until(() -> done(results) == 2);
      for (int expected = 3; expected <= 5; expected++) {
        slow.time.advance(3_000);
        int now = expected;
        await().until(() -> done(results) == now);
      }
    }
  }

  @Test
  void aForbiddenAddressIsRefusedForGoodAndNamesTheSetting() throws Exception {
    try (AlertingFixture guarded =
        new AlertingFixture(EgressRules.publicOnly(), webhook(Map.of()))) {
      assertThat(guarded.run(guarded.alert(1, "hook", "high", "")))
          .isInstanceOfSatisfying(
              EffectResult.NotifyFailed.class,
              failed -> {
                assertThat(failed.tag()).isEqualTo("notify_rejected");
                assertThat(failed.description()).contains("127.0.0.1", "egress.allow");
              });
      assertThat(requests()).isEmpty();
    }
  }

  private static long done(List<CompletableFuture<EffectResult>> results) {
    return results.stream().filter(CompletableFuture::isDone).count();
  }

  private ChannelSettings webhook(Map<String, String> more) {
    Map<String, String> fields = new java.util.HashMap<>(more);
    fields.put("url", "http://127.0.0.1:" + server.port() + "/hook");
    fields.put("secret", SECRET);
    return new ChannelSettings("hook", "webhook", fields);
  }

  private void answer(ResponseDefinitionBuilder response) {
    server.resetMappings();
    server.stubFor(any(anyUrl()).willReturn(response));
  }

  private List<LoggedRequest> requests() {
    return server.findAll(anyRequestedFor(anyUrl()));
  }

  private List<String> log() {
    return fixture.values("SELECT attempt || ' ' || outcome FROM alert_delivery ORDER BY id");
  }

  /** Waits for the next planned attempt and lets time pass to it. */
  private void letPass(int planned) {
    await().until(() -> fixture.time.delays().size() == planned);
    fixture.time.advance(fixture.time.delays().getLast());
  }

  private void retryAfterAtMost(long boundMillis) {
    int before = log().size();
    await().until(() -> !fixture.time.delays().isEmpty());
    assertThat(fixture.time.delays()).allMatch(delay -> delay <= boundMillis);
    fixture.time.advance(boundMillis);
    await().until(() -> log().size() == Math.max(before, 1) + 1);
  }
}
