package io.millrace.workspace.version;

import io.millrace.engine.command.ProcessStatus;
import io.millrace.workspace.rights.Access;
import io.millrace.workspace.rights.Privilege;
import io.millrace.workspace.rights.Rights;
import io.millrace.workspace.store.Cached;
import io.millrace.workspace.store.Change;
import io.millrace.workspace.store.Database;
import io.millrace.workspace.store.Item;
import io.millrace.workspace.store.Items;
import io.millrace.workspace.store.Json;
import io.millrace.workspace.store.Limits;
import io.millrace.workspace.store.ObjectKind;
import io.millrace.workspace.store.WorkspaceException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Processes without their nodes. Every method takes the acting principal first and checks its
 * rights; moving, trash and favourites are those of {@code Folders}.
 */
public final class Processes {
  private static final int SEARCH_MAX = 1000;
  private static final int REASON_CHARACTERS_MIN = 3;

  private final Database database;
  private final InstantSource clock;
  private final Cached<Long, Optional<ProcessInfo>> byId;

  public Processes(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.byId = new Cached<>(database, clock);
  }

  public ProcessInfo create(long actorId, NewProcess process) {
    Limits.title(process.title());
    String description = Limits.description(process.description());
    if (process.status() == ProcessStatus.DELETED) {
      throw WorkspaceException.value("status", "deleted", "a new process cannot be in the trash");
    }
    return database.write(change -> {
      Handle handle = change.handle();
      Item folder = Items.live(handle, process.folderId(), ObjectKind.FOLDER);
      Access access = new Access(handle);
      Rights.require(access, actorId, folder, Privilege.CREATE);
      if (process.status() == ProcessStatus.BLOCKED) {
        requireAdministrator(access, actorId);
      }
      long now = clock.millis();
      Item item =
          Items.insert(
              change, ObjectKind.PROCESS, folder.id(), process.title(), description, actorId, now);
      ProcessTable.insert(
          change, item, process.stateDiagram(), process.status(), Json.array(), true, frame());
      if (process.withNodes()) {
        ProcessTable.setNodes(handle, item.id(), NodeJson.firstGraph(now));
      }
      return ProcessTable.live(handle, item.id()).info();
    });
  }

  public StatusChange modify(long actorId, long processId, ProcessEdit edit) {
    return change(
        actorId,
        processId,
        (change, row) -> {
          Handle handle = change.handle();
          ProcessStatus status = edit.status() == null ? row.storedStatus() : edit.status();
          if (status != row.storedStatus()) {
            requireStatus(handle, actorId, row, status);
          }
          handle.execute(
              "UPDATE item SET title = ?, description = ? WHERE id = ?",
              edit.title() == null ? row.item().title() : Limits.title(edit.title()),
              edit.description() == null
                  ? row.item().description()
                  : Limits.description(edit.description()),
              processId);
          handle.execute(
              "UPDATE process SET status = ?, blocked_reason = ? WHERE id = ?",
              status.name(),
              reason(row, status, edit.blockedReason()),
              processId);
          return new StatusChange(row.storedStatus(), status);
        });
  }

  public ProcessInfo show(long actorId, long processId) {
    return database.read(handle -> require(handle, actorId, processId, Privilege.VIEW).info());
  }

  /**
   * Searches by part of title or description, by number, or by part of the URL of an API call;
   * newest change first.
   */
  public List<ProcessInfo> search(
      long actorId, String pattern, @Nullable Boolean stateDiagram, int limit) {
    String wanted = pattern.strip().toLowerCase(Locale.ROOT);
    return database.read(handle -> {
      Access access = new Access(handle).preload();
      Set<Long> byUrl = wanted.isEmpty() ? Set.of() : callsTo(handle, wanted);
      return Items.where(handle, "i.kind = 'PROCESS' AND i.deleted_root IS NULL").stream()
          .filter(item -> matches(item, wanted) || byUrl.contains(item.id()))
          .filter(item -> access.allows(actorId, item.id(), Privilege.VIEW))
          .sorted(Comparator.comparingLong(Item::changeMillis).reversed())
          .map(item -> ProcessTable.read(handle, item))
          .filter(row -> stateDiagram == null || row.stateDiagram() == stateDiagram)
          .limit(Math.clamp(limit, 1, SEARCH_MAX))
          .map(ProcessRow::info)
          .toList();
    });
  }

  /** Replaces the parameter contract; takes effect at once. */
  public void setParams(long actorId, long processId, JsonNode params, @Nullable Boolean refMask) {
    ArrayNode checked = Params.normalised(params);
    change(
        actorId,
        processId,
        (change, row) ->
            change
                .handle()
                .execute(
                    "UPDATE process SET params = ?, ref_mask = ? WHERE id = ?",
                    Json.write(checked),
                    refMask == null ? row.refMask() : refMask,
                    processId));
  }

  /** Switches the direct URL on, or replaces its hash; returns the 40 new hexadecimal digits. */
  public String rotateHash(long actorId, long processId) {
    String hash = ProcessTable.newHash();
    setHash(actorId, processId, hash);
    return hash;
  }

  public void disableHash(long actorId, long processId) {
    setHash(actorId, processId, null);
  }

  /** The process, without a check of rights, for direct URLs. Served from memory. */
  public Optional<ProcessInfo> find(long processId) {
    return byId.get(
        processId,
        id -> database.read(handle -> ProcessTable.find(handle, id).map(ProcessRow::info)));
  }

  /** The confirmed graph; without nodes when nothing was ever confirmed. */
  public ObjectNode deployedScheme(long actorId, long processId) {
    return database.read(handle -> {
      ProcessRow row = require(handle, actorId, processId, Privilege.VIEW);
      return row.scheme(row.confirmedNodes());
    });
  }

  /** The scheme of a new process, without nodes. */
  static ObjectNode frame() {
    ObjectNode frame = Json.object();
    frame.putArray("web_settings").add(Json.array()).add(Json.array());
    return frame;
  }

  static ProcessRow require(Handle handle, long actorId, long processId, Privilege privilege) {
    ProcessRow row = ProcessTable.live(handle, processId);
    Rights.require(new Access(handle), actorId, row.item(), privilege);
    return row;
  }

  private void setHash(long actorId, long processId, @Nullable String hash) {
    change(
        actorId,
        processId,
        (change, row) ->
            change
                .handle()
                .execute("UPDATE process SET url_hash = ? WHERE id = ?", hash, processId));
  }

  private <T> T change(long actorId, long processId, BiFunction<Change, ProcessRow, T> work) {
    return database.write(change -> {
      ProcessRow row = require(change.handle(), actorId, processId, Privilege.MODIFY);
      T result = work.apply(change, row);
      ProcessTable.changed(change, row, clock.millis());
      return result;
    });
  }

  private static void requireStatus(
      Handle handle, long actorId, ProcessRow row, ProcessStatus status) {
    if (status == ProcessStatus.DELETED) {
      throw WorkspaceException.value("status", "deleted", "delete the process instead");
    }
    if (status == ProcessStatus.BLOCKED || row.storedStatus() == ProcessStatus.BLOCKED) {
      requireAdministrator(new Access(handle), actorId);
    }
    boolean starts = status.acceptsTasks() && !row.storedStatus().acceptsTasks();
    if (starts && row.nodes() == null && DraftTable.newest(handle, row.id()).isPresent()) {
      throw WorkspaceException.draft(row.id());
    }
  }

  private static void requireAdministrator(Access access, long actorId) {
    if (!access.isAdministrator(actorId)) {
      throw WorkspaceException.access("only an administrator blocks and unblocks processes");
    }
  }

  private static String reason(ProcessRow row, ProcessStatus status, @Nullable String given) {
    if (status != ProcessStatus.BLOCKED) {
      return "";
    }
    if (given == null) {
      return row.blockedReason();
    }
    if (given.length() < REASON_CHARACTERS_MIN) {
      throw WorkspaceException.tooShort("blocked_reason", given, REASON_CHARACTERS_MIN);
    }
    return Limits.text("blocked_reason", given, Limits.DESCRIPTION_CHARACTERS_MAX);
  }

  private static boolean matches(Item item, String wanted) {
    return item.title().toLowerCase(Locale.ROOT).contains(wanted)
        || item.description().toLowerCase(Locale.ROOT).contains(wanted)
        || String.valueOf(item.id()).equals(wanted);
  }

  private static Set<Long> callsTo(Handle handle, String wanted) {
    Set<Long> found = new HashSet<>();
    handle
        .createQuery("SELECT id, nodes FROM process WHERE LOWER(nodes) LIKE '%\"url\"%'")
        .map((row, context) -> new Graphs(row.getLong(1), row.getString(2)))
        .forEach(graph -> {
          if (Json.array(graph.nodes()).findValues("url").stream()
              .anyMatch(url -> url.asString("").toLowerCase(Locale.ROOT).contains(wanted))) {
            found.add(graph.processId());
          }
        });
    return found;
  }

  private record Graphs(long processId, String nodes) {}
}
