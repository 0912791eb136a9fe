package io.millrace.alerting.inbox;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Drops what is too old or too much, a thousand rows a transaction. Blocking. */
public final class Retention {
  private static final int ROWS_PER_TRANSACTION = 1_000;

  private final Jdbi jdbi;
  private final RetentionSettings settings;

  public Retention(Jdbi jdbi, RetentionSettings settings) {
    this.jdbi = jdbi;
    this.settings = settings;
  }

  /** Answers how many rows went. */
  public long run(long nowMillis) {
    long rows = 0;
    rows += older("alert", "last_millis", nowMillis - settings.alertMillis(), "");
    rows += surplus("alert", "last_millis DESC, id DESC", settings.alertsMax());
    rows += older("alert_delivery", "time_millis", nowMillis - settings.deliveryMillis(), "");
    rows += surplus("alert_delivery", "time_millis DESC, id DESC", settings.deliveriesMax());
    // A pending effect is never forgotten: its next start would count and send it again.
    rows +=
        older(
            "alert_effect",
            "time_millis",
            nowMillis - settings.effectMillis(),
            " AND finished IS NOT NULL");
    rows +=
        jdbi.withHandle(handle ->
            handle.execute(
                "DELETE FROM alert_group WHERE NOT EXISTS"
                    + " (SELECT 1 FROM alert WHERE alert.id = alert_group.alert_id)"));
    return rows;
  }

  private long older(String table, String column, long millis, String condition) {
    String key = table.equals("alert_effect") ? "effect_id" : "id";
    String select =
        "SELECT "
            + key
            + " FROM "
            + table
            + " WHERE "
            + column
            + " < :limit"
            + condition
            + " ORDER BY "
            + column
            + " LIMIT :rows";
    return repeat(table, key, select, millis);
  }

  private long surplus(String table, String order, long rowsMax) {
    String select = "SELECT id FROM " + table + " ORDER BY " + order + " LIMIT :rows OFFSET :limit";
    return repeat(table, "id", select, rowsMax);
  }

  private long repeat(String table, String key, String select, long limit) {
    String sql = "DELETE FROM " + table + " WHERE " + key + " IN (" + select + ")";
    long rows = 0;
    while (true) {
      int deleted = jdbi.inTransaction(handle -> delete(handle, sql, limit));
      rows += deleted;
      if (deleted < ROWS_PER_TRANSACTION) {
        return rows;
      }
    }
  }

  private static int delete(Handle handle, String sql, long limit) {
    return handle
        .createUpdate(sql)
        .bind("limit", limit)
        .bind("rows", ROWS_PER_TRANSACTION)
        .execute();
  }
}
