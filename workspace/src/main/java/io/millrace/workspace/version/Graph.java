package io.millrace.workspace.version;

import java.util.List;

/**
 * The nodes of a process as an editor shows them: the confirmed graph, overlaid with a draft.
 *
 * @param processId whose it is
 * @param draftVersion the draft that is overlaid; 0: none
 * @param lastConfirmedVersion the confirmed version; 0: none
 * @param nodes confirmed and drafted nodes; a node that the draft deletes is not among them
 * @param changed the draft's own nodes, deleted ones included
 */
public record Graph(
    long processId,
    long draftVersion,
    long lastConfirmedVersion,
    List<Node> nodes,
    List<Node> changed) {
  public Graph {
    nodes = List.copyOf(nodes);
    changed = List.copyOf(changed);
  }
}
