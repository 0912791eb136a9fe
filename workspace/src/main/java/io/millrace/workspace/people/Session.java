package io.millrace.workspace.people;

/**
 * A signed-in browser.
 *
 * @param userId whose it is
 * @param csrfToken must come back in a header with every change
 * @param createMillis since when
 * @param expireMillis until when
 */
public record Session(long userId, String csrfToken, long createMillis, long expireMillis) {
  @Override
  public String toString() {
    return "Session[userId=" + userId + ", expireMillis=" + expireMillis + "]";
  }
}
