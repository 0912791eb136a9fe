package io.millrace.engine.step;

import io.millrace.engine.id.TaskId;
import io.millrace.engine.state.Keys;
import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tasks whose turn comes next, served by process in turn, so that a flooded process does not delay
 * the others. What is still waiting at a commit is written, and found again when the partition is
 * opened.
 */
final class ReadyQueue {
  private final State state;
  private final Map<Long, Line> lines = new HashMap<>();
  private final ArrayDeque<Line> turns = new ArrayDeque<>();
  private final List<Entry> fresh = new ArrayList<>();

  ReadyQueue(State state) {
    this.state = state;
    byte[] table = Keys.table('Y');
    state.scan(
        Space.INDEX,
        table,
        Keys.after(table),
        (key, value) -> {
          TaskId task = TaskId.read(ByteBuffer.wrap(key, 1, TaskId.BYTES));
          add(new Entry(task, true), ByteBuffer.wrap(value).getLong());
          return true;
        });
  }

  private static final class Line {
    private final long process;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    private Line(long process) {
      this.process = process;
    }
  }

  private static final class Entry {
    private final TaskId task;
    private boolean stored;
    private boolean taken;
    private long process;

    private Entry(TaskId task, boolean stored) {
      this.task = task;
      this.stored = stored;
    }
  }

  boolean isEmpty() {
    return turns.isEmpty();
  }

  void add(long process, TaskId task) {
    Entry entry = new Entry(task, false);
    fresh.add(entry);
    add(entry, process);
  }

  /** The next task, of the process whose turn it is. */
  @Nullable TaskId poll() {
    Line line = turns.poll();
    if (line == null) {
      return null;
    }
    Entry entry = line.entries.remove();
    if (line.entries.isEmpty()) {
      lines.remove(line.process);
    } else {
      turns.add(line);
    }
    entry.taken = true;
    if (entry.stored) {
      state.delete(Space.INDEX, Keys.ready(entry.task));
    }
    return entry.task;
  }

  void flush() {
    for (Entry entry : fresh) {
      if (!entry.taken) {
        entry.stored = true;
        state.put(
            Space.INDEX,
            Keys.ready(entry.task),
            ByteBuffer.allocate(8).putLong(entry.process).array());
      }
    }
    fresh.clear();
  }

  private void add(Entry entry, long process) {
    entry.process = process;
    Line line = lines.get(process);
    if (line == null) {
      line = new Line(process);
      lines.put(process, line);
      turns.add(line);
    }
    line.entries.add(entry);
  }
}
