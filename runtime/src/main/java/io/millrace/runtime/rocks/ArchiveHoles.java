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
  private final Map<byte[], Overlay.Range> holes = new TreeMap<>(Arrays::compareUnsigned);

  /** Notes the deletions among these writes. Called by loops, and cheap when there are none. */
  void note(byte[] prefix, Overlay overlay) {
    byte[] low = null;
    byte[] high = null;
    for (Overlay.Range range : overlay.deletedRanges()) {
      low = low == null || Arrays.compareUnsigned(range.from(), low) < 0 ? range.from() : low;
      high = high == null || Arrays.compareUnsigned(range.to(), high) > 0 ? range.to() : high;
    }
    for (Map.Entry<byte[], byte[]> entry : overlay.entries().entrySet()) {
      if (entry.getValue() == Overlay.DELETED) {
        byte[] key = entry.getKey();
        low = low == null || Arrays.compareUnsigned(key, low) < 0 ? key : low;
        high = high == null || Arrays.compareUnsigned(key, high) > 0 ? key : high;
      }
    }
    if (low != null && high != null) {
      widen(
          prefix,
          new Overlay.Range(
              StoreKeys.inPartition(prefix, low), StoreKeys.inPartition(prefix, high)));
    }
  }

  private synchronized void widen(byte[] prefix, Overlay.Range more) {
    holes.merge(
        prefix,
        more,
        (a, b) ->
            new Overlay.Range(
                Arrays.compareUnsigned(a.from(), b.from()) <= 0 ? a.from() : b.from(),
                Arrays.compareUnsigned(a.to(), b.to()) >= 0 ? a.to() : b.to()));
  }

  /** Hands out the holes, as keys of the store, and forgets them. */
  synchronized List<Overlay.Range> take() {
    List<Overlay.Range> taken = new ArrayList<>(holes.values());
    holes.clear();
    return taken;
  }
}
