package io.millrace.workspace.people;

import java.util.Optional;

/** Signing in by password, with throttling per login and per address, and the sessions it opens. */
public final class SignIn {
  SignIn() {}

  /**
   * Checks the password and opens a session.
   *
   * @throws io.millrace.workspace.store.WorkspaceException ACCESS when login or password are wrong
   *     or the user is blocked; LIMIT (with {@code retryAfterMillis}) while attempts are throttled
   */
  public OpenedSession signIn(String login, String password, String address) {
    throw new UnsupportedOperationException();
  }

  /** The live session of a token, prolonged by use. */
  public Optional<Session> session(String token) {
    throw new UnsupportedOperationException();
  }

  public void signOut(String token) {
    throw new UnsupportedOperationException();
  }

  /** Ends all sessions of a user. */
  public void signOutEverywhere(long userId) {
    throw new UnsupportedOperationException();
  }
}
