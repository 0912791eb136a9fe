package io.millrace.workspace.people;

import io.millrace.workspace.store.Database;
import io.millrace.workspace.store.Tokens;
import io.millrace.workspace.store.WorkspaceException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Signing in by password, with throttling per login and per address, and the sessions it opens. */
public final class SignIn {
  private static final int TOKEN_BYTES = 32;
  private static final int CSRF_BYTES = 32;
  private static final int TOKEN_CHARACTERS_MAX = 2 * TOKEN_BYTES;
  private static final long AGE_MAX_MILLIS = Duration.ofDays(30).toMillis();

  private final Database database;
  private final Passwords passwords;
  private final Throttle throttle;
  private final InstantSource clock;
  private final long lifetimeMillis;

  SignIn(Database database, Passwords passwords, InstantSource clock, Duration lifetime) {
    this.database = database;
    this.passwords = passwords;
    this.throttle = new Throttle(database, clock);
    this.clock = clock;
    this.lifetimeMillis = lifetime.toMillis();
  }

  /**
   * Checks the password and opens a session.
   *
   * @throws WorkspaceException ACCESS when login or password are wrong or the user is blocked;
   *     LIMIT (with {@code retryAfterMillis}) while attempts are throttled
   */
  public OpenedSession signIn(String login, String password, String address) {
    String name = login.strip().toLowerCase(Locale.ROOT);
    throttle.attempt(name, address);
    Optional<Candidate> candidate = database.read(handle -> candidate(handle, name));
    String hash = candidate.map(Candidate::passwordHash).orElse(null);
    boolean right = passwords.matches(password, hash);
    if (!right
        || candidate.isEmpty()
        || candidate.get().user().status() == PrincipalStatus.BLOCKED) {
      // One text for all three: an attacker must not learn which logins exist.
      throw WorkspaceException.access("login or password is wrong, or the user is blocked");
    }
    throttle.succeeded(name, address);
    return open(candidate.get().user().id());
  }

  /** The live session of a token, prolonged by use. */
  public Optional<Session> session(String token) {
    if (token.length() > TOKEN_CHARACTERS_MAX) {
      return Optional.empty();
    }
    String hash = Tokens.fingerprint(token);
    long now = clock.millis();
    Optional<Session> found =
        database.read(handle -> find(handle, hash)).filter(s -> s.expireMillis() > now);
    long expire = found.map(s -> expireMillis(s.createMillis(), now)).orElse(0L);
    // Written at most twenty times a lifetime: reading pages must not cost a commit each.
    if (found.isPresent() && expire - found.get().expireMillis() > lifetimeMillis / 20) {
      database.update(handle ->
          handle.execute(
              "UPDATE browser_session SET expire_millis = ? WHERE token_hash = ?", expire, hash));
      return database.read(handle -> find(handle, hash));
    }
    return found;
  }

  public void signOut(String token) {
    database.update(handle ->
        handle.execute(
            "DELETE FROM browser_session WHERE token_hash = ?", Tokens.fingerprint(token)));
  }

  /** Ends all sessions of a user. */
  public void signOutEverywhere(long userId) {
    database.update(
        handle -> handle.execute("DELETE FROM browser_session WHERE principal_id = ?", userId));
  }

  private OpenedSession open(long userId) {
    String token = Tokens.hex(TOKEN_BYTES);
    long now = clock.millis();
    Session session = new Session(userId, Tokens.hex(CSRF_BYTES), now, expireMillis(now, now));
    database.update(handle -> {
      handle.execute("DELETE FROM browser_session WHERE expire_millis < ?", now);
      return handle.execute(
          "INSERT INTO browser_session (token_hash, principal_id, csrf_token, create_millis,"
              + " expire_millis) VALUES (?, ?, ?, ?, ?)",
          Tokens.fingerprint(token),
          userId,
          session.csrfToken(),
          session.createMillis(),
          session.expireMillis());
    });
    return new OpenedSession(token, session);
  }

  private long expireMillis(long createMillis, long nowMillis) {
    return Math.min(nowMillis + lifetimeMillis, createMillis + AGE_MAX_MILLIS);
  }

  private static Optional<Session> find(Handle handle, String tokenHash) {
    return handle
        .select("SELECT * FROM browser_session WHERE token_hash = ?", tokenHash)
        .map((row, context) ->
            new Session(
                row.getLong("principal_id"),
                row.getString("csrf_token"),
                row.getLong("create_millis"),
                row.getLong("expire_millis")))
        .findOne();
  }

  private static Optional<Candidate> candidate(Handle handle, String login) {
    return Users.findByLogin(handle, login)
        .map(user ->
            new Candidate(
                user,
                handle
                    .select("SELECT password_hash FROM person WHERE principal_id = ?", user.id())
                    .mapTo(String.class)
                    .one()));
  }

  private record Candidate(User user, String passwordHash) {
    @Override
    public String toString() {
      return "Candidate[" + user + "]";
    }
  }
}
