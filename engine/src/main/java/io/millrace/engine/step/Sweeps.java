package io.millrace.engine.step;

import io.millrace.engine.id.TaskId;
import io.millrace.engine.state.Archive;
import io.millrace.engine.state.Keys;
import io.millrace.engine.state.References;
import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import io.millrace.engine.state.Task;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Removals that are too large for one step: of a whole process, of a final node's archive, of days
 * that expired. What is under way is in the state, so that a crash does not leave half of it.
 */
final class Sweeps {
  private static final int PIECE = 1_000;
  private static final int WHOLE_PROCESS = -1;

  private final State state;
  private final TaskStore tasks;
  private final References references;
  private final Archive archive;
  private final Directory directory;
  private final Movement movement;
  private final Counters counters;
  private final Permits permits;
  private final PileUps pileUps;
  private final List<Removal> removals = new ArrayList<>();

  Sweeps(
      State state,
      TaskStore tasks,
      References references,
      Archive archive,
      Directory directory,
      Movement movement,
      Counters counters,
      Permits permits,
      PileUps pileUps) {
    this.state = state;
    this.tasks = tasks;
    this.references = references;
    this.archive = archive;
    this.directory = directory;
    this.movement = movement;
    this.counters = counters;
    this.permits = permits;
    this.pileUps = pileUps;
    byte[] table = Keys.table('Z');
    state.scan(
        Space.INDEX,
        table,
        Keys.after(table),
        (key, value) -> {
          ByteBuffer in = ByteBuffer.wrap(key, 1, 12);
          removals.add(new Removal(in.getLong(), in.getInt(), TaskId.read(ByteBuffer.wrap(value))));
          return true;
        });
  }

  /** {@code upTo}: tasks created later than this one are not meant. */
  private record Removal(long process, int node, TaskId upTo) {}

  boolean isEmpty() {
    return removals.isEmpty();
  }

  void removeProcess(long process) {
    begin(new Removal(process, WHOLE_PROCESS, new TaskId(-1L, -1)));
  }

  void resetNode(long process, int node, TaskId upTo) {
    begin(new Removal(process, node, upTo));
  }

  /** Does a piece of what is under way. */
  void run() {
    Removal removal = removals.getFirst();
    int left = PIECE;
    if (removal.node() == WHOLE_PROCESS) {
      left = removeLive(removal.process(), left);
    }
    if (left > 0) {
      left = removeArchived(removal, left);
    }
    if (left > 0) {
      removals.removeFirst();
      state.delete(Space.INDEX, Keys.removal(removal.process(), removal.node()));
      if (removal.node() == WHOLE_PROCESS) {
        forget(removal.process());
      }
    }
  }

  /** Drops archived tasks that expired on this day or before; answers whether some are left. */
  boolean dropExpired(int expiryDay, int tasksMax) {
    List<Archive.Place> places = new ArrayList<>();
    state.scan(
        Space.ARCHIVE,
        Keys.archive(0),
        Keys.archive(expiryDay + 1),
        (key, value) -> {
          places.add(Archive.place(key));
          return places.size() < tasksMax;
        });
    places.forEach(this::removeArchived);
    return places.size() == tasksMax;
  }

  private void begin(Removal removal) {
    ByteBuffer value = ByteBuffer.allocate(TaskId.BYTES);
    removal.upTo().write(value);
    state.put(Space.INDEX, Keys.removal(removal.process(), removal.node()), value.array());
    removals.removeIf(
        other -> other.process() == removal.process() && other.node() == removal.node());
    removals.add(removal);
  }

  private int removeLive(long process, int max) {
    // What is in memory only has no entry in the node index yet.
    tasks.flush();
    List<TaskId> found = new ArrayList<>();
    byte[] from = Keys.table('N', process);
    state.scan(
        Space.INDEX,
        from,
        Keys.after(from),
        (key, value) -> {
          found.add(TaskId.read(ByteBuffer.wrap(key, 13, TaskId.BYTES)));
          return found.size() < max;
        });
    LoadedProcess loaded = directory.find(process);
    for (TaskId id : found) {
      Task task = tasks.find(id);
      if (task != null) {
        if (loaded != null) {
          movement.leave(loaded, task);
        }
        tasks.delete(task);
      }
    }
    return max - found.size();
  }

  private int removeArchived(Removal removal, int max) {
    List<Archive.Place> places = new ArrayList<>();
    for (int day = archive.nextDay(0);
        day >= 0 && places.size() < max;
        day = archive.nextDay(day + 1)) {
      byte[] from =
          removal.node() == WHOLE_PROCESS
              ? Keys.archive(day, removal.process(), 0)
              : Keys.archive(day, removal.process(), removal.node());
      byte[] to =
          removal.node() == WHOLE_PROCESS
              ? Keys.archive(day, removal.process() + 1, 0)
              : Keys.archive(day, removal.process(), removal.node() + 1);
      state.scan(
          Space.ARCHIVE,
          from,
          to,
          (key, value) -> {
            Archive.Place place = Archive.place(key);
            if (place.task().compareTo(removal.upTo()) <= 0) {
              places.add(place);
            }
            return places.size() < max;
          });
    }
    places.forEach(this::removeArchived);
    return max - places.size();
  }

  private void removeArchived(Archive.Place place) {
    Task task = archive.load(place);
    if (task != null && task.reference() != null) {
      references.release(task.processId(), task.reference(), task.id());
    }
    archive.remove(place);
  }

  private void forget(long process) {
    for (char tag : new char[] {'W', 'H'}) {
      byte[] from = Keys.table(tag, process);
      state.deleteRange(Space.INDEX, from, Keys.after(from));
    }
    counters.remove(process);
    permits.remove(process);
    pileUps.remove(process);
    directory.remove(process);
  }
}
