package io.millrace.engine.step;

import io.millrace.engine.id.TaskId;
import io.millrace.engine.state.Keys;
import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Sets tasks going again that were held while their process did not run: activations and time
 * limits, a bounded number in a step.
 */
final class Awakening {
  private static final int PIECE = 1_000;

  private final State state;
  private final ReadyQueue ready;
  private final TreeSet<Long> processes = new TreeSet<>();

  Awakening(State state, ReadyQueue ready, Directory directory) {
    this.state = state;
    this.ready = ready;
    directory.all().stream().filter(LoadedProcess::runs).map(LoadedProcess::id).forEach(this::of);
  }

  /** This process runs now; whatever is held of it goes on. */
  void of(long process) {
    if (!firstKeys('W', process, 1).isEmpty() || !firstKeys('H', process, 1).isEmpty()) {
      processes.add(process);
    }
  }

  /** This process does not run any more. */
  void stop(long process) {
    processes.remove(process);
  }

  boolean isEmpty() {
    return processes.isEmpty();
  }

  /** Wakes a piece; answers whether timers were given back, which are then due at once. */
  boolean run() {
    long process = processes.getFirst();
    List<byte[]> tasks = firstKeys('W', process, PIECE);
    for (byte[] key : tasks) {
      state.delete(Space.INDEX, key);
      ready.add(process, TaskId.read(ByteBuffer.wrap(key, 9, TaskId.BYTES)));
    }
    List<byte[]> timers = firstKeys('H', process, PIECE);
    for (byte[] key : timers) {
      state.delete(Space.INDEX, key);
      state.put(Space.INDEX, Keys.released(key), Keys.process(process));
    }
    if (tasks.size() < PIECE && timers.size() < PIECE) {
      processes.remove(process);
    }
    return !timers.isEmpty();
  }

  private List<byte[]> firstKeys(char table, long process, int max) {
    List<byte[]> keys = new ArrayList<>();
    byte[] from = Keys.table(table, process);
    state.scan(
        Space.INDEX,
        from,
        Keys.after(from),
        (key, value) -> {
          keys.add(key);
          return keys.size() < max;
        });
    return keys;
  }
}
