package io.millrace.runtime.rocks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, for scans that were slow to find their first committed key, how far there is none. A
 * queue that is served from its front (timers, activations, days of the archive) leaves its deleted
 * keys there until a compaction, and each scan would step over all of them: a million timers would
 * cost a million times half a million steps.
 */
final class EmptyFronts {
  /** So long takes the step over some hundred deleted keys; less is not worth remembering. */
  private static final long SLOW_NANOS = 20_000;

  private static final int KEPT_MAX = 16;

  private static final class Front {
    final byte[] from;
    byte[] to;

    Front(byte[] from, byte[] to) {
      this.from = from;
      this.to = to;
    }
  }

  // The one that was learned last comes last.
  private final List<Front> fronts = new ArrayList<>();

  /** Moves the cursor to the first committed key of a range, or behind the range. */
  void seekFirst(Cursor cursor, KeyRange range) {
    Front known = find(range.from());
    long began = System.nanoTime();
    cursor.seek(known == null ? range.from() : known.to);
    if (known == null && System.nanoTime() - began < SLOW_NANOS) {
      return;
    }
    byte[] first = cursor.key();
    byte[] to = first != null && range.contains(first) ? first : range.to();
    if (known == null) {
      if (fronts.size() == KEPT_MAX) {
        fronts.removeFirst();
      }
      fronts.add(new Front(range.from(), to));
    } else if (Arrays.compareUnsigned(to, known.to) > 0) {
      known.to = to;
    }
  }

  private @Nullable Front find(byte[] from) {
    for (int i = fronts.size() - 1; i >= 0; i--) {
      if (Arrays.equals(fronts.get(i).from, from)) {
        return fronts.get(i);
      }
    }
    return null;
  }

  /** These writes have been committed: keys among them end the fronts that they stand in. */
  void committed(Overlay overlay) {
    for (Iterator<Front> all = fronts.iterator(); all.hasNext(); ) {
      Front front = all.next();
      KeyRange range = new KeyRange(front.from, front.to);
      Map.Entry<byte[], byte[]> entry = overlay.first(range, true);
      while (entry != null && Overlay.isDeleted(entry.getValue())) {
        entry = overlay.next(entry.getKey(), range, true);
      }
      if (entry != null) {
        front.to = entry.getKey();
        if (Arrays.equals(front.from, front.to)) {
          all.remove();
        }
      }
    }
  }
}
