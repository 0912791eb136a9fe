package io.millrace.workspace.people;

/** Whether a principal may come in. */
public enum PrincipalStatus {
  ACTIVE("actived"),
  BLOCKED("blocked");

  private final String wireName;

  PrincipalStatus(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
