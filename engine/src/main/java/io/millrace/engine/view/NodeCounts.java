package io.millrace.engine.view;

/**
 * Counters of one node.
 *
 * @param in entries since the node exists
 * @param out leaves since the node exists
 * @param count tasks in the node now; of a final node all that arrived since the last reset
 */
public record NodeCounts(long in, long out, long count) {
  public static final NodeCounts ZERO = new NodeCounts(0, 0, 0);

  public NodeCounts plus(NodeCounts other) {
    return new NodeCounts(in + other.in, out + other.out, count + other.count);
  }
}
