package io.millrace.alerting.deliver;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Every attempt to deliver, kept in the database until retention drops it. Blocking. */
public final class DeliveryLog {
  private static final int RECORDS_MAX = 500;

  private final Jdbi jdbi;

  public DeliveryLog(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  public void add(DeliveryRecord record) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                "INSERT INTO alert_delivery (effect_id, alert_id, channel, attempt, time_millis,"
                    + " outcome, duration_millis, error) VALUES (:effect, :alert, :channel,"
                    + " :attempt, :time, :outcome, :duration, :error)")
            .bind("effect", record.effectId())
            .bind("alert", record.alertId())
            .bind("channel", record.channel())
            .bind("attempt", record.attempt())
            .bind("time", record.timeMillis())
            .bind("outcome", record.outcome().name())
            .bind("duration", record.durationMillis())
            .bind("error", record.error())
            .execute());
  }

  /** Attempts made for an effect, in earlier runs of the program, too. */
  public int attempts(String effectId) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT COALESCE(MAX(attempt), 0) FROM alert_delivery WHERE effect_id = :id")
            .bind("id", effectId)
            .mapTo(Integer.class)
            .one());
  }

  /** The last attempts for an alert, newest first. */
  public List<DeliveryRecord> ofAlert(long alertId) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT * FROM alert_delivery WHERE alert_id = :id ORDER BY id DESC LIMIT :max")
            .bind("id", alertId)
            .bind("max", RECORDS_MAX)
            .map((row, _) -> record(row))
            .list());
  }

  private static DeliveryRecord record(ResultSet row) throws SQLException {
    long alertId = row.getLong("alert_id");
    Long alert = row.wasNull() ? null : Long.valueOf(alertId);
    return new DeliveryRecord(
        row.getString("effect_id"),
        alert,
        row.getString("channel"),
        row.getInt("attempt"),
        row.getLong("time_millis"),
        DeliveryOutcome.valueOf(row.getString("outcome")),
        row.getLong("duration_millis"),
        row.getString("error"));
  }
}
