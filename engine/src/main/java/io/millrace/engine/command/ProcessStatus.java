package io.millrace.engine.command;

/** Whether a process takes new tasks and moves those inside. */
public enum ProcessStatus {
  ACTIVE,
  PAUSED,
  BLOCKED,
  DEBUG,
  /** In the trash: like paused, but callers are told that it does not exist. */
  DELETED;

  /** Whether tasks inside move on by themselves. */
  public boolean runs() {
    return this == ACTIVE;
  }

  /** Whether the doors may create and modify tasks. */
  public boolean acceptsTasks() {
    return this == ACTIVE || this == DEBUG;
  }
}
