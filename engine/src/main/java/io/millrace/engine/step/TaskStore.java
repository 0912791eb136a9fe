package io.millrace.engine.step;

import io.millrace.engine.id.TaskId;
import io.millrace.engine.state.Archive;
import io.millrace.engine.state.Keys;
import io.millrace.engine.state.References;
import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import io.millrace.engine.state.Task;
import io.millrace.engine.state.TaskCodec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Live tasks: loaded once per commit at most, written once per commit at most. A task that is
 * created and finished between two commits never touches the live tables.
 */
final class TaskStore {
  /** Timer kind of the wait for a permit; smaller kinds are numbers of semaphores. */
  static final int PERMIT_TIMER = 255;

  private final State state;
  private final References references;
  private final Archive archive;
  private final Map<TaskId, Held> held = new LinkedHashMap<>();
  private long earliestTimerMillis = Long.MAX_VALUE;

  TaskStore(State state, References references, Archive archive) {
    this.state = state;
    this.references = references;
    this.archive = archive;
  }

  /** A task in memory, and what the indexes hold for it; {@code task} null: it is gone. */
  private static final class Held {
    private @Nullable Task task;
    private boolean stored;
    private int storedNode = Keys.NO_NODE;
    private int storedEntry;
    private long storedDeadline;
    private int storedSemaphore;
    private long storedPermit;

    private Held(Task task) {
      this.task = task;
    }

    private void remember(Task current) {
      stored = true;
      storedNode = current.node();
      storedEntry = current.entry();
      storedDeadline = current.deadlineMillis();
      storedSemaphore = current.deadlineSemaphore();
      storedPermit = current.permitUntilMillis();
    }
  }

  @Nullable Task find(TaskId id) {
    Held known = held.get(id);
    if (known != null) {
      return known.task;
    }
    byte[] bytes = state.get(Space.TASKS, Keys.task(id));
    if (bytes == null) {
      return null;
    }
    Task task = TaskCodec.decode(id, bytes);
    Held loaded = new Held(task);
    loaded.remember(task);
    held.put(id, loaded);
    return task;
  }

  void add(Task task) {
    held.put(task.id(), new Held(task));
    String reference = task.reference();
    if (reference != null) {
      references.put(task.processId(), reference, task.id(), true);
    }
  }

  /** The task has reached a final node: into the archive, or nowhere. */
  void finish(Task task, boolean keep, int expiryDay) {
    String reference = task.reference();
    if (keep) {
      archive.put(task, expiryDay);
      if (reference != null) {
        references.put(task.processId(), reference, task.id(), false);
      }
    } else if (reference != null) {
      references.release(task.processId(), reference, task.id());
    }
    drop(task);
  }

  void delete(Task task) {
    String reference = task.reference();
    if (reference != null) {
      references.release(task.processId(), reference, task.id());
    }
    drop(task);
  }

  /** Earliest due time of a timer written since the last call, or {@code Long.MAX_VALUE}. */
  long takeEarliestTimer() {
    long earliest = earliestTimerMillis;
    earliestTimerMillis = Long.MAX_VALUE;
    return earliest;
  }

  void flush() {
    for (Map.Entry<TaskId, Held> entry : held.entrySet()) {
      Task task = entry.getValue().task;
      if (task != null) {
        write(task, entry.getValue());
      }
    }
    held.clear();
  }

  private void write(Task task, Held known) {
    state.put(Space.TASKS, Keys.task(task.id()), TaskCodec.encode(task));
    if (!known.stored || known.storedNode != task.node()) {
      if (known.stored) {
        state.delete(Space.INDEX, Keys.node(task.processId(), known.storedNode, task.id()));
      }
      state.put(Space.INDEX, Keys.node(task.processId(), task.node(), task.id()), new byte[0]);
    }
    boolean sameStay = known.stored && known.storedEntry == task.entry();
    if (!sameStay
        || known.storedDeadline != task.deadlineMillis()
        || known.storedSemaphore != task.deadlineSemaphore()) {
      if (known.storedDeadline != 0) {
        deleteTimer(task, known, known.storedDeadline, known.storedSemaphore);
      }
      putTimer(task, task.deadlineMillis(), task.deadlineSemaphore());
    }
    if (!sameStay || known.storedPermit != task.permitUntilMillis()) {
      if (known.storedPermit != 0) {
        deleteTimer(task, known, known.storedPermit, PERMIT_TIMER);
      }
      putTimer(task, task.permitUntilMillis(), PERMIT_TIMER);
    }
  }

  private void putTimer(Task task, long dueMillis, int kind) {
    if (dueMillis == 0) {
      return;
    }
    state.put(
        Space.INDEX,
        Keys.timer(dueMillis, task.id(), task.entry(), kind),
        Keys.process(task.processId()));
    earliestTimerMillis = Math.min(earliestTimerMillis, dueMillis);
  }

  private void deleteTimer(Task task, Held known, long dueMillis, int kind) {
    byte[] key = Keys.timer(dueMillis, task.id(), known.storedEntry, kind);
    state.delete(Space.INDEX, key);
    state.delete(Space.INDEX, Keys.heldTimer(task.processId(), key));
  }

  private void drop(Task task) {
    Held known = held.get(task.id());
    if (known == null || known.task == null) {
      throw new IllegalStateException("Task " + task.id() + " was not loaded here");
    }
    if (known.stored) {
      state.delete(Space.TASKS, Keys.task(task.id()));
      state.delete(Space.INDEX, Keys.node(task.processId(), known.storedNode, task.id()));
      if (known.storedDeadline != 0) {
        deleteTimer(task, known, known.storedDeadline, known.storedSemaphore);
      }
      if (known.storedPermit != 0) {
        deleteTimer(task, known, known.storedPermit, PERMIT_TIMER);
      }
    }
    known.task = null;
    known.stored = false;
  }
}
