package io.millrace.engine.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A state that is kept in memory: for tests, for the simulator and for trying a process out. It
 * honours the whole contract of {@link State} but durability, and can be copied as a whole.
 */
public final class MemoryState implements State {
  private final Map<Space, TreeMap<byte[], byte[]>> spaces = new EnumMap<>(Space.class);

  public MemoryState() {
    for (Space space : Space.values()) {
      spaces.put(space, new TreeMap<>(Arrays::compareUnsigned));
    }
  }

  /** An independent copy of everything, as a crash would find it on disk. */
  public MemoryState copy() {
    MemoryState copy = new MemoryState();
    for (Space space : Space.values()) {
      copy.map(space).putAll(map(space));
    }
    return copy;
  }

  /** Number of entries in a space. */
  public int size(Space space) {
    return map(space).size();
  }

  @Override
  public byte @Nullable [] get(Space space, byte[] key) {
    return map(space).get(key);
  }

  @Override
  public void put(Space space, byte[] key, byte[] value) {
    map(space).put(key, value);
  }

  @Override
  public void delete(Space space, byte[] key) {
    map(space).remove(key);
  }

  @Override
  public void deleteRange(Space space, byte[] from, byte[] to) {
    if (Arrays.compareUnsigned(from, to) < 0) {
      map(space).subMap(from, to).clear();
    }
  }

  @Override
  public void scan(Space space, byte[] from, byte[] to, Visitor visitor) {
    if (Arrays.compareUnsigned(from, to) < 0) {
      visit(map(space).subMap(from, true, to, false), visitor);
    }
  }

  @Override
  public void scanBackwards(Space space, byte[] from, byte[] to, Visitor visitor) {
    if (Arrays.compareUnsigned(from, to) < 0) {
      visit(map(space).subMap(from, true, to, false).descendingMap(), visitor);
    }
  }

  /** Whether both hold the same bytes; the answer names the first difference, or is null. */
  public static @Nullable String difference(MemoryState a, MemoryState b) {
    for (Space space : Space.values()) {
      List<byte[]> keys = new ArrayList<>(a.map(space).keySet());
      keys.addAll(b.map(space).keySet());
      for (byte[] key : keys) {
        if (!Arrays.equals(a.get(space, key), b.get(space, key))) {
          return space + " " + Arrays.toString(key);
        }
      }
    }
    return null;
  }

  private static void visit(NavigableMap<byte[], byte[]> range, Visitor visitor) {
    // A copy of the range is the simplest way to let the visitor write meanwhile; ranges are
    // stopped early in practice, so it is taken in pieces.
    byte[] last = null;
    while (true) {
      NavigableMap<byte[], byte[]> rest = last == null ? range : range.tailMap(last, false);
      List<Map.Entry<byte[], byte[]>> piece = new ArrayList<>(64);
      for (Map.Entry<byte[], byte[]> entry : rest.entrySet()) {
        piece.add(Map.entry(entry.getKey(), entry.getValue()));
        if (piece.size() == 64) {
          break;
        }
      }
      for (Map.Entry<byte[], byte[]> entry : piece) {
        if (!visitor.visit(entry.getKey(), entry.getValue())) {
          return;
        }
        last = entry.getKey();
      }
      if (piece.size() < 64) {
        return;
      }
    }
  }

  private TreeMap<byte[], byte[]> map(Space space) {
    TreeMap<byte[], byte[]> map = spaces.get(space);
    if (map == null) {
      throw new IllegalStateException("No map for " + space);
    }
    return map;
  }
}
