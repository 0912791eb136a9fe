package io.millrace.alerting.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.alerting.AlertingFixture;
import io.millrace.alerting.alert.AlertView;
import io.millrace.alerting.alert.Severity;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Goal: the inbox works with 100 000 alerts. Criterion: right rows, and plans that use an index.
 */
class LargeInboxTest {
  private static final int ALERTS = 100_000;
  private static final AlertingFixture FIXTURE = new AlertingFixture();
  private static final Inbox INBOX = new Inbox(FIXTURE.jdbi);

  @BeforeAll
  static void fill() {
    FIXTURE.jdbi.useTransaction(handle -> {
      PreparedBatch batch =
          handle.prepareBatch(
              "INSERT INTO alert (channel, dedup_key, title, body, severity, fields,"
                  + " occurrence_count, first_millis, last_millis, acknowledged, process_id,"
                  + " node_id, task_id, occurrences, search_text) VALUES ('inbox', '', 'T' || :n,"
                  + " '', :severity, '{}', 1, :n, :n, :acknowledged, :process, '', '', '[]',"
                  + " 'alert number ' || :n)");
      for (int i = 1; i <= ALERTS; i++) {
        batch
            .bind("n", i)
            .bind("severity", i % 5)
            .bind("acknowledged", i % 10 != 0)
            .bind("process", i % 100)
            .add();
        if (i % 5_000 == 0) {
          batch.execute();
        }
      }
    });
    FIXTURE.jdbi.useHandle(handle -> handle.execute("ANALYZE SAMPLE_SIZE 1000"));
  }

  @AfterAll
  static void close() {
    FIXTURE.close();
  }

  @Test
  void theFirstPageAndAllCountsAreRight() {
    AlertPage page = INBOX.search(AlertQuery.ALL, null, 50);

    assertThat(page.alerts()).hasSize(50);
    assertThat(page.alerts().getFirst().title()).isEqualTo("T100000");
    assertThat(page.counts().total()).isEqualTo(ALERTS);
    assertThat(page.counts().unacknowledged()).isEqualTo(ALERTS / 10);
    assertThat(page.counts().bySeverity()).containsEntry(Severity.CRITICAL, 20_000L);
  }

  @Test
  void aRareWordIsFoundAmongAll() {
    AlertQuery query = new AlertQuery("NUMBER 77777", Set.of(), null, null, null, null, null);

    AlertPage page = INBOX.search(query, null, 50);

    assertThat(page.alerts()).extracting(AlertView::title).containsExactly("T77777");
    assertThat(page.counts().total()).isEqualTo(1);
  }

  @Test
  void aDeepPageBeginsBehindItsCursor() {
    AlertPage page = INBOX.search(AlertQuery.ALL, new AlertCursor(50_000, 50_000), 3);

    assertThat(page.alerts())
        .extracting(AlertView::title)
        .containsExactly("T49999", "T49998", "T49997");
  }

  @Test
  void aFilterAcknowledgesManyAtOnceUpToItsBound() {
    AlertQuery query = new AlertQuery("", Set.of(), null, null, 10L, null, null);

    List<AlertView> changed = INBOX.acknowledge(query, "Ann", 5);

    assertThat(changed).hasSize(1_000).allMatch(AlertView::acknowledged);
  }

  @Test
  void aPageIsReadThroughAnIndexInItsOrder() {
    AlertQuery open = new AlertQuery("", Set.of(), false, null, null, null, null);
    AlertQuery ofProcess = new AlertQuery("", Set.of(), null, null, 7L, null, null);
    AlertQuery ofChannel = new AlertQuery("", Set.of(), null, "inbox", null, null, null);

    assertThat(plan(new AlertFilter(AlertQuery.ALL, true)))
        .contains("ALERT_BY_TIME", "index sorted");
    assertThat(plan(new AlertFilter(AlertQuery.ALL, true).behind(new AlertCursor(500, 7))))
        .contains("ALERT_BY_TIME: LAST_MILLIS <= ?", "index sorted");
    assertThat(plan(new AlertFilter(open, true))).contains("ALERT_BY_ACKNOWLEDGED", "index sorted");
    assertThat(plan(new AlertFilter(ofProcess, true))).contains("ALERT_BY_PROCESS", "index sorted");
    assertThat(plan(new AlertFilter(ofChannel, true))).contains("ALERT_BY_CHANNEL", "index sorted");
  }

  private static String plan(AlertFilter filter) {
    String sql = "EXPLAIN SELECT id FROM alert" + filter.where() + filter.order() + " LIMIT 50";
    return FIXTURE.jdbi.withHandle(
        handle -> filter.bind(handle.createQuery(sql)).mapTo(String.class).one());
  }
}
