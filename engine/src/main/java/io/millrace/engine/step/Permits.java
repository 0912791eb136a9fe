package io.millrace.engine.step;

import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.state.Keys;
import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The permits of nodes whose home is in this partition: at most so many calls of a node hold one at
 * a time, over the whole installation; the others stand in line, first come first served.
 */
final class Permits {
  private final State state;
  private final Map<Home, Use> uses = new HashMap<>();

  Permits(State state) {
    this.state = state;
  }

  private record Home(long process, NodeId node) {}

  private static final class Use {
    private int given;
    private int waiting;
    private int max = 1;
    private long lastSequence;
  }

  /** Gives a permit, or puts the call in the line. */
  boolean acquire(long process, NodeId node, EffectId call, int permitsMax) {
    Use use = use(process, node);
    use.max = permitsMax;
    if (state.get(Space.INDEX, Keys.permit(process, node, call)) != null) {
      return true;
    }
    if (use.given < use.max && use.waiting == 0) {
      use.given++;
      state.put(Space.INDEX, Keys.permit(process, node, call), new byte[0]);
      return true;
    }
    use.waiting++;
    use.lastSequence++;
    state.put(Space.INDEX, Keys.waiting(process, node, use.lastSequence, call), new byte[0]);
    return false;
  }

  /** Takes a permit back, or the call out of the line; {@code granted} hears who is next. */
  void release(long process, NodeId node, EffectId call, Consumer<EffectId> granted) {
    Use use = use(process, node);
    byte[] permit = Keys.permit(process, node, call);
    if (state.get(Space.INDEX, permit) != null) {
      state.delete(Space.INDEX, permit);
      use.given--;
    } else {
      byte[] place = placeInLine(process, node, call);
      if (place == null) {
        return;
      }
      state.delete(Space.INDEX, place);
      use.waiting--;
    }
    while (use.given < use.max && use.waiting > 0) {
      byte[] first = firstInLine(process, node);
      if (first == null) {
        use.waiting = 0;
        return;
      }
      EffectId next = callOf(first);
      state.delete(Space.INDEX, first);
      state.put(Space.INDEX, Keys.permit(process, node, next), new byte[0]);
      use.waiting--;
      use.given++;
      granted.accept(next);
    }
  }

  void remove(long process) {
    uses.keySet().removeIf(home -> home.process() == process);
    for (char tag : new char[] {'P', 'Q'}) {
      byte[] from = Keys.table(tag, process);
      state.deleteRange(Space.INDEX, from, Keys.after(from));
    }
  }

  private byte @Nullable [] firstInLine(long process, NodeId node) {
    byte[][] found = new byte[1][];
    byte[] line = Keys.waiting(process, node);
    state.scan(
        Space.INDEX,
        line,
        Keys.after(line),
        (key, value) -> {
          found[0] = key;
          return false;
        });
    return found[0];
  }

  private byte @Nullable [] placeInLine(long process, NodeId node, EffectId call) {
    byte[][] found = new byte[1][];
    byte[] line = Keys.waiting(process, node);
    state.scan(
        Space.INDEX,
        line,
        Keys.after(line),
        (key, value) -> {
          if (callOf(key).equals(call)) {
            found[0] = key;
            return false;
          }
          return true;
        });
    return found[0];
  }

  private static EffectId callOf(byte[] waitingKey) {
    int at = waitingKey.length - EffectId.BYTES;
    return EffectId.read(ByteBuffer.wrap(waitingKey, at, EffectId.BYTES));
  }

  private Use use(long process, NodeId node) {
    Home home = new Home(process, node);
    Use known = uses.get(home);
    if (known != null) {
      return known;
    }
    Use use = new Use();
    byte[] permits = Keys.permits(process, node);
    state.scan(
        Space.INDEX,
        permits,
        Keys.after(permits),
        (key, value) -> {
          use.given++;
          return true;
        });
    byte[] line = Keys.waiting(process, node);
    state.scan(
        Space.INDEX,
        line,
        Keys.after(line),
        (key, value) -> {
          use.waiting++;
          use.lastSequence = ByteBuffer.wrap(key, line.length, 8).getLong();
          return true;
        });
    // Whoever holds permits now was let in by the number that stood then.
    use.max = Math.max(1, use.given);
    uses.put(home, use);
    return use;
  }
}
