package io.millrace.engine.process;

import io.millrace.engine.id.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Small numbers for the nodes of a process: given in order of appearance, never given again. They
 * keep what is stored per task short and valid over redeploys.
 */
public final class NodeOrdinals {
  private final List<NodeId> ids = new ArrayList<>();
  private final Map<NodeId, Integer> ordinals = new HashMap<>();

  public NodeOrdinals(List<NodeId> known) {
    known.forEach(this::ordinalOf);
  }

  /** The node's number; a new one when it has none. */
  public int ordinalOf(NodeId id) {
    Integer known = ordinals.putIfAbsent(id, ids.size());
    if (known != null) {
      return known;
    }
    ids.add(id);
    return ids.size() - 1;
  }

  /** The node's number, or -1 when this process never had such a node. */
  public int find(NodeId id) {
    return ordinals.getOrDefault(id, -1);
  }

  public NodeId id(int ordinal) {
    return ids.get(ordinal);
  }

  public int size() {
    return ids.size();
  }

  /** All ids in the order of their numbers. */
  public List<NodeId> ids() {
    return List.copyOf(ids);
  }
}
