package io.millrace.workspace.version;

import io.millrace.engine.command.ProcessSource;

/**
 * Learns, after the commit, of every change that the engine must know. Calls may come from several
 * threads and out of order: the version of the source tells which one is newer.
 */
public interface DirectoryListener {
  void processChanged(ProcessSource source);

  /** The process was destroyed. */
  void processRemoved(long processId, long version);
}
