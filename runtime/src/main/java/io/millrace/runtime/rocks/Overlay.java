package io.millrace.runtime.rocks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one partition wrote into one space since the last commit. Single keys win over range
 * deletions here, because a range deletion removes the single keys it covers when it is made.
 */
final class Overlay {
  private static final byte[] DELETED = new byte[0];

  private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
  private final List<KeyRange> deletedRanges = new ArrayList<>();

  /** Whether a value stands for a deleted key; by identity, for an empty value is a value. */
  @SuppressWarnings("ReferenceEquality")
  static boolean isDeleted(byte[] value) {
    return value == DELETED;
  }

  boolean isEmpty() {
    return entries.isEmpty() && deletedRanges.isEmpty();
  }

  void put(byte[] key, byte[] value) {
    entries.put(key, value);
  }

  void delete(byte[] key) {
    entries.put(key, DELETED);
  }

  void deleteRange(byte[] from, byte[] to) {
    forget(from, to);
    deletedRanges.add(new KeyRange(from, to));
  }

  /** Drops the single keys of a range, written or deleted. */
  void forget(byte[] from, byte[] to) {
    entries.subMap(from, true, to, false).clear();
  }

  /** The value, one that {@link #isDeleted}, or null when the store below has to be asked. */
  byte @Nullable [] find(byte[] key) {
    byte[] value = entries.get(key);
    if (value != null) {
      return value;
    }
    return deletedRangeOf(key) == null ? null : DELETED;
  }

  /** A range deletion that hides this key of the store below. */
  @Nullable KeyRange deletedRangeOf(byte[] key) {
    for (int i = 0; i < deletedRanges.size(); i++) {
      if (deletedRanges.get(i).contains(key)) {
        return deletedRanges.get(i);
      }
    }
    return null;
  }

  /** Where a walk through a range begins. */
  Map.@Nullable Entry<byte[], byte[]> first(KeyRange range, boolean forwards) {
    return within(
        range, forwards ? entries.ceilingEntry(range.from()) : entries.lowerEntry(range.to()));
  }

  /** Where a walk through a range goes on after a key. */
  Map.@Nullable Entry<byte[], byte[]> next(byte[] key, KeyRange range, boolean forwards) {
    return within(range, forwards ? entries.higherEntry(key) : entries.lowerEntry(key));
  }

  private static Map.@Nullable Entry<byte[], byte[]> within(
      KeyRange range, Map.@Nullable Entry<byte[], byte[]> entry) {
    return entry != null && range.contains(entry.getKey()) ? entry : null;
  }

  /** Range deletions, which must reach the store before the {@link #entries}. */
  List<KeyRange> deletedRanges() {
    return deletedRanges;
  }

  /** Single keys in order, to their value or one that {@link #isDeleted}. */
  Map<byte[], byte[]> entries() {
    return entries;
  }

  void clear() {
    entries.clear();
    deletedRanges.clear();
  }
}
