package io.millrace.alerting.group;

import io.millrace.alerting.alert.Alert;
import io.millrace.alerting.alert.AlertDatabase;
import io.millrace.alerting.alert.AlertJson;
import io.millrace.alerting.alert.AlertView;
import io.millrace.alerting.alert.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Writes alerts into their groups. An effect is counted once, however often it is started; a batch
 * is stored whole or not at all, and a conflict with another writer is tried again.
 */
public final class AlertStore {
  private static final int TRIES_MAX = 5;

  private final Jdbi jdbi;
  private final Grouping grouping;

  private record EffectRow(
      long alertId, Announcement announcement, @Nullable String finished, String outcome) {}

  public AlertStore(Jdbi jdbi, GroupSettings settings) {
    this.jdbi = jdbi;
    this.grouping = new Grouping(settings);
  }

  /**
   * Stores a batch in one transaction; the answers are in its order.
   *
   * @param finishedAtOnce whether alerts of this channel need no delivery
   */
  public List<StoredAlert> store(
      List<Alert> alerts, java.util.function.Predicate<String> finishedAtOnce) {
    for (int tries = 1; ; tries++) {
      try {
        return jdbi.inTransaction(handle -> {
          List<StoredAlert> stored = new ArrayList<>(alerts.size());
          for (Alert alert : alerts) {
            stored.add(storeOne(handle, alert, finishedAtOnce.test(alert.channel())));
          }
          return stored;
        });
      } catch (RuntimeException e) {
        if (tries == TRIES_MAX || !SqlFailure.isConflict(e)) {
          throw e;
        }
      }
    }
  }

  /** Notes how the delivery of an effect ended; failed ones give the group another chance. */
  public void finish(String effectId, String finished, String outcome) {
    jdbi.useTransaction(handle -> {
      handle
          .createUpdate(
              "UPDATE alert_effect SET finished = :finished, outcome = :outcome"
                  + " WHERE effect_id = :effect")
          .bind("finished", finished)
          .bind("outcome", Alert.cut(outcome, 1_000))
          .bind("effect", effectId)
          .execute();
      if (!finished.equals(StoredAlert.NOTIFIED)) {
        handle
            .createUpdate(
                "UPDATE alert SET announced_millis = NULL, announced_severity = NULL WHERE id ="
                    + " (SELECT alert_id FROM alert_effect WHERE effect_id = :effect)")
            .bind("effect", effectId)
            .execute();
      }
    });
  }

  /** An alert as it would look alone, without storing it. */
  public static AlertView preview(Alert alert) {
    return new Grouping(GroupSettings.defaults()).begin(alert).view();
  }

  private StoredAlert storeOne(Handle handle, Alert alert, boolean finishedAtOnce) {
    Optional<EffectRow> seen = effect(handle, alert.effectId());
    if (seen.isPresent()) {
      EffectRow row = seen.get();
      // Retention may have dropped the group while the effect was pending.
      AlertView view =
          state(handle, row.alertId)
              .map(GroupState::view)
              .orElseGet(() -> grouping.begin(alert).view());
      return new StoredAlert(view, false, row.announcement, row.finished, row.outcome);
    }
    StoredAlert stored =
        alert.dedupKey().isEmpty() ? begin(handle, alert) : storeInGroup(handle, alert);
    boolean finished = finishedAtOnce || stored.announcement() == Announcement.SUPPRESSED;
    String outcome = finished ? Long.toString(stored.view().id()) : "";
    handle
        .createUpdate(
            "INSERT INTO alert_effect (effect_id, alert_id, announcement, finished, outcome,"
                + " time_millis) VALUES (:effect, :alert, :announcement, :finished, :outcome, :time)")
        .bind("effect", alert.effectId())
        .bind("alert", stored.view().id())
        .bind("announcement", stored.announcement().name())
        .bind("finished", finished ? StoredAlert.NOTIFIED : null)
        .bind("outcome", outcome)
        .bind("time", alert.timeMillis())
        .execute();
    return new StoredAlert(
        stored.view(),
        true,
        stored.announcement(),
        finished ? StoredAlert.NOTIFIED : null,
        outcome);
  }

  private StoredAlert storeInGroup(Handle handle, Alert alert) {
    Optional<Long> open =
        handle
            .createQuery(
                "SELECT alert_id FROM alert_group WHERE channel = :channel AND dedup_key = :key"
                    + " FOR UPDATE")
            .bind("channel", alert.channel())
            .bind("key", alert.dedupKey())
            .mapTo(Long.class)
            .findOne();
    GroupState group = open.flatMap(id -> state(handle, id)).orElse(null);
    if (group != null && grouping.joins(group.view(), alert)) {
      Announcement announcement = grouping.announcement(group, alert);
      GroupState joined = grouping.join(group, alert, announcement);
      update(handle, group, joined);
      return new StoredAlert(joined.view(), true, announcement, null, "");
    }
    StoredAlert begun = begin(handle, alert);
    boolean late = group != null && alert.timeMillis() < group.view().firstMillis();
    if (!late) {
      String sql =
          open.isPresent()
              ? "UPDATE alert_group SET alert_id = :id WHERE channel = :channel AND dedup_key = :key"
              : "INSERT INTO alert_group (channel, dedup_key, alert_id) VALUES (:channel, :key, :id)";
      handle
          .createUpdate(sql)
          .bind("channel", alert.channel())
          .bind("key", alert.dedupKey())
          .bind("id", begun.view().id())
          .execute();
    }
    return begun;
  }

  private StoredAlert begin(Handle handle, Alert alert) {
    GroupState state = grouping.begin(alert);
    AlertView view = state.view();
    long id =
        handle
            .createUpdate(
                "INSERT INTO alert (channel, dedup_key, title, body, severity, fields,"
                    + " occurrence_count, first_millis, last_millis, acknowledged, process_id,"
                    + " node_id, task_id, occurrences, search_text, announced_millis,"
                    + " announced_severity) VALUES (:channel, :key, :title, :body, :severity,"
                    + " :fields, 1, :time, :time, FALSE, :process, :node, :task, :occurrences,"
                    + " :search, :time, :severity)")
            .bind("channel", view.channel())
            .bind("key", view.dedupKey())
            .bind("title", view.title())
            .bind("body", view.text())
            .bind("severity", view.severity().rank())
            .bind("fields", AlertJson.fields(view.fields()).toString())
            .bind("time", alert.timeMillis())
            .bind("process", view.processId())
            .bind("node", view.nodeId())
            .bind("task", view.taskId())
            .bind("occurrences", AlertJson.occurrences(view.occurrences()).toString())
            .bind("search", AlertDatabase.searchText(view))
            .executeAndReturnGeneratedKeys("id")
            .mapTo(Long.class)
            .one();
    return new StoredAlert(withId(view, id), true, Announcement.FIRST, null, "");
  }

  private static void update(Handle handle, GroupState old, GroupState state) {
    AlertView view = state.view();
    // Acknowledging is another writer's business; only a rise in severity takes it back.
    boolean reopens = old.view().acknowledged() && !view.acknowledged();
    handle
        .createUpdate(
            "UPDATE alert SET title = :title, body = :body, severity = :severity, fields = :fields,"
                + " occurrence_count = :count, first_millis = :first, last_millis = :last,"
                + " process_id = :process, node_id = :node, task_id = :task,"
                + " occurrences = :occurrences, search_text = :search, announced_millis = :told,"
                + " announced_severity = :toldSeverity"
                + (reopens
                    ? ", acknowledged = FALSE, acknowledged_by = NULL, acknowledged_millis = NULL"
                    : "")
                + " WHERE id = :id")
        .bind("title", view.title())
        .bind("body", view.text())
        .bind("severity", view.severity().rank())
        .bind("fields", AlertJson.fields(view.fields()).toString())
        .bind("count", view.count())
        .bind("first", view.firstMillis())
        .bind("last", view.lastMillis())
        .bind("process", view.processId())
        .bind("node", view.nodeId())
        .bind("task", view.taskId())
        .bind("occurrences", AlertJson.occurrences(view.occurrences()).toString())
        .bind("search", AlertDatabase.searchText(view))
        .bind("told", state.announcedMillis())
        .bind("toldSeverity", rank(state.announcedSeverity()))
        .bind("id", view.id())
        .execute();
  }

  private static Optional<EffectRow> effect(Handle handle, String effectId) {
    return handle
        .createQuery(
            "SELECT alert_id, announcement, finished, outcome FROM alert_effect WHERE effect_id = :id")
        .bind("id", effectId)
        .map((row, _) ->
            new EffectRow(
                row.getLong("alert_id"),
                Announcement.valueOf(row.getString("announcement")),
                row.getString("finished"),
                row.getString("outcome")))
        .findOne();
  }

  private static Optional<GroupState> state(Handle handle, long id) {
    return handle
        .createQuery(
            "SELECT "
                + AlertDatabase.VIEW_COLUMNS
                + ", announced_millis, announced_severity FROM alert WHERE id = :id FOR UPDATE")
        .bind("id", id)
        .map((row, _) -> groupState(row))
        .findOne();
  }

  private static GroupState groupState(ResultSet row) throws SQLException {
    long millis = row.getLong("announced_millis");
    Long announcedMillis = row.wasNull() ? null : Long.valueOf(millis);
    int rank = row.getInt("announced_severity");
    Severity severity = row.wasNull() ? null : Severity.ofRank(rank);
    return new GroupState(AlertDatabase.view(row), announcedMillis, severity);
  }

  private static @Nullable Integer rank(@Nullable Severity severity) {
    return severity == null ? null : severity.rank();
  }

  private static AlertView withId(AlertView view, long id) {
    return new AlertView(
        id,
        view.dedupKey(),
        view.title(),
        view.text(),
        view.severity(),
        view.fields(),
        view.channel(),
        view.count(),
        view.firstMillis(),
        view.lastMillis(),
        view.acknowledged(),
        view.acknowledgedBy(),
        view.acknowledgedMillis(),
        view.processId(),
        view.nodeId(),
        view.taskId(),
        view.occurrences());
  }
}
