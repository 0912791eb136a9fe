package io.millrace.workspace.version;

import io.millrace.workspace.store.Json;
import io.millrace.workspace.store.Limits;
import io.millrace.workspace.store.WorkspaceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The rows of open drafts: which nodes of a process each of them writes or deletes. */
public final class DraftTable {
  private DraftTable() {}

  /** The drafts of a process, newest first. */
  static List<CommitInfo> drafts(Handle handle, long processId) {
    return handle
        .select("SELECT * FROM draft WHERE process_id = ? ORDER BY version DESC", processId)
        .map((row, context) ->
            new CommitInfo(
                processId,
                row.getLong("version"),
                false,
                row.getLong("user_id"),
                row.getLong("create_millis"),
                ""))
        .list();
  }

  static Optional<CommitInfo> newest(Handle handle, long processId) {
    return drafts(handle, processId).stream().findFirst();
  }

  /** Whether the process has an open draft. */
  public static boolean any(Handle handle, long processId) {
    return newest(handle, processId).isPresent();
  }

  static boolean exists(Handle handle, long processId, long version) {
    return drafts(handle, processId).stream().anyMatch(draft -> draft.version() == version);
  }

  /** Makes the draft unless it is there. */
  static void open(Handle handle, long processId, long version, long userId, long nowMillis) {
    List<CommitInfo> drafts = drafts(handle, processId);
    if (drafts.stream().anyMatch(draft -> draft.version() == version)) {
      return;
    }
    if (drafts.size() >= Limits.DRAFTS_MAX) {
      throw WorkspaceException.value(
          "version",
          version,
          "process "
              + processId
              + " has "
              + drafts.size()
              + " open drafts: confirm or discard one");
    }
    handle.execute(
        "INSERT INTO draft (process_id, version, user_id, create_millis) VALUES (?, ?, ?, ?)",
        processId,
        version,
        userId,
        nowMillis);
  }

  static void discard(Handle handle, long processId, long version) {
    handle.execute("DELETE FROM draft WHERE process_id = ? AND version = ?", processId, version);
  }

  /** The nodes of a draft in the order in which they were first touched. */
  static List<Node> nodes(Handle handle, long processId, long version) {
    return handle
        .select(
            "SELECT * FROM draft_node WHERE process_id = ? AND version = ? ORDER BY ordinal",
            processId,
            version)
        .map((row, context) ->
            new Node(
                row.getString("node_id"),
                Json.object(row.getString("node")),
                row.getBoolean("deleted") ? Node.Change.DELETED : Node.Change.WRITTEN,
                row.getLong("user_id"),
                row.getLong("change_millis")))
        .list();
  }

  /** Writes a node of a draft, keeping its place when it is there already. */
  static void write(
      Handle handle,
      long processId,
      long version,
      ObjectNode node,
      boolean deleted,
      long userId,
      long nowMillis) {
    String nodeId = node.path("id").asString("");
    int updated =
        handle.execute(
            "UPDATE draft_node SET node = ?, deleted = ?, user_id = ?, change_millis = ?"
                + " WHERE process_id = ? AND version = ? AND node_id = ?",
            Json.write(node),
            deleted,
            userId,
            nowMillis,
            processId,
            version,
            nodeId);
    if (updated == 0) {
      int ordinal = count(handle, processId, version);
      handle.execute(
          "INSERT INTO draft_node (process_id, version, node_id, ordinal, deleted, user_id,"
              + " change_millis, node) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          processId,
          version,
          nodeId,
          ordinal,
          deleted,
          userId,
          nowMillis,
          Json.write(node));
    }
  }

  static int count(Handle handle, long processId, long version) {
    return handle
        .select(
            "SELECT COUNT(*) FROM draft_node WHERE process_id = ? AND version = ?",
            processId,
            version)
        .mapTo(Integer.class)
        .one();
  }

  /** Lays a draft over confirmed nodes: last write wins per node, new ones come last. */
  static Map<String, Node> overlay(ArrayNode confirmed, List<Node> draft) {
    Map<String, Node> merged = new LinkedHashMap<>();
    for (JsonNode node : confirmed) {
      String id = node.path("id").asString("");
      merged.put(id, new Node(id, (ObjectNode) node, Node.Change.NONE, 0, 0));
    }
    for (Node node : draft) {
      if (node.change() == Node.Change.DELETED) {
        merged.remove(node.id());
      } else {
        merged.put(node.id(), node);
      }
    }
    return merged;
  }

  static ArrayNode array(Map<String, Node> nodes) {
    ArrayNode array = Json.array();
    nodes.values().forEach(node -> array.add(node.json()));
    return array;
  }

  /** The graph to show or export when nothing was confirmed: that of the newest draft. */
  public static ArrayNode newestGraph(Handle handle, ProcessRow row) {
    List<Node> draft =
        newest(handle, row.id())
            .map(info -> nodes(handle, row.id(), info.version()))
            .orElse(List.of());
    return array(overlay(row.confirmedNodes(), draft));
  }
}
