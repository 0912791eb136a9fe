package io.millrace.workspace.exchange;

/** How an export is written. */
public enum ExportFormat {
  /** One object for a process, an array for a folder. */
  JSON,
  ZIP
}
