package io.millrace.workspace.store;

import java.util.Map;
import java.util.Set;

/**
 * What a committed change means for the engine.
 *
 * @param processes processes whose directory entry changed
 * @param removed destroyed processes, with the directory number of their removal
 */
public record Changes(Set<Long> processes, Map<Long, Long> removed) {
  public Changes {
    processes = Set.copyOf(processes);
    removed = Map.copyOf(removed);
  }
}
