package io.millrace.runtime.rocks;

import io.millrace.engine.state.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Remembers between which keys each partition deleted from its archive, so that retention can give
 * the space back without knowing how the engine lays out the keys of {@link Space#ARCHIVE}.
 */
final class ArchiveHoles {
  private final Map<byte[], KeyRange> holes = new TreeMap<>(Arrays::compareUnsigned);

  /** Notes the deletions among these writes. Called by loops, and cheap when there are none. */
  void note(byte[] prefix, Overlay overlay) {
    KeyRange hole = null;
    for (KeyRange range : overlay.deletedRanges()) {
      hole = hole == null ? range : hole.hull(range);
    }
    for (Map.Entry<byte[], byte[]> entry : overlay.entries().entrySet()) {
      if (Overlay.isDeleted(entry.getValue())) {
        KeyRange one = new KeyRange(entry.getKey(), entry.getKey());
        hole = hole == null ? one : hole.hull(one);
      }
    }
    if (hole != null) {
      widen(
          prefix,
          new KeyRange(
              StoreKeys.inPartition(prefix, hole.from()),
              StoreKeys.inPartition(prefix, hole.to())));
    }
  }

  private synchronized void widen(byte[] prefix, KeyRange more) {
    holes.merge(prefix, more, KeyRange::hull);
  }

  /** Hands out the holes, as keys of the store, and forgets them. */
  synchronized List<KeyRange> take() {
    List<KeyRange> taken = new ArrayList<>(holes.values());
    holes.clear();
    return taken;
  }
}
