package io.millrace.engine.id;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a task: 96 bits, written as 24 lower-case hexadecimal digits.
 *
 * <p>Layout, most significant first: 48 bits creation time (Unix milliseconds), 12 bits slot, 36
 * bits sequence number of the partition that created it. The slot is part of the id for ever, so
 * anyone who holds an id knows which partition to ask.
 *
 * @param high the upper 64 bits
 * @param low the lower 32 bits
 */
public record TaskId(long high, int low) implements Comparable<TaskId> {
  /** Length of the byte form. */
  public static final int BYTES = Hex96.BYTES;

  private static final long SEQUENCE_MASK = (1L << 36) - 1;

  /** Builds an id; {@code sequence} is cut to its lower 36 bits. */
  public static TaskId of(long timeMillis, int slot, long sequence) {
    long bits = sequence & SEQUENCE_MASK;
    return new TaskId(
        (timeMillis << 16) | ((long) (slot & Slots.MASK) << 4) | (bits >>> 32), (int) bits);
  }

  /** Reads the text form, or answers null when it is not 24 lower-case hexadecimal digits. */
  public static @Nullable TaskId parse(@Nullable String text) {
    return text != null && Hex96.isValid(text)
        ? new TaskId(Hex96.high(text), Hex96.low(text))
        : null;
  }

  public static TaskId read(ByteBuffer source) {
    return new TaskId(source.getLong(), source.getInt());
  }

  public void write(ByteBuffer target) {
    target.putLong(high).putInt(low);
  }

  /** The slot, 0..4095, in which this task lives. */
  public int slot() {
    return (int) (high >>> 4) & Slots.MASK;
  }

  /** Creation time, Unix milliseconds. */
  public long timeMillis() {
    return high >>> 16;
  }

  @Override
  public int compareTo(TaskId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Integer.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return Hex96.format(high, low);
  }
}
