package io.millrace.runtime.rocks;

import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import java.util.Arrays;
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

  private static final Space[] SPACES = Space.values();

  private final RocksStore store;
  private final int partition;
  private final byte[] prefix;
  private final Overlay[] overlays = new Overlay[SPACES.length];
  // Opening an iterator costs more than most scans; one per space is kept and refreshed instead.
  private final @Nullable Cursor[] cursors = new @Nullable Cursor[SPACES.length];
  private final boolean[] stale = new boolean[SPACES.length];

  RocksState(RocksStore store, int partition) {
    this.store = store;
    this.partition = partition;
    prefix = StoreKeys.prefix(partition);
    Arrays.setAll(overlays, i -> new Overlay());
  }

  public int partition() {
    return partition;
  }

  @Override
  public byte @Nullable [] get(Space space, byte[] key) {
    byte[] own = overlay(space).find(key);
    if (own != null) {
      return own == Overlay.DELETED ? null : own;
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
    merge(space, new Overlay.Range(from, to), true, visitor);
  }

  @Override
  public void scanBackwards(Space space, byte[] from, byte[] to, Visitor visitor) {
    merge(space, new Overlay.Range(from, to), false, visitor);
  }

  /** Walks committed and own entries together; on the same key the own one counts. */
  private void merge(Space space, Overlay.Range range, boolean forwards, Visitor visitor) {
    if (range.isEmpty()) {
      return;
    }
    Overlay overlay = overlay(space);
    Cursor cursor = borrow(space);
    try {
      Map.Entry<byte[], byte[]> own = overlay.first(range, forwards);
      if (forwards) {
        cursor.seek(range.from());
      } else {
        cursor.seekBefore(range.to());
      }
      while (true) {
        byte[] committed = visible(cursor, overlay, range, forwards);
        int order;
        if (own == null) {
          if (committed == null) {
            return;
          }
          order = 1;
        } else {
          order = committed == null ? -1 : Arrays.compareUnsigned(own.getKey(), committed);
          order = forwards || committed == null ? order : -order;
        }
        boolean takeOwn = own != null && order <= 0;
        byte[] key = takeOwn ? own.getKey() : Objects.requireNonNull(committed);
        byte[] value = takeOwn ? own.getValue() : cursor.value();
        if (order >= 0) {
          step(cursor, forwards);
        }
        if (value != Overlay.DELETED && !visitor.visit(key, value)) {
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
      Cursor cursor, Overlay overlay, Overlay.Range range, boolean forwards) {
    while (true) {
      byte[] key = cursor.key();
      if (key == null || !range.contains(key)) {
        return null;
      }
      Overlay.Range hidden = overlay.deletedRangeOf(key);
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

  private static void step(Cursor cursor, boolean forwards) {
    if (forwards) {
      cursor.next();
    } else {
      cursor.previous();
    }
  }

  Overlay overlay(Space space) {
    return overlays[space.ordinal()];
  }

  /** Forgets the overlay, which is in the store now. */
  void committed() {
    for (Overlay overlay : overlays) {
      overlay.clear();
    }
    Arrays.fill(stale, true);
  }

  /** Lets go of iterators, which keep old files alive; for times without work. */
  public void releaseCursors() {
    for (int i = 0; i < cursors.length; i++) {
      Cursor cursor = cursors[i];
      if (cursor != null) {
        cursor.close();
        cursors[i] = null;
      }
    }
  }

  private Cursor borrow(Space space) {
    int i = space.ordinal();
    Cursor cursor = cursors[i];
    if (cursor == null) {
      return new Cursor(store, space, partition, null);
    }
    cursors[i] = null;
    if (stale[i]) {
      cursor.refresh();
    }
    return cursor;
  }

  private void giveBack(Space space, Cursor cursor) {
    int i = space.ordinal();
    stale[i] = false;
    if (cursors[i] == null) {
      cursors[i] = cursor;
    } else {
      // A visitor scanned the same space meanwhile, and its cursor is kept already.
      cursor.close();
    }
  }
}
