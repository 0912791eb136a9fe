package io.millrace.runtime.rocks;

import io.millrace.engine.state.Space;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What it costs to take entries from the front of a long queue (timers that fall due), where every
 * scan begins at what was deleted before. Not run by the build.
 */
class QueueMeasurement {
  private static final int ENTRIES = 300_000;
  private static final int PIECE = 1_000;

  @TempDir Path folder;

  @Test
  void takingFromTheFront() {
    try (RocksStore store = RocksStore.open(folder, 1, 0, 64 << 20, CommitPort.SYNCED);
        CommitBatch batch = store.newBatch()) {
      RocksState state = store.state(0);
      for (int i = 0; i < ENTRIES; i++) {
        state.put(Space.INDEX, key(i), new byte[8]);
        if (i % 10_000 == 0) {
          batch.add(state);
          store.commit(batch);
        }
      }
      batch.add(state);
      store.commit(batch);
      long began = System.nanoTime();
      for (int taken = 0; taken < ENTRIES; taken += PIECE) {
        List<byte[]> due = new ArrayList<>();
        state.scan(
            Space.INDEX,
            new byte[] {'M'},
            new byte[] {'N'},
            (key, value) -> {
              due.add(key);
              return due.size() < PIECE;
            });
        due.forEach(key -> state.delete(Space.INDEX, key));
        state.scan(Space.INDEX, new byte[] {'M'}, new byte[] {'N'}, (key, value) -> false);
        batch.add(state);
        store.commit(batch);
        if (taken % 50_000 == 0) {
          System.out.printf("%,d after %,d ms%n", taken, (System.nanoTime() - began) / 1_000_000);
        }
      }
      state.releaseCursors();
    }
  }

  private static byte[] key(long number) {
    return ByteBuffer.allocate(26).put((byte) 'M').putLong(number).array();
  }
}
