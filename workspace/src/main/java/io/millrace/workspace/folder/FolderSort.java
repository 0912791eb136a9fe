package io.millrace.workspace.folder;

/** The order of a listing; folders come first in all of them. */
public enum FolderSort {
  TITLE,
  OWNER,
  DATE
}
