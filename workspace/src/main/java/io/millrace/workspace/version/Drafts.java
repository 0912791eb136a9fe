package io.millrace.workspace.version;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Editing nodes. Edits go to the draft (process, version) and touch nothing else until it is
 * confirmed; without a version they are validated and confirmed at once.
 */
public final class Drafts {
  Drafts() {}

  /** Creates a node and returns its id; {@code version} null: at once. */
  public String createNode(
      long actorId, long processId, @Nullable Long version, NodeEdit node) {
    throw new UnsupportedOperationException();
  }

  public void modifyNode(
      long actorId, long processId, @Nullable Long version, String nodeId, NodeEdit edit) {
    throw new UnsupportedOperationException();
  }

  public void deleteNode(long actorId, long processId, @Nullable Long version, String nodeId) {
    throw new UnsupportedOperationException();
  }

  /** A node as confirmed, overlaid with the newest draft. */
  public Node showNode(long actorId, long processId, String nodeId) {
    throw new UnsupportedOperationException();
  }

  /** The confirmed graph overlaid with the newest draft. */
  public Graph graph(long actorId, long processId) {
    throw new UnsupportedOperationException();
  }

  /** The nodes that a draft changes. */
  public List<Node> showCommit(long actorId, long processId, long version) {
    throw new UnsupportedOperationException();
  }

  /**
   * Validates the confirmed graph merged with the draft, and makes it the current version.
   *
   * @throws io.millrace.workspace.store.WorkspaceException COMMIT with the problems; nothing is
   *     changed
   */
  public CommitInfo confirm(long actorId, long processId, long version, String note) {
    throw new UnsupportedOperationException();
  }

  public void discard(long actorId, long processId, long version) {
    throw new UnsupportedOperationException();
  }

  /** Open drafts, then confirmed versions, newest first. */
  public List<CommitInfo> commits(long actorId, long processId) {
    throw new UnsupportedOperationException();
  }
}
