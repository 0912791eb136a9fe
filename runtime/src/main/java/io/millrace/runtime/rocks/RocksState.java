package io.millrace.runtime.rocks;

import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of one partition: committed data of the store below, uncommitted writes of this batch
 * above. Writes reach the store only through {@link CommitBatch}. Belongs to one thread at a time.
 */
public final class RocksState implements State {
  /**
   * A range with up to this many committed keys is deleted key by key: range tombstones slow every
   * read that comes near them, which is worth it for a day of the archive, not for one task.
   */
  static final int SINGLE_DELETES_MAX = 64;

  private final RocksStore store;
  private final int partition;
  private final byte[] prefix;
  private final Map<Space, Part> parts = new EnumMap<>(Space.class);

  RocksState(RocksStore store, int partition) {
    this.store = store;
    this.partition = partition;
    prefix = StoreKeys.prefix(partition);
    for (Space space : Space.values()) {
      parts.put(space, new Part());
    }
  }

  public int partition() {
    return partition;
  }

  @Override
  public byte @Nullable [] get(Space space, byte[] key) {
    byte[] own = overlay(space).find(key);
    if (own != null) {
      return Overlay.isDeleted(own) ? null : own;
    }
    return store.get(space, StoreKeys.inPartition(prefix, key));
  }

  @Override
  public void put(Space space, byte[] key, byte[] value) {
    overlay(space).put(key, value);
  }

  @Override
  public void delete(Space space, byte[] key) {
    overlay(space).delete(key);
  }

  @Override
  public void deleteRange(Space space, byte[] from, byte[] to) {
    if (Arrays.compareUnsigned(from, to) >= 0) {
      return;
    }
    Overlay overlay = overlay(space);
    byte[][] committed = new byte[SINGLE_DELETES_MAX][];
    int found = committedKeys(space, from, to, committed);
    if (found > SINGLE_DELETES_MAX) {
      overlay.deleteRange(from, to);
      return;
    }
    overlay.forget(from, to);
    for (int i = 0; i < found; i++) {
      overlay.delete(committed[i]);
    }
  }

  /** Fills in the first committed keys of a range; answers more than fit as one more than fit. */
  private int committedKeys(Space space, byte[] from, byte[] to, byte[][] keys) {
    Cursor cursor = borrow(space);
    try {
      int found = 0;
      cursor.seek(from);
      for (byte[] key = cursor.key();
          key != null && Arrays.compareUnsigned(key, to) < 0;
          key = cursor.key()) {
        if (found == keys.length) {
          return found + 1;
        }
        keys[found++] = key;
        cursor.next();
      }
      return found;
    } finally {
      giveBack(space, cursor);
    }
  }

  @Override
  public void scan(Space space, byte[] from, byte[] to, Visitor visitor) {
    merge(space, new KeyRange(from, to), true, visitor);
  }

  @Override
  public void scanBackwards(Space space, byte[] from, byte[] to, Visitor visitor) {
    merge(space, new KeyRange(from, to), false, visitor);
  }

  /** Walks committed and own entries together; on the same key the own one counts. */
  private void merge(Space space, KeyRange range, boolean forwards, Visitor visitor) {
    if (range.isEmpty()) {
      return;
    }
    Overlay overlay = overlay(space);
    Cursor cursor = borrow(space);
    try {
      Map.Entry<byte[], byte[]> own = overlay.first(range, forwards);
      if (forwards) {
        part(space).fronts.seekFirst(cursor, range);
      } else {
        cursor.seekBefore(range.to());
      }
      while (true) {
        byte[] committed = visible(cursor, overlay, range, forwards);
        byte[] key;
        byte[] value;
        if (own != null && (committed == null || isFirst(own.getKey(), committed, forwards))) {
          key = own.getKey();
          value = own.getValue();
          if (Arrays.equals(key, committed)) {
            step(cursor, forwards);
          }
        } else if (committed != null) {
          key = committed;
          value = cursor.value();
          step(cursor, forwards);
        } else {
          return;
        }
        if (!Overlay.isDeleted(value) && !visitor.visit(key, value)) {
          return;
        }
        // Looked up anew, because the visitor may have written.
        own = overlay.next(key, range, forwards);
      }
    } finally {
      giveBack(space, cursor);
    }
  }

  /** The committed key the cursor stands on, past those that a range deletion hides. */
  private static byte @Nullable [] visible(
      Cursor cursor, Overlay overlay, KeyRange range, boolean forwards) {
    while (true) {
      byte[] key = cursor.key();
      if (key == null || !range.contains(key)) {
        return null;
      }
      KeyRange hidden = overlay.deletedRangeOf(key);
      if (hidden == null) {
        return key;
      }
      if (forwards) {
        cursor.seek(hidden.to());
      } else {
        cursor.seekBefore(hidden.from());
      }
    }
  }

  /** Whether a walk meets the one key not after the other. */
  private static boolean isFirst(byte[] one, byte[] other, boolean forwards) {
    int order = Arrays.compareUnsigned(one, other);
    return forwards ? order <= 0 : order >= 0;
  }

  private static void step(Cursor cursor, boolean forwards) {
    if (forwards) {
      cursor.next();
    } else {
      cursor.previous();
    }
  }

  Overlay overlay(Space space) {
    return part(space).overlay;
  }

  private Part part(Space space) {
    return Objects.requireNonNull(parts.get(space));
  }

  /** Forgets the overlay, which is in the store now. */
  void committed() {
    for (Part part : parts.values()) {
      part.fronts.committed(part.overlay);
      part.overlay.clear();
      part.stale = true;
    }
  }

  /** Lets go of iterators, which keep old files alive; for times without work. */
  public void releaseCursors() {
    for (Part part : parts.values()) {
      if (part.cursor != null) {
        part.cursor.close();
        part.cursor = null;
      }
    }
  }

  private Cursor borrow(Space space) {
    Part part = part(space);
    Cursor cursor = part.cursor;
    if (cursor == null) {
      return new Cursor(store, space, partition, null);
    }
    part.cursor = null;
    if (part.stale) {
      cursor.refresh();
    }
    return cursor;
  }

  private void giveBack(Space space, Cursor cursor) {
    Part part = part(space);
    part.stale = false;
    if (part.cursor == null) {
      part.cursor = cursor;
    } else {
      // A visitor scanned the same space meanwhile, and its cursor is kept already.
      cursor.close();
    }
  }

  /** One space of the partition. */
  private static final class Part {
    final Overlay overlay = new Overlay();
    final EmptyFronts fronts = new EmptyFronts();
    // Opening an iterator costs more than most scans; one is kept and refreshed instead.
    @Nullable Cursor cursor;
    boolean stale;
  }
}
