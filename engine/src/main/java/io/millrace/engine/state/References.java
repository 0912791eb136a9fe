package io.millrace.engine.state;

import io.millrace.engine.id.Slots;
import io.millrace.engine.id.TaskId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * References and whose they are. A reference of a live task is taken; when the task has finished,
 * the entry stays, for look-up, until the archived task goes or another task takes the reference.
 *
 * <p>Key {@code 'R' slot process reference}, value {@code task(12) live(1)}.
 */
public final class References {
  private final State state;

  public References(State state) {
    this.state = state;
  }

  /** Whose a reference is. {@code live}: the task has not finished. */
  public record Holder(TaskId task, boolean live) {}

  public @Nullable Holder find(long process, String reference) {
    byte[] value = state.get(Space.INDEX, key(process, reference));
    if (value == null) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(value);
    return new Holder(TaskId.read(in), in.get() == 1);
  }

  public void put(long process, String reference, TaskId task, boolean live) {
    ByteBuffer value = ByteBuffer.allocate(TaskId.BYTES + 1);
    task.write(value);
    state.put(Space.INDEX, key(process, reference), value.put((byte) (live ? 1 : 0)).array());
  }

  /** Forgets the reference if it is still this task's. */
  public void release(long process, String reference, TaskId task) {
    Holder holder = find(process, reference);
    if (holder != null && holder.task().equals(task)) {
      state.delete(Space.INDEX, key(process, reference));
    }
  }

  private static byte[] key(long process, String reference) {
    return Keys.reference(Slots.ofReference(process, reference), process, reference);
  }
}
