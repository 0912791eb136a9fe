package io.millrace.engine.state;

import org.jspecify.annotations.Nullable;

/**
 * The state of one partition: ordered maps from bytes to bytes, one per {@link Space}.
 *
 * <p>Keys are ordered as unsigned bytes. A host gives a partition its own view: keys of other
 * partitions are not visible in it. What has been put is visible to later reads at once, and
 * becomes durable with the host's next commit, all of it or nothing. Arrays that are passed in or
 * handed out belong to the store: neither side changes them afterwards.
 */
public interface State {
  byte @Nullable [] get(Space space, byte[] key);

  void put(Space space, byte[] key, byte[] value);

  void delete(Space space, byte[] key);

  /** Deletes every key from {@code from} (included) to {@code to} (excluded). */
  void deleteRange(Space space, byte[] from, byte[] to);

  /**
   * Visits the entries from {@code from} (included) to {@code to} (excluded), in key order, until
   * the visitor answers false. The visitor may write to the state; whether it meets what it wrote
   * itself in the same scan is not defined.
   */
  void scan(Space space, byte[] from, byte[] to, Visitor visitor);

  /** As {@link #scan}, from the last key to the first. */
  void scanBackwards(Space space, byte[] from, byte[] to, Visitor visitor);

  /** Sees one entry. */
  @FunctionalInterface
  interface Visitor {
    /** Answers whether the scan goes on. */
    boolean visit(byte[] key, byte[] value);
  }
}
