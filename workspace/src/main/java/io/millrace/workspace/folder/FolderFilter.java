package io.millrace.workspace.folder;

/** Which items a listing shows. */
public enum FolderFilter {
  ALL,
  FOLDERS,
  PROCESSES,
  /** Owned by the caller, anywhere. */
  MINE,
  /** Granted to the caller directly, anywhere. */
  SHARED,
  /** Marked by the caller, anywhere. */
  FAVORITES,
  /** The newest changes, anywhere. */
  RECENT,
  /** In the trash. */
  DELETED
}
