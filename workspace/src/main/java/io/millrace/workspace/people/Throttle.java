package io.millrace.workspace.people;

import io.millrace.workspace.store.Database;
import io.millrace.workspace.store.Tokens;
import io.millrace.workspace.store.WorkspaceException;
import java.time.Duration;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/**
 * Slows down guessing. Every attempt is counted before the password is looked at, so that parallel
 * guesses count, too; past a few free ones each attempt doubles the wait, up to fifteen minutes.
 */
final class Throttle {
  private static final int FREE_ATTEMPTS_PER_LOGIN = 5;
  private static final int FREE_ATTEMPTS_PER_ADDRESS = 20;
  private static final long WAIT_MILLIS_MAX = Duration.ofMinutes(15).toMillis();
  private static final long FORGET_MILLIS = Duration.ofHours(24).toMillis();

  private final Database database;
  private final InstantSource clock;

  Throttle(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Counts an attempt, or refuses it with LIMIT. */
  void attempt(String login, String address) {
    long now = clock.millis();
    // In the order of changes: two first attempts of one login must not both insert its row.
    database.writeAside(handle -> {
      handle.execute("DELETE FROM sign_in_throttle WHERE last_millis < ?", now - FORGET_MILLIS);
      long wait =
          Math.max(
              waitMillis(handle, login(login), now), waitMillis(handle, address(address), now));
      if (wait > 0) {
        throw WorkspaceException.limit(
            "too many sign-in attempts, try again in " + (wait + 999) / 1000 + " s", wait);
      }
      count(handle, login(login), FREE_ATTEMPTS_PER_LOGIN, now);
      count(handle, address(address), FREE_ATTEMPTS_PER_ADDRESS, now);
      return now;
    });
  }

  /** Takes the attempt back: the password was right. */
  void succeeded(String login, String address) {
    database.writeAside(handle -> {
      handle.execute("DELETE FROM sign_in_throttle WHERE subject = ?", login(login));
      // One's own right password must not reset the count of guesses at other logins.
      return handle.execute(
          "UPDATE sign_in_throttle SET failures = failures - 1, blocked_until_millis = 0"
              + " WHERE subject = ? AND failures > 0",
          address(address));
    });
  }

  private static long waitMillis(Handle handle, String subject, long nowMillis) {
    return handle
            .select("SELECT blocked_until_millis FROM sign_in_throttle WHERE subject = ?", subject)
            .mapTo(Long.class)
            .findOne()
            .orElse(0L)
        - nowMillis;
  }

  private static void count(Handle handle, String subject, int freeAttempts, long nowMillis) {
    int failures =
        1
            + handle
                .select("SELECT failures FROM sign_in_throttle WHERE subject = ?", subject)
                .mapTo(Integer.class)
                .findOne()
                .orElse(0);
    int doublings = Math.min(failures - freeAttempts, 20);
    long wait = doublings < 0 ? 0 : Math.min(WAIT_MILLIS_MAX, 1000L << doublings);
    handle.execute("DELETE FROM sign_in_throttle WHERE subject = ?", subject);
    handle.execute(
        "INSERT INTO sign_in_throttle (subject, failures, blocked_until_millis, last_millis)"
            + " VALUES (?, ?, ?, ?)",
        subject,
        failures,
        nowMillis + wait,
        nowMillis);
  }

  /** A fingerprint: people type passwords into the login field. */
  private static String login(String login) {
    return "login:" + Tokens.fingerprint(login);
  }

  private static String address(String address) {
    return "address:" + Tokens.fingerprint(address);
  }
}
