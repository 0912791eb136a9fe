package io.millrace.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.alerting.alert.AlertView;
import io.millrace.alerting.alert.Severity;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EffectResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboxDeliveryTest {
  private static final long HOUR = 3_600_000;
  private final AlertingFixture fixture = new AlertingFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void anAlertToTheInboxIsStoredWithAllItSays() throws Exception {
    List<AlertView> heard = new CopyOnWriteArrayList<>();
    fixture.alerting.onAlert(heard::add);

    EffectResult result = fixture.run(fixture.alert(1, "inbox", "high", "key"));

    assertThat(result).isEqualTo(new EffectResult.Notified("1"));
    await().until(() -> heard.size() == 1);
    AlertView alert = heard.getFirst();
    assertThat(alert.title()).isEqualTo("Title 1");
    assertThat(alert.text()).isEqualTo("Text 1");
    assertThat(alert.severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.fields()).isEqualTo(Map.of("user", "alice1"));
    assertThat(alert.processId()).isEqualTo(42);
    assertThat(alert.nodeId()).isEqualTo("0123456789abcdef01234567");
    assertThat(alert.count()).isEqualTo(1);
  }

  @Test
  void anEffectStartedAgainIsCountedOnceAndHasTheSameResult() throws Exception {
    Effect.Notify alert = fixture.alert(1, "inbox", "high", "key");

    EffectResult first = fixture.run(alert);
    fixture.restart();
    EffectResult second = fixture.run(alert);

    assertThat(second).isEqualTo(first);
    assertThat(fixture.value("SELECT occurrence_count FROM alert")).isEqualTo("1");
  }

  @Test
  void alertsWithTheSameKeyWithinTheWindowAreOneGroup() throws Exception {
    long start = VirtualTime.START_MILLIS;
    fixture.run(AlertingFixture.alert(1, "inbox", "low", "key", start));
    fixture.run(AlertingFixture.alert(2, "inbox", "critical", "key", start + HOUR));
    fixture.run(AlertingFixture.alert(3, "inbox", "medium", "key", start + 2 * HOUR));

    assertThat(fixture.count("alert")).isEqualTo(1);
    assertThat(fixture.value("SELECT occurrence_count FROM alert")).isEqualTo("3");
    assertThat(fixture.value("SELECT severity FROM alert")).isEqualTo("4");
    assertThat(fixture.value("SELECT title FROM alert")).isEqualTo("Title 3");
    assertThat(fixture.value("SELECT last_millis - first_millis FROM alert")).isEqualTo("7200000");
  }

  @Test
  void aKeyThatWasSilentForLongerThanTheWindowBeginsANewGroup() throws Exception {
    long start = VirtualTime.START_MILLIS;
    fixture.run(AlertingFixture.alert(1, "inbox", "low", "key", start));
    fixture.run(AlertingFixture.alert(2, "inbox", "low", "key", start + HOUR + 1));
    fixture.run(AlertingFixture.alert(3, "inbox", "low", "key", start + HOUR + 2));

    assertThat(fixture.values("SELECT occurrence_count FROM alert ORDER BY id"))
        .containsExactly("1", "2");
  }

  @Test
  void anAlertThatComesMuchTooLateDoesNotTakeTheGroupOver() throws Exception {
    long start = VirtualTime.START_MILLIS;
    fixture.run(AlertingFixture.alert(1, "inbox", "low", "key", start));
    fixture.run(AlertingFixture.alert(2, "inbox", "low", "key", start - 5 * HOUR));
    fixture.run(AlertingFixture.alert(3, "inbox", "low", "key", start + 1));

    assertThat(fixture.values("SELECT occurrence_count FROM alert ORDER BY id"))
        .containsExactly("2", "1");
  }

  @Test
  void alertsWithoutAKeyAndOtherChannelsStandAlone() throws Exception {
    fixture.run(fixture.alert(1, "inbox", "low", ""));
    fixture.run(fixture.alert(2, "inbox", "low", ""));

    assertThat(fixture.count("alert")).isEqualTo(2);
  }

  @Test
  void aFloodIntoOneGroupIsCountedExactlyAndRemembersTheLastOnes() throws Exception {
    List<CompletableFuture<EffectResult>> results = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      results.add(
          fixture.start(
              AlertingFixture.alert(i, "inbox", "low", "key", VirtualTime.START_MILLIS + i)));
    }
    for (CompletableFuture<EffectResult> result : results) {
      assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo(new EffectResult.Notified("1"));
    }

    assertThat(fixture.value("SELECT occurrence_count FROM alert")).isEqualTo("500");
    assertThat(fixture.value("SELECT occurrences FROM alert"))
        .contains("Title 499", "Title 495")
        .doesNotContain("Title 494");
  }

  @Test
  void anAlertWithOddContentIsStoredNotRefused() throws Exception {
    Effect.Notify odd =
        new Effect.Notify(
            AlertingFixture.id(1),
            1,
            AlertingFixture.NODE,
            5,
            "inbox",
            List.of(),
            "x".repeat(10_000),
            "nul\0 and 😀".repeat(5_000),
            "terrible",
            Map.of("k".repeat(1000), "v".repeat(100_000)),
            "d".repeat(5_000));

    assertThat(fixture.run(odd)).isInstanceOf(EffectResult.Notified.class);
    assertThat(fixture.value("SELECT severity FROM alert")).isEqualTo("2");
  }

  @Test
  void theLargestAlertOfAwkwardCharactersFitsItsColumns() throws Exception {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < 60; i++) {
      fields.put(i + "\"\u0001".repeat(100), "\\\u0001\"".repeat(1_000));
    }
    String awkward = "\"\u0001\\".repeat(20_000);
    for (int i = 1; i <= 6; i++) {
      Effect.Notify large =
          new Effect.Notify(
              AlertingFixture.id(i),
              1,
              AlertingFixture.NODE,
              i,
              "inbox",
              List.of(),
              awkward,
              awkward,
              "high",
              fields,
              "key");
      assertThat(fixture.run(large)).isInstanceOf(EffectResult.Notified.class);
    }
  }

  @Test
  void anUnknownChannelFailsWithItsTagAndTheKnownNames() throws Exception {
    assertThat(fixture.run(fixture.alert(1, "pager", "high", "")))
        .isEqualTo(
            new EffectResult.NotifyFailed(
                "notify_unknown_channel",
                "Channel: expected one of [inbox], but got 'pager'. Correct the node or configure the"
                    + " channel."));
    assertThat(fixture.count("alert")).isZero();
  }

  @Test
  void alertsWaitWhileTheDatabaseIsAwayAndAreStoredWhenItIsBack() throws Exception {
    fixture.jdbi.useHandle(handle -> handle.execute("ALTER TABLE alert_effect RENAME TO away"));
    CompletableFuture<EffectResult> result = fixture.start(fixture.alert(1, "inbox", "high", ""));
    await().until(() -> fixture.alerting.pending() == 0);
    assertThat(result).isNotDone();

    fixture.jdbi.useHandle(handle -> handle.execute("ALTER TABLE away RENAME TO alert_effect"));

    assertThat(result.get(10, TimeUnit.SECONDS)).isInstanceOf(EffectResult.Notified.class);
  }

  @Test
  void whatIsOldIsDroppedAndWhatIsPendingIsNotForgotten() throws Exception {
    fixture.run(fixture.alert(1, "inbox", "high", "old"));
    fixture.jdbi.useHandle(handle ->
        handle.execute(
            "INSERT INTO alert_effect (effect_id, alert_id, announcement, time_millis)"
                + " VALUES ('pending', 1, 'FIRST', 0)"));
    fixture.time.advance(2_000_000);
    fixture.run(fixture.alert(2, "inbox", "high", "new"));

    fixture.alerting.dropOld();

    assertThat(fixture.values("SELECT dedup_key FROM alert")).containsExactly("new");
    assertThat(fixture.values("SELECT dedup_key FROM alert_group")).containsExactly("new");
    assertThat(fixture.values("SELECT effect_id FROM alert_effect ORDER BY effect_id DESC"))
        .containsExactly("pending", AlertingFixture.id(2).text());
  }
}
