package io.millrace.alerting.group;

import java.sql.SQLException;
import java.util.Set;

/** What an SQL state says about trying again; the codes are those of H2 and PostgreSQL. */
public final class SqlFailure {
  // Unique key taken by another writer, serialization failure, deadlock, lock time-out.
  private static final Set<String> CONFLICTS = Set.of("23505", "40001", "40P01", "HYT00", "55P03");

  private SqlFailure() {}

  /** Another writer was in the way: the same transaction can go through at once. */
  public static boolean isConflict(Throwable failure) {
    return CONFLICTS.contains(state(failure));
  }

  /** The data itself was refused: trying again brings the same. */
  public static boolean isData(Throwable failure) {
    String state = state(failure);
    return state.startsWith("22") || state.startsWith("23");
  }

  /** Fit for logs: the messages of drivers and mapper repeat the values of the statement. */
  public static String describe(Throwable failure) {
    String state = state(failure);
    return failure.getClass().getSimpleName() + (state.isEmpty() ? "" : ", SQL state " + state);
  }

  private static String state(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return "";
  }
}
