package io.millrace.engine.id;

import java.nio.charset.StandardCharsets;

/** The fixed hash buckets of an installation: 4096, for ever. */
public final class Slots {
  public static final int COUNT = 4096;
  static final int MASK = COUNT - 1;

  private Slots() {}

  /** The slot of a task that was created with a reference. */
  public static int ofReference(long processId, String reference) {
    return fold(hash(hash(BASIS, processId), reference.getBytes(StandardCharsets.UTF_8)));
  }

  /** The home slot of what belongs to a node and not to a task: permits, counts, queue order. */
  public static int ofNode(long processId, NodeId node) {
    return fold(hash(hash(hash(BASIS, processId), node.high()), node.low()));
  }

  // FNV-1a, 64 bit: stable across versions, platforms and languages (public domain, Fowler, Noll
  // and Vo). String.hashCode would do for text, but not for its quality in the low bits.
  private static final long BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private static long hash(long seed, long value) {
    long h = seed;
    for (int shift = 56; shift >= 0; shift -= 8) {
      h = (h ^ ((value >>> shift) & 0xff)) * PRIME;
    }
    return h;
  }

  private static long hash(long seed, byte[] bytes) {
    long h = seed;
    for (byte b : bytes) {
      h = (h ^ (b & 0xff)) * PRIME;
    }
    return h;
  }

  private static int fold(long h) {
    return (int) ((h ^ (h >>> 32) ^ (h >>> 12)) & MASK);
  }
}
