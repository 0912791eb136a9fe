package io.millrace.runtime.rocks;

import java.util.Arrays;

/** Keys from one (included) to another (excluded), in the order of unsigned bytes. */
final class KeyRange {
  private final byte[] from;
  private final byte[] to;

  KeyRange(byte[] from, byte[] to) {
    this.from = from;
    this.to = to;
  }

  byte[] from() {
    return from;
  }

  byte[] to() {
    return to;
  }

  boolean isEmpty() {
    return Arrays.compareUnsigned(from, to) >= 0;
  }

  boolean contains(byte[] key) {
    return Arrays.compareUnsigned(from, key) <= 0 && Arrays.compareUnsigned(key, to) < 0;
  }

  /** The smallest range that contains both. */
  KeyRange hull(KeyRange other) {
    return new KeyRange(
        Arrays.compareUnsigned(from, other.from) <= 0 ? from : other.from,
        Arrays.compareUnsigned(to, other.to) >= 0 ? to : other.to);
  }
}
