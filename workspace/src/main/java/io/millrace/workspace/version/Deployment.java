package io.millrace.workspace.version;

import io.millrace.engine.command.ProcessStatus;
import io.millrace.workspace.rights.Access;
import io.millrace.workspace.rights.Privilege;
import io.millrace.workspace.store.Change;
import io.millrace.workspace.store.Json;
import io.millrace.workspace.store.Limits;
import io.millrace.workspace.store.WorkspaceException;
import io.millrace.workspace.store.WorkspaceException.Problem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks whole graphs and makes them current, for edits and imports alike. */
public final class Deployment {
  private static final int VERSIONS_MAX = 500;
  private static final long SECONDS_AHEAD_MAX = 86_400;

  private final SchemeCheck check;
  private final InstantSource clock;

  public Deployment(SchemeCheck check, InstantSource clock) {
    this.check = check;
    this.clock = clock;
  }

  /** What is wrong with a graph if it became the current one. */
  public List<Problem> check(
      Handle handle, ProcessRow row, ArrayNode nodes, long actorId, boolean imported) {
    List<Problem> problems = new ArrayList<>();
    if (nodes.size() > Limits.NODES_MAX) {
      problems.add(
          new Problem(true, null, "nodes", "more nodes than allowed: " + Limits.NODES_MAX));
    }
    ProcessDraft draft =
        new ProcessDraft(
            row.id(),
            row.item().title(),
            row.stateDiagram(),
            Json.array(row.params()),
            row.scheme(nodes),
            actorId,
            processId -> target(handle, processId, actorId));
    problems.addAll(check.check(draft, imported));
    return problems;
  }

  public static boolean hasErrors(List<Problem> problems) {
    return problems.stream().anyMatch(Problem::error);
  }

  /** Stores a graph as a numbered version and makes it the current one. */
  public CommitInfo deploy(
      Change change, ProcessRow row, ArrayNode nodes, long version, long actorId, String note) {
    Handle handle = change.handle();
    long now = clock.millis();
    String text = Json.write(nodes);
    if (text.length() > Limits.SCHEME_BYTES_MAX) {
      throw WorkspaceException.tooLong("scheme", null, Limits.SCHEME_BYTES_MAX);
    }
    handle.execute(
        "DELETE FROM process_version WHERE process_id = ? AND version = ?", row.id(), version);
    handle.execute(
        "INSERT INTO process_version (process_id, version, user_id, create_millis, note, nodes)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        row.id(),
        version,
        actorId,
        now,
        note,
        text);
    ProcessTable.setNodes(handle, row.id(), nodes);
    handle.execute("UPDATE process SET confirmed_version = ? WHERE id = ?", version, row.id());
    DraftTable.discard(handle, row.id(), version);
    forgetOldest(handle, row.id());
    ProcessTable.changed(change, row, now, stamp(row, version, now));
    return new CommitInfo(row.id(), version, true, actorId, now, note);
  }

  /** Takes an imported graph back: the process is paused, and its graph becomes a draft. */
  public void withdraw(Change change, ProcessRow row, ArrayNode nodes, long version, long actorId) {
    Handle handle = change.handle();
    long now = clock.millis();
    handle.execute("DELETE FROM process_version WHERE process_id = ?", row.id());
    handle.execute(
        "UPDATE process SET nodes = NULL, node_count = 0, confirmed_version = 0, status = ?"
            + " WHERE id = ?",
        (row.storedStatus() == ProcessStatus.BLOCKED ? row.storedStatus() : ProcessStatus.PAUSED)
            .name(),
        row.id());
    DraftTable.open(handle, row.id(), version, actorId, now);
    for (JsonNode node : nodes) {
      DraftTable.write(handle, row.id(), version, (ObjectNode) node, false, actorId, now);
    }
    ProcessTable.changed(change, row, now);
  }

  /** The version itself, as clients expect, unless the stamp would stand still or run far ahead. */
  private static long stamp(ProcessRow row, long version, long nowMillis) {
    boolean usable = version > row.changeStamp() && version <= nowMillis / 1000 + SECONDS_AHEAD_MAX;
    return usable ? version : Math.max(nowMillis / 1000, row.changeStamp() + 1);
  }

  private static void forgetOldest(Handle handle, long processId) {
    handle
        .select(
            "SELECT version FROM process_version WHERE process_id = ?"
                + " ORDER BY create_millis DESC, version DESC",
            processId)
        .mapTo(Long.class)
        .list()
        .stream()
        .skip(VERSIONS_MAX)
        .forEach(version ->
            handle.execute(
                "DELETE FROM process_version WHERE process_id = ? AND version = ?",
                processId,
                version));
  }

  private static Optional<ProcessDraft.Target> target(Handle handle, long processId, long actorId) {
    return ProcessTable.find(handle, processId)
        .filter(row -> !row.item().isDeleted())
        .map(row ->
            new ProcessDraft.Target(
                row.info(),
                row.scheme(row.confirmedNodes()),
                new Access(handle).allows(actorId, processId, Privilege.CREATE)));
  }
}
