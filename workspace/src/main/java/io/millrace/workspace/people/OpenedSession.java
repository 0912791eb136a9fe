package io.millrace.workspace.people;

/**
 * A session just opened, with the token that only the browser keeps.
 *
 * @param token 256 random bits as 64 hexadecimal digits; stored as a hash only
 * @param session the rest
 */
public record OpenedSession(String token, Session session) {
  @Override
  public String toString() {
    return "OpenedSession[" + session + "]";
  }
}
