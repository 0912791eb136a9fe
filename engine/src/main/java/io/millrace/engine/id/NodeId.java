package io.millrace.engine.id;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a node: 96 bits, written as 24 lower-case hexadecimal digits.
 *
 * @param high the upper 64 bits
 * @param low the lower 32 bits
 */
public record NodeId(long high, int low) implements Comparable<NodeId> {
  /** Length of the byte form. */
  public static final int BYTES = Hex96.BYTES;

  /** Reads the text form, or answers null when it is not 24 lower-case hexadecimal digits. */
  public static @Nullable NodeId parse(@Nullable String text) {
    return text != null && Hex96.isValid(text)
        ? new NodeId(Hex96.high(text), Hex96.low(text))
        : null;
  }

  /** Reads a text form that is known to be valid; anything else is a programming error. */
  public static NodeId of(String text) {
    NodeId id = parse(text);
    if (id == null) {
      throw new IllegalArgumentException(
          "Expected a node id of 24 lower-case hexadecimal digits, but got '" + text + "'");
    }
    return id;
  }

  public static NodeId read(ByteBuffer source) {
    return new NodeId(source.getLong(), source.getInt());
  }

  public void write(ByteBuffer target) {
    target.putLong(high).putInt(low);
  }

  @Override
  public int compareTo(NodeId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Integer.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return Hex96.format(high, low);
  }
}
