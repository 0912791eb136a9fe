package io.millrace.engine.process;

import org.jspecify.annotations.Nullable;

/** A deployed graph: immutable, nodes by ordinal. */
public final class CompiledProcess {
  private final CompiledNode[] nodes;
  private final int start;
  private final boolean stateDiagram;

  /**
   * A graph.
   *
   * @param nodes by ordinal; null where a number belongs to a node that is no longer there
   * @param start ordinal of the start node
   */
  @SuppressWarnings("NullAway") // gaps of the array are nulls on purpose; node() says so
  public CompiledProcess(@Nullable CompiledNode[] nodes, int start, boolean stateDiagram) {
    this.nodes = nodes.clone();
    this.start = start;
    this.stateDiagram = stateDiagram;
  }

  /** The node with this number, or null when the graph has it no more. */
  public @Nullable CompiledNode node(int ordinal) {
    return ordinal >= 0 && ordinal < nodes.length ? nodes[ordinal] : null;
  }

  public int start() {
    return start;
  }

  public boolean stateDiagram() {
    return stateDiagram;
  }
}
