package io.millrace.workspace.version;

import io.millrace.engine.command.ProcessSource;
import java.util.List;

/** What the engine must know of the processes. */
public final class Directory {
  Directory() {}

  /** Every process that is not destroyed, for start-up. */
  public List<ProcessSource> allProcesses() {
    throw new UnsupportedOperationException();
  }

  /** From now on, this listener hears of every change. */
  public void addListener(DirectoryListener listener) {
    throw new UnsupportedOperationException();
  }
}
