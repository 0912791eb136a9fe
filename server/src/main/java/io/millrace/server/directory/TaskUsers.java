package io.millrace.server.directory;

import io.millrace.engine.command.ProcessSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may create and modify tasks of which process, in memory: asked for every task operation, on
 * threads that must not block. Follows the directory, whose version tells which news is newer.
 */
public final class TaskUsers {
  private final Map<Long, Entry> entries = new ConcurrentHashMap<>();

  private record Entry(long version, Set<Long> users) {}

  void put(ProcessSource source) {
    Set<Long> users = new HashSet<>(source.taskUsers());
    users.add(source.ownerId());
    Entry entry = new Entry(source.version(), users);
    entries.merge(
        source.processId(), entry, (old, now) -> now.version() >= old.version() ? now : old);
  }

  void remove(long processId) {
    entries.remove(processId);
  }

  /** Whether the user is refused; of an unknown process the engine says that it does not exist. */
  public boolean refuses(long processId, long userId) {
    Entry entry = entries.get(processId);
    return entry != null && !entry.users().contains(userId);
  }
}
