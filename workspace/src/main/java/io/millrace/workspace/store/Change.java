package io.millrace.workspace.store;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * One running change: its connection, new numbers, and the processes that the engine must hear of.
 */
public final class Change {
  private final Handle handle;
  private final Set<Long> processes = new LinkedHashSet<>();
  private final Set<Long> removed = new LinkedHashSet<>();

  Change(Handle handle) {
    this.handle = handle;
  }

  public Handle handle() {
    return handle;
  }

  /** The next number of the one sequence of all objects. */
  public long nextId() {
    return next("id");
  }

  public void processChanged(long processId) {
    processes.add(processId);
  }

  public void processRemoved(long processId) {
    processes.remove(processId);
    removed.add(processId);
  }

  /** An update that changes nothing but holds the row until the commit. */
  void lock() {
    handle.execute("UPDATE counter SET number = number WHERE name = 'id'");
  }

  Changes finish() {
    for (long processId : processes) {
      handle.execute(
          "UPDATE process SET directory_version = ? WHERE id = ?", next("directory"), processId);
    }
    Map<Long, Long> removals = new LinkedHashMap<>();
    for (long processId : removed) {
      removals.put(processId, next("directory"));
    }
    return new Changes(processes, removals);
  }

  private long next(String counter) {
    handle.execute("UPDATE counter SET number = number + 1 WHERE name = ?", counter);
    return handle
        .select("SELECT number FROM counter WHERE name = ?", counter)
        .mapTo(Long.class)
        .one();
  }
}
