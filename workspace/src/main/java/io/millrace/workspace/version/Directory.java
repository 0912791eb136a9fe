package io.millrace.workspace.version;

import io.millrace.engine.command.ProcessSource;
import io.millrace.workspace.rights.Access;
import io.millrace.workspace.store.Changes;
import io.millrace.workspace.store.Database;
import io.millrace.workspace.store.Items;
import io.millrace.workspace.store.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the engine must know of the processes. A listener that fails does not undo the change; what
 * it missed is told again with the next one.
 */
public final class Directory {
  private static final Logger LOG = LoggerFactory.getLogger(Directory.class);

  private final Database database;
  private final int retentionDays;
  private final List<DirectoryListener> listeners = new CopyOnWriteArrayList<>();
  private final Map<Long, Long> missed = new ConcurrentHashMap<>();

  public Directory(Database database, int retentionDays) {
    this.database = database;
    this.retentionDays = retentionDays;
    database.afterCommit(this::tell);
  }

  /** Every process that is not destroyed, for start-up. */
  public List<ProcessSource> allProcesses() {
    return database.read(handle -> {
      Access access = new Access(handle).preload();
      return Items.where(handle, "i.kind = 'PROCESS'").stream()
          .map(item -> source(ProcessTable.read(handle, item), access))
          .toList();
    });
  }

  /** From now on, this listener hears of every change. */
  public void addListener(DirectoryListener listener) {
    listeners.add(listener);
  }

  private void tell(Changes changes) {
    if (listeners.isEmpty()) {
      return;
    }
    // Its own changes are always told by the thread that made them: another thread that is busy
    // with
    // the same process may have read it before this commit.
    Map<Long, Long> due = new HashMap<>(missed);
    changes.processes().forEach(processId -> due.put(processId, 0L));
    due.putAll(changes.removed());
    due.forEach(this::tellOrRemember);
  }

  private void tellOrRemember(long processId, long removalVersion) {
    try {
      tell(processId, removalVersion);
      missed.remove(processId, removalVersion);
    } catch (RuntimeException failure) {
      missed.put(processId, removalVersion);
      LOG.error(
          "The engine could not be told of process {}; it is told again with the next change",
          processId,
          failure);
    }
  }

  private void tell(long processId, long removalVersion) {
    Optional<ProcessSource> source = database.read(handle -> find(handle, processId));
    for (DirectoryListener listener : listeners) {
      if (source.isPresent()) {
        listener.processChanged(source.get());
      } else if (removalVersion > 0) {
        listener.processRemoved(processId, removalVersion);
      }
    }
  }

  private Optional<ProcessSource> find(Handle handle, long processId) {
    return ProcessTable.find(handle, processId).map(row -> source(row, new Access(handle)));
  }

  private ProcessSource source(ProcessRow row, Access access) {
    return new ProcessSource(
        row.id(),
        row.directoryVersion(),
        row.item().title(),
        row.stateDiagram(),
        row.status(),
        Json.array(row.params()),
        row.scheme(row.confirmedNodes()),
        row.item().ownerId(),
        List.copyOf(access.creators(row.id())),
        retentionDays,
        Json.object());
  }
}
