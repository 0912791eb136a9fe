package io.millrace.engine.state;

import io.millrace.engine.id.TaskId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finished tasks, in buckets by the day on which they expire, and the index that finds one by id.
 *
 * <p>Record key {@code expiry-day process node task}; index key {@code 'X' task}, value {@code
 * expiry-day(4) process(8) node(4)}.
 */
public final class Archive {
  private final State state;

  public Archive(State state) {
    this.state = state;
  }

  /** Where an archived task is. {@code expiryDay} counts days since 1970-01-01 UTC. */
  public record Place(int expiryDay, long process, int node, TaskId task) {
    byte[] key() {
      return Keys.archive(expiryDay, process, node, task);
    }
  }

  public void put(Task task, int expiryDay) {
    Place place = new Place(expiryDay, task.processId(), task.node(), task.id());
    state.put(Space.ARCHIVE, place.key(), TaskCodec.encode(task));
    state.put(
        Space.INDEX,
        Keys.archived(task.id()),
        ByteBuffer.allocate(16)
            .putInt(expiryDay)
            .putLong(place.process())
            .putInt(place.node())
            .array());
  }

  public @Nullable Place find(TaskId task) {
    byte[] value = state.get(Space.INDEX, Keys.archived(task));
    if (value == null) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(value);
    return new Place(in.getInt(), in.getLong(), in.getInt(), task);
  }

  public @Nullable Task load(Place place) {
    byte[] value = state.get(Space.ARCHIVE, place.key());
    return value == null ? null : TaskCodec.decode(place.task(), value);
  }

  public void remove(Place place) {
    state.delete(Space.ARCHIVE, place.key());
    state.delete(Space.INDEX, Keys.archived(place.task()));
  }

  /** Rewrites an archived task whose data was changed. */
  public void rewrite(Place place, Task task) {
    state.put(Space.ARCHIVE, place.key(), TaskCodec.encode(task));
  }

  /** Reads the place out of a record's key. */
  public static Place place(byte[] recordKey) {
    ByteBuffer in = ByteBuffer.wrap(recordKey);
    return new Place(in.getInt(), in.getLong(), in.getInt(), TaskId.read(in));
  }

  /** The first expiry day at or after {@code fromDay} that holds tasks; -1: none. */
  public int nextDay(int fromDay) {
    int[] found = {-1};
    state.scan(
        Space.ARCHIVE,
        Keys.archive(fromDay),
        Keys.archive(Integer.MAX_VALUE),
        (key, value) -> {
          found[0] = ByteBuffer.wrap(key).getInt();
          return false;
        });
    return found[0];
  }
}
