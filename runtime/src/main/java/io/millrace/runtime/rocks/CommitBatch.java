package io.millrace.runtime.rocks;

import io.millrace.engine.state.Space;
import io.millrace.runtime.message.OutboxKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Everything one loop makes durable together: the writes of its partitions and of its outbox. It is
 * empty again after {@link RocksStore#commit}. Not thread-safe.
 */
public final class CommitBatch implements AutoCloseable {
  private final RocksStore store;
  private final WriteBatch batch = new WriteBatch();
  private final List<RocksState> states = new ArrayList<>();

  CommitBatch(RocksStore store) {
    this.store = store;
  }

  /** Takes what a partition wrote; it is forgotten there when the commit succeeds. */
  public void add(RocksState state) {
    byte[] prefix = StoreKeys.prefix(state.partition());
    try {
      for (Space space : Space.values()) {
        Overlay overlay = state.overlay(space);
        if (!overlay.isEmpty()) {
          add(store.family(space), prefix, overlay);
          if (space == Space.ARCHIVE) {
            store.archiveHoles().note(prefix, overlay);
          }
        }
      }
    } catch (RocksDBException e) {
      throw store.failure("write", e);
    }
    states.add(state);
  }

  private void add(ColumnFamilyHandle family, byte[] prefix, Overlay overlay)
      throws RocksDBException {
    for (KeyRange range : overlay.deletedRanges()) {
      batch.deleteRange(
          family,
          StoreKeys.inPartition(prefix, range.from()),
          StoreKeys.inPartition(prefix, range.to()));
    }
    for (Map.Entry<byte[], byte[]> entry : overlay.entries().entrySet()) {
      byte[] key = StoreKeys.inPartition(prefix, entry.getKey());
      if (Overlay.isDeleted(entry.getValue())) {
        batch.delete(family, key);
      } else {
        batch.put(family, key, entry.getValue());
      }
    }
  }

  /** Puts a message into the outbox. */
  public void putOutbox(OutboxKey key, byte[] message) {
    try {
      batch.put(store.family(Space.PENDING), StoreKeys.outbox(key), message);
    } catch (RocksDBException e) {
      throw store.failure("write", e);
    }
  }

  /** Takes a message out of the outbox, for its receiver has applied it. */
  public void deleteOutbox(OutboxKey key) {
    try {
      batch.delete(store.family(Space.PENDING), StoreKeys.outbox(key));
    } catch (RocksDBException e) {
      throw store.failure("write", e);
    }
  }

  /** Notes how far the time has come that a loop gave to the engine. */
  public void putTime(int loop, long timeMillis) {
    try {
      batch.put(StoreFormat.timeKey(loop), StoreFormat.timeValue(timeMillis));
    } catch (RocksDBException e) {
      throw store.failure("write", e);
    }
  }

  /** Whether there is nothing to make durable. */
  public boolean isEmpty() {
    return batch.count() == 0;
  }

  WriteBatch batch() {
    return batch;
  }

  void committed() {
    states.forEach(RocksState::committed);
    states.clear();
    batch.clear();
  }

  @Override
  public void close() {
    batch.close();
  }
}
