package io.millrace.workspace.version;

import io.millrace.engine.command.ProcessStatus;
import io.millrace.workspace.store.Change;
import io.millrace.workspace.store.Item;
import io.millrace.workspace.store.Items;
import io.millrace.workspace.store.Json;
import io.millrace.workspace.store.ObjectKind;
import io.millrace.workspace.store.Tokens;
import io.millrace.workspace.store.WorkspaceException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The rows of processes: one per process, beside its row in the tree. */
public final class ProcessTable {
  private static final int HASH_BYTES = 20;

  private ProcessTable() {}

  public static Optional<ProcessRow> find(Handle handle, long processId) {
    return Items.find(handle, processId)
        .filter(item -> item.kind() == ObjectKind.PROCESS)
        .map(item -> read(handle, item));
  }

  /** The process, unless it does not exist or is in the trash. */
  public static ProcessRow live(Handle handle, long processId) {
    return read(handle, Items.live(handle, processId, ObjectKind.PROCESS));
  }

  static ProcessRow read(Handle handle, Item item) {
    return handle
        .select("SELECT * FROM process WHERE id = ?", item.id())
        .map((row, context) -> map(row, item))
        .findOne()
        .orElseThrow(() -> WorkspaceException.notFound("conv", item.id()));
  }

  /** Makes the row of a new process, with a fresh hash and no graph. */
  public static ProcessRow insert(
      Change change,
      Item item,
      boolean stateDiagram,
      ProcessStatus status,
      ArrayNode params,
      boolean refMask,
      ObjectNode frame) {
    change
        .handle()
        .execute(
            "INSERT INTO process (id, state_diagram, status, blocked_reason, params, ref_mask,"
                + " url_hash, scheme_frame, nodes, node_count, change_stamp, confirmed_version,"
                + " directory_version) VALUES (?, ?, ?, '', ?, ?, ?, ?, NULL, 0, ?, 0, 0)",
            item.id(),
            stateDiagram,
            status.name(),
            Json.write(params),
            refMask,
            newHash(),
            Json.write(frame),
            item.changeMillis() / 1000);
    change.processChanged(item.id());
    return read(change.handle(), item);
  }

  static String newHash() {
    return Tokens.hex(HASH_BYTES);
  }

  /** Notes that something of the process changed; stamps grow even when the clock does not. */
  static void changed(Change change, ProcessRow row, long nowMillis) {
    changed(change, row, nowMillis, Math.max(nowMillis / 1000, row.changeStamp() + 1));
  }

  static void changed(Change change, ProcessRow row, long nowMillis, long stamp) {
    Handle handle = change.handle();
    handle.execute(
        "UPDATE item SET change_millis = ? WHERE id = ?",
        Math.max(nowMillis, row.item().changeMillis() + 1),
        row.id());
    handle.execute("UPDATE process SET change_stamp = ? WHERE id = ?", stamp, row.id());
    change.processChanged(row.id());
  }

  static void setNodes(Handle handle, long processId, ArrayNode nodes) {
    handle.execute(
        "UPDATE process SET nodes = ?, node_count = ? WHERE id = ?",
        Json.write(nodes),
        nodes.size(),
        processId);
  }

  private static ProcessRow map(ResultSet row, Item item) throws SQLException {
    return new ProcessRow(
        item,
        row.getBoolean("state_diagram"),
        ProcessStatus.valueOf(row.getString("status")),
        row.getString("blocked_reason"),
        row.getString("params"),
        row.getBoolean("ref_mask"),
        row.getString("url_hash"),
        row.getString("scheme_frame"),
        row.getString("nodes"),
        row.getInt("node_count"),
        row.getLong("change_stamp"),
        row.getLong("confirmed_version"),
        row.getLong("directory_version"));
  }
}
