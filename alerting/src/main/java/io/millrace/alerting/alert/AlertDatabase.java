package io.millrace.alerting.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/**
 * The tables of this module in the installation's database. They have a migration history of their
 * own, so they live beside the workspace's tables without sharing version numbers.
 */
public final class AlertDatabase {
  /** The columns that {@link #view} reads, in no special order. */
  public static final String VIEW_COLUMNS =
      "id, channel, dedup_key, title, body, severity, fields, occurrence_count, first_millis,"
          + " last_millis, acknowledged, acknowledged_by, acknowledged_millis, process_id, node_id,"
          + " task_id, occurrences";

  private AlertDatabase() {}

  /** Brings the tables up to date and answers the way to them. */
  public static Jdbi open(DataSource dataSource) {
    Flyway.configure(AlertDatabase.class.getClassLoader())
        .dataSource(dataSource)
        .locations("classpath:io/millrace/alerting/migration")
        .table("alerting_schema_history")
        // The schema may hold other modules' tables already, which is no reason to refuse.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
    return Jdbi.create(dataSource);
  }

  /** A row of {@code alert}. */
  public static AlertView view(ResultSet row) throws SQLException {
    long acknowledgedMillis = row.getLong("acknowledged_millis");
    Long acknowledgedAt = row.wasNull() ? null : Long.valueOf(acknowledgedMillis);
    return new AlertView(
        row.getLong("id"),
        row.getString("dedup_key"),
        row.getString("title"),
        row.getString("body"),
        Severity.ofRank(row.getInt("severity")),
        AlertJson.readFields(row.getString("fields")),
        row.getString("channel"),
        row.getLong("occurrence_count"),
        row.getLong("first_millis"),
        row.getLong("last_millis"),
        row.getBoolean("acknowledged"),
        row.getString("acknowledged_by"),
        acknowledgedAt,
        row.getLong("process_id"),
        row.getString("node_id"),
        row.getString("task_id"),
        AlertJson.readOccurrences(row.getString("occurrences")));
  }

  /** What the inbox search looks into: lower-case title, text and fields. */
  public static String searchText(AlertView alert) {
    StringBuilder text = new StringBuilder(alert.title()).append('\n').append(alert.text());
    alert
        .fields()
        .forEach((name, value) -> text.append('\n').append(name).append(' ').append(value));
    return Alert.cut(text.toString().toLowerCase(java.util.Locale.ROOT), 60_000);
  }
}
