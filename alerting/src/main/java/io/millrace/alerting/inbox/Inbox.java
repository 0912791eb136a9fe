package io.millrace.alerting.inbox;

import io.millrace.alerting.alert.AlertDatabase;
import io.millrace.alerting.alert.AlertView;
import io.millrace.alerting.alert.Severity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads and acknowledges what is stored. Blocking. */
public final class Inbox {
  static final int LIMIT_MAX = 200;
  // One statement acknowledges at most this many, so that it cannot hold the table for long.
  static final int ACKNOWLEDGE_MAX = 10_000;

  private final Jdbi jdbi;

  public Inbox(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  public Optional<AlertView> find(long id) {
    return jdbi.withHandle(handle -> find(handle, id));
  }

  AlertPage search(AlertQuery query, @Nullable AlertCursor before, int limit) {
    return jdbi.withHandle(handle -> {
      AlertFilter filter = new AlertFilter(query, true);
      if (before != null) {
        filter.behind(before);
      }
      List<AlertView> alerts = page(handle, filter, limit + 1);
      boolean more = alerts.size() > limit;
      List<AlertView> shown = more ? alerts.subList(0, limit) : alerts;
      String next =
          more ? new AlertCursor(shown.getLast().lastMillis(), shown.getLast().id()).text() : null;
      return new AlertPage(shown, next, counts(handle, query));
    });
  }

  /** Marks one alert; answers it as it is then, or nothing when it does not exist. */
  Optional<AlertView> acknowledge(long id, boolean acknowledged, String who, long nowMillis) {
    return jdbi.inTransaction(handle -> {
      mark(handle, List.of(id), acknowledged, who, nowMillis);
      return find(handle, id);
    });
  }

  /** Acknowledges these; answers those that changed. */
  List<AlertView> acknowledge(List<Long> ids, String who, long nowMillis) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return jdbi.inTransaction(handle -> {
      List<Long> open =
          handle
              .createQuery(
                  "SELECT id FROM alert WHERE acknowledged = FALSE AND id IN (<ids>) FOR UPDATE")
              .bindList("ids", ids)
              .mapTo(Long.class)
              .list();
      return markAndRead(handle, open, who, nowMillis);
    });
  }

  /** Acknowledges what matches, newest first, at most {@link #ACKNOWLEDGE_MAX}. */
  List<AlertView> acknowledge(AlertQuery query, String who, long nowMillis) {
    AlertQuery open =
        new AlertQuery(
            query.query(),
            query.severities(),
            false,
            query.channel(),
            query.processId(),
            query.fromMillis(),
            query.toMillis());
    return jdbi.inTransaction(handle -> {
      AlertFilter filter = new AlertFilter(open, true);
      List<Long> ids =
          filter
              .bind(
                  handle.createQuery(
                      "SELECT id FROM alert" + filter.where() + filter.order() + " LIMIT :limit"))
              .bind("limit", ACKNOWLEDGE_MAX)
              .mapTo(Long.class)
              .list();
      return markAndRead(handle, ids, who, nowMillis);
    });
  }

  private static List<AlertView> markAndRead(
      Handle handle, List<Long> ids, String who, long nowMillis) {
    if (ids.isEmpty()) {
      return List.of();
    }
    mark(handle, ids, true, who, nowMillis);
    return handle
        .createQuery("SELECT " + AlertDatabase.VIEW_COLUMNS + " FROM alert WHERE id IN (<ids>)")
        .bindList("ids", ids)
        .map((row, _) -> AlertDatabase.view(row))
        .list();
  }

  private static void mark(
      Handle handle, List<Long> ids, boolean acknowledged, String who, long nowMillis) {
    // Who was first stays: acknowledging twice changes nothing.
    handle
        .createUpdate(
            "UPDATE alert SET acknowledged = :acknowledged, acknowledged_by = :who,"
                + " acknowledged_millis = :now WHERE acknowledged <> :acknowledged AND id IN (<ids>)")
        .bindList("ids", ids)
        .bind("acknowledged", acknowledged)
        .bind("who", acknowledged ? who : null)
        .bind("now", acknowledged ? nowMillis : null)
        .execute();
  }

  private static Optional<AlertView> find(Handle handle, long id) {
    return handle
        .createQuery("SELECT " + AlertDatabase.VIEW_COLUMNS + " FROM alert WHERE id = :id")
        .bind("id", id)
        .map((row, _) -> AlertDatabase.view(row))
        .findOne();
  }

  private static List<AlertView> page(Handle handle, AlertFilter filter, int limit) {
    return filter
        .bind(
            handle.createQuery(
                "SELECT "
                    + AlertDatabase.VIEW_COLUMNS
                    + " FROM alert"
                    + filter.where()
                    + filter.order()
                    + " LIMIT :limit"))
        .bind("limit", limit)
        .map((row, _) -> AlertDatabase.view(row))
        .list();
  }

  private static AlertPage.Counts counts(Handle handle, AlertQuery query) {
    AlertFilter filter = new AlertFilter(query, false);
    Map<Severity, Long> counts = new EnumMap<>(Severity.class);
    for (Severity severity : Severity.values()) {
      counts.put(severity, 0L);
    }
    long[] unacknowledged = {0};
    filter
        .bind(
            handle.createQuery(
                "SELECT severity, acknowledged, COUNT(*) AS alerts FROM alert"
                    + filter.where()
                    + " GROUP BY severity, acknowledged"))
        .map((row, _) -> {
          long alerts = row.getLong("alerts");
          counts.merge(Severity.ofRank(row.getInt("severity")), alerts, Long::sum);
          unacknowledged[0] += row.getBoolean("acknowledged") ? 0 : alerts;
          return alerts;
        })
        .list();
    return new AlertPage.Counts(counts, unacknowledged[0]);
  }
}
