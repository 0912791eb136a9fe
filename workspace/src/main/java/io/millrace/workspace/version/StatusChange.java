package io.millrace.workspace.version;

import io.millrace.engine.command.ProcessStatus;

/** The outcome of a {@link ProcessEdit}. */
public record StatusChange(ProcessStatus oldStatus, ProcessStatus newStatus) {
  public boolean isChanged() {
    return oldStatus != newStatus;
  }
}
