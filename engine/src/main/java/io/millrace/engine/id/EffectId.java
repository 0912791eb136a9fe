package io.millrace.engine.id;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The stable identity of one piece of work outside the engine: which task asked, at which of its
 * node entries, by which logic of that node. It is the same when the work is started again after a
 * crash, and it is what the world sees as the idempotency key.
 *
 * @param task the asking task
 * @param entry the task's entry number at that time, from 1
 * @param logic index of the logic in its node, from 0
 */
public record EffectId(TaskId task, int entry, int logic) {
  public static final int BYTES = TaskId.BYTES + 4 + 2;

  /** {@code <task id>-<entry>-<logic>}, sent as {@code Idempotency-Key}. */
  public String text() {
    return task + "-" + entry + "-" + logic;
  }

  /** Reads {@link #text()}, or answers null. */
  public static @Nullable EffectId parse(String text) {
    String[] parts = text.split("-", -1);
    TaskId task = parts.length == 3 ? TaskId.parse(parts[0]) : null;
    if (task == null) {
      return null;
    }
    try {
      return new EffectId(task, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  public void write(ByteBuffer target) {
    task.write(target);
    target.putInt(entry).putShort((short) logic);
  }

  public static EffectId read(ByteBuffer source) {
    return new EffectId(TaskId.read(source), source.getInt(), source.getShort());
  }
}
