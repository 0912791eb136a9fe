package io.millrace.workspace.folder;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tree of folders and processes. Every method takes the acting principal first and checks its
 * rights; the methods on objects serve folders and processes alike.
 */
public final class Folders {
  /** The root of the workspace. */
  public static final long ROOT = 0;

  Folders() {}

  public FolderItem create(
      long actorId, long parentId, String title, @Nullable String description) {
    throw new UnsupportedOperationException();
  }

  /** Changes title and description; null leaves one as it is. */
  public FolderItem modify(
      long actorId, long folderId, @Nullable String title, @Nullable String description) {
    throw new UnsupportedOperationException();
  }

  public FolderItem show(long actorId, long folderId) {
    throw new UnsupportedOperationException();
  }

  public FolderListing list(
      long actorId, long folderId, FolderFilter filter, FolderSort sort, boolean descending) {
    throw new UnsupportedOperationException();
  }

  /** The whole subtree that the caller may see, parents before children. */
  public List<FolderItem> branch(long actorId, long folderId) {
    throw new UnsupportedOperationException();
  }

  /** The folders from the root down to this one. */
  public List<FolderItem> path(long actorId, long folderId) {
    throw new UnsupportedOperationException();
  }

  public Move move(long actorId, long objectId, long targetFolderId) {
    throw new UnsupportedOperationException();
  }

  public void favorite(long actorId, long objectId, boolean favorite) {
    throw new UnsupportedOperationException();
  }

  /** Moves a folder with its content, or a process, to the trash. */
  public void delete(long actorId, long objectId) {
    throw new UnsupportedOperationException();
  }

  /** Takes an object back out of the trash; returns its folder (the root when that is gone). */
  public long restore(long actorId, long objectId) {
    throw new UnsupportedOperationException();
  }

  /** Removes an object and all below it for ever. */
  public void destroy(long actorId, long objectId) {
    throw new UnsupportedOperationException();
  }

  /** Destroys what has been in the trash since before this time; returns how many objects. */
  public int emptyTrash(long deletedBeforeMillis) {
    throw new UnsupportedOperationException();
  }
}
