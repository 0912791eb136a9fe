package io.millrace.engine.step;

import io.millrace.engine.id.NodeId;
import io.millrace.engine.state.Keys;
import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import java.nio.ByteBuffer;

/**
 * Task counters whose home is in this partition: the number of tasks in a node over the whole
 * installation, and whether people were told that it is too high.
 *
 * <p>Value: {@code count(8) above(1)}.
 */
final class PileUps {
  private final State state;

  PileUps(State state) {
    this.state = state;
  }

  /** Whether the number crossed its threshold, and in which direction. */
  enum Crossing {
    NONE,
    UP,
    DOWN
  }

  Crossing add(long process, NodeId node, long delta, long threshold) {
    byte[] key = Keys.taskCounter(process, node);
    byte[] value = state.get(Space.INDEX, key);
    long count = 0;
    boolean above = false;
    if (value != null) {
      ByteBuffer in = ByteBuffer.wrap(value);
      count = in.getLong();
      above = in.get() == 1;
    }
    count += delta;
    boolean nowAbove = count >= threshold;
    state.put(
        Space.INDEX,
        key,
        ByteBuffer.allocate(9).putLong(count).put((byte) (nowAbove ? 1 : 0)).array());
    if (nowAbove == above) {
      return Crossing.NONE;
    }
    return nowAbove ? Crossing.UP : Crossing.DOWN;
  }

  void remove(long process) {
    byte[] from = Keys.table('K', process);
    state.deleteRange(Space.INDEX, from, Keys.after(from));
  }
}
