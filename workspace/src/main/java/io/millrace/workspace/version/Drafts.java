package io.millrace.workspace.version;

import io.millrace.workspace.rights.Privilege;
import io.millrace.workspace.store.Change;
import io.millrace.workspace.store.Database;
import io.millrace.workspace.store.Limits;
import io.millrace.workspace.store.WorkspaceException;
import io.millrace.workspace.store.WorkspaceException.Problem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Editing nodes. Edits go to the draft (process, version) and touch nothing else until it is
 * confirmed. Edits without a version (the first API) collect in draft 0, which is confirmed by
 * itself as soon as the graph passes the check: graphs built node by node are whole only at the
 * end.
 */
public final class Drafts {
  /** The draft of edits without a version. */
  public static final long IMMEDIATE = 0;

  private static final long VERSION_MAX = 253_402_300_799L;

  private final Database database;
  private final Deployment deployment;
  private final InstantSource clock;

  public Drafts(Database database, Deployment deployment, InstantSource clock) {
    this.database = database;
    this.deployment = deployment;
    this.clock = clock;
  }

  /** Creates a node and returns its id; {@code version} null: at once. */
  public String createNode(long actorId, long processId, @Nullable Long version, NodeEdit node) {
    return edit(
        actorId,
        processId,
        version,
        (handle, draft) -> {
          int nodes =
              draft.row().nodeCount() + DraftTable.count(handle, processId, draft.version());
          if (nodes >= Limits.NODES_MAX) {
            throw WorkspaceException.value(
                "conv_id", processId, "a process has at most " + Limits.NODES_MAX + " nodes");
          }
          String nodeId = NodeJson.newId(clock.millis());
          ObjectNode json = NodeJson.edited(NodeJson.empty(nodeId), node, actorId);
          write(handle, draft, json, false, actorId);
          return nodeId;
        });
  }

  public void modifyNode(
      long actorId, long processId, @Nullable Long version, String nodeId, NodeEdit edit) {
    edit(
        actorId,
        processId,
        version,
        (handle, draft) -> {
          Node base = base(handle, draft, nodeId);
          write(handle, draft, NodeJson.edited(base.json(), edit, actorId), false, actorId);
          return nodeId;
        });
  }

  public void deleteNode(long actorId, long processId, @Nullable Long version, String nodeId) {
    edit(
        actorId,
        processId,
        version,
        (handle, draft) -> {
          write(handle, draft, base(handle, draft, nodeId).json(), true, actorId);
          return nodeId;
        });
  }

  /** A node as confirmed, overlaid with the newest draft. */
  public Node showNode(long actorId, long processId, String nodeId) {
    return graph(actorId, processId).nodes().stream()
        .filter(node -> node.id().equals(nodeId))
        .findFirst()
        .orElseThrow(() -> WorkspaceException.notFound("node", nodeId));
  }

  /** The confirmed graph overlaid with the newest draft. */
  public Graph graph(long actorId, long processId) {
    return database.read(handle -> {
      ProcessRow row = Processes.require(handle, actorId, processId, Privilege.VIEW);
      Optional<CommitInfo> draft = DraftTable.newest(handle, processId);
      List<Node> changed =
          draft.map(info -> DraftTable.nodes(handle, processId, info.version())).orElse(List.of());
      return new Graph(
          processId,
          draft.map(CommitInfo::version).orElse(0L),
          row.confirmedVersion(),
          List.copyOf(DraftTable.overlay(row.confirmedNodes(), changed).values()),
          changed);
    });
  }

  /** The nodes that a draft changes. */
  public List<Node> showCommit(long actorId, long processId, long version) {
    return database.read(handle -> {
      Processes.require(handle, actorId, processId, Privilege.VIEW);
      requireDraft(handle, processId, version);
      return DraftTable.nodes(handle, processId, version);
    });
  }

  /**
   * Validates the confirmed graph merged with the draft, and makes it the current version. Without
   * such a draft the graph is checked and numbered as it is, so that a repeated confirm succeeds.
   *
   * @throws WorkspaceException COMMIT with the problems; nothing is changed
   */
  public CommitInfo confirm(long actorId, long processId, long version, String note) {
    requireVersion(version);
    String text = Limits.text("note", note, Limits.DESCRIPTION_CHARACTERS_MAX);
    return database.write(change -> {
      Handle handle = change.handle();
      ProcessRow row = Processes.require(handle, actorId, processId, Privilege.MODIFY);
      ArrayNode nodes = merged(handle, row, version);
      List<Problem> problems = deployment.check(handle, row, nodes, actorId, false);
      if (Deployment.hasErrors(problems)) {
        throw WorkspaceException.commit(problems);
      }
      return deployment.deploy(change, row, nodes, version, actorId, text);
    });
  }

  public void discard(long actorId, long processId, long version) {
    database.write(change -> {
      Handle handle = change.handle();
      Processes.require(handle, actorId, processId, Privilege.MODIFY);
      requireDraft(handle, processId, version);
      DraftTable.discard(handle, processId, version);
      return version;
    });
  }

  /** Open drafts, then confirmed versions, newest first. */
  public List<CommitInfo> commits(long actorId, long processId) {
    return database.read(handle -> {
      Processes.require(handle, actorId, processId, Privilege.VIEW);
      List<CommitInfo> all = new ArrayList<>(DraftTable.drafts(handle, processId));
      all.addAll(confirmed(handle, processId));
      return all;
    });
  }

  private <T> T edit(
      long actorId, long processId, @Nullable Long version, BiFunction<Handle, Draft, T> work) {
    if (version != null) {
      requireVersion(version);
    }
    return database.write(change -> {
      Handle handle = change.handle();
      ProcessRow row = Processes.require(handle, actorId, processId, Privilege.MODIFY);
      long number = version == null ? IMMEDIATE : version;
      DraftTable.open(handle, processId, number, actorId, clock.millis());
      T result = work.apply(handle, new Draft(row, number));
      if (version == null) {
        confirmWhenWhole(change, row, actorId);
      }
      return result;
    });
  }

  private void confirmWhenWhole(Change change, ProcessRow row, long actorId) {
    Handle handle = change.handle();
    ArrayNode nodes = merged(handle, row, IMMEDIATE);
    if (!Deployment.hasErrors(deployment.check(handle, row, nodes, actorId, true))) {
      long version = Math.max(clock.millis() / 1000, row.confirmedVersion() + 1);
      deployment.deploy(change, row, nodes, version, actorId, "");
      DraftTable.discard(handle, row.id(), IMMEDIATE);
    }
  }

  private void write(Handle handle, Draft draft, ObjectNode node, boolean deleted, long actorId) {
    DraftTable.write(
        handle, draft.row().id(), draft.version(), node, deleted, actorId, clock.millis());
  }

  private static ArrayNode merged(Handle handle, ProcessRow row, long version) {
    List<Node> draft = DraftTable.nodes(handle, row.id(), version);
    return DraftTable.array(DraftTable.overlay(row.confirmedNodes(), draft));
  }

  /** The node to edit: as in this draft, as confirmed, or as in the newest other draft. */
  private static Node base(Handle handle, Draft draft, String nodeId) {
    long processId = draft.row().id();
    Map<String, Node> here =
        DraftTable.overlay(
            draft.row().confirmedNodes(), DraftTable.nodes(handle, processId, draft.version()));
    Node node = here.get(nodeId);
    if (node != null) {
      return node;
    }
    return DraftTable.drafts(handle, processId).stream()
        .filter(other -> other.version() != draft.version())
        .flatMap(other -> DraftTable.nodes(handle, processId, other.version()).stream())
        .filter(other -> other.id().equals(nodeId) && other.change() == Node.Change.WRITTEN)
        .findFirst()
        .orElseThrow(() -> WorkspaceException.notFound("node", nodeId));
  }

  private static List<CommitInfo> confirmed(Handle handle, long processId) {
    return handle
        .select(
            "SELECT version, user_id, create_millis, note FROM process_version"
                + " WHERE process_id = ? ORDER BY create_millis DESC, version DESC",
            processId)
        .map((row, context) ->
            new CommitInfo(
                processId,
                row.getLong("version"),
                true,
                row.getLong("user_id"),
                row.getLong("create_millis"),
                row.getString("note")))
        .list();
  }

  private static void requireDraft(Handle handle, long processId, long version) {
    if (!DraftTable.exists(handle, processId, version)) {
      throw WorkspaceException.notFound("commit", version);
    }
  }

  private static void requireVersion(long version) {
    if (version <= 0 || version > VERSION_MAX) {
      throw WorkspaceException.value("version", version, "expected Unix seconds");
    }
  }

  private record Draft(ProcessRow row, long version) {}
}
