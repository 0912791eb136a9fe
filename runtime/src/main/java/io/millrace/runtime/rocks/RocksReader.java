package io.millrace.runtime.rocks;

import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import io.millrace.runtime.message.OutboxKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/**
 * One consistent picture of all partitions as committed. While it is open the store is not closed;
 * when the store wants to close, the reader's next step throws.
 */
public final class RocksReader implements AutoCloseable {
  private final RocksStore store;
  private final Snapshot snapshot;
  private final ReadOptions options;
  private final Runnable release;
  private boolean closed;

  RocksReader(RocksStore store, Snapshot snapshot, Runnable release) {
    this.store = store;
    this.snapshot = snapshot;
    this.release = release;
    options = new ReadOptions().setSnapshot(snapshot);
  }

  /** A partition as committed; nothing can be written through it. */
  public State partition(int partition) {
    return new View(partition);
  }

  /** Sees one message of the outbox. */
  @FunctionalInterface
  public interface OutboxVisitor {
    void visit(OutboxKey key, byte[] message);
  }

  /** Visits the outbox: the messages of each sender in the order it sent them. */
  public void outbox(OutboxVisitor visitor) {
    try (RocksIterator all = store.database().newIterator(store.family(Space.PENDING), options)) {
      for (all.seek(StoreKeys.outboxPrefix()); all.isValid(); all.next()) {
        hurry();
        if (StoreKeys.isOutbox(all.key())) {
          visitor.visit(StoreKeys.outbox(all.key()), all.value());
        }
      }
      store.check(all);
    }
  }

  /** Sees one key. */
  @FunctionalInterface
  public interface KeyVisitor {
    void visit(String family, byte[] key);
  }

  /** Visits keys that belong neither to a partition nor to the host. */
  public void strays(KeyVisitor visitor) {
    byte[] afterPartitions = StoreKeys.prefix(store.partitions());
    for (Space space : Space.values()) {
      try (RocksIterator all = store.database().newIterator(store.family(space), options)) {
        all.seekToFirst();
        if (all.isValid() && all.key().length < StoreKeys.PREFIX_BYTES) {
          visitor.visit(space.name(), all.key());
        }
        for (all.seek(afterPartitions); all.isValid(); all.next()) {
          hurry();
          if (space != Space.PENDING || !StoreKeys.isOutbox(all.key())) {
            visitor.visit(space.name(), all.key());
          }
        }
        store.check(all);
      }
    }
    try (RocksIterator all = store.database().newIterator(options)) {
      for (all.seekToFirst(); all.isValid(); all.next()) {
        if (!StoreFormat.isKnown(all.key())) {
          visitor.visit("default", all.key());
        }
      }
      store.check(all);
    }
  }

  private void hurry() {
    if (store.closing()) {
      throw store.stopped();
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      options.close();
      release.run();
    }
  }

  /** One partition of the picture. */
  private final class View implements State {
    private final int partition;
    private final byte[] prefix;

    View(int partition) {
      this.partition = partition;
      prefix = StoreKeys.prefix(partition);
    }

    @Override
    public byte @Nullable [] get(Space space, byte[] key) {
      hurry();
      return store.get(options, space, StoreKeys.inPartition(prefix, key));
    }

    @Override
    public void scan(Space space, byte[] from, byte[] to, Visitor visitor) {
      try (Cursor cursor = new Cursor(store, space, partition, snapshot)) {
        cursor.seek(from);
        for (byte[] key = cursor.key();
            key != null && Arrays.compareUnsigned(key, to) < 0;
            key = cursor.key()) {
          hurry();
          if (!visitor.visit(key, cursor.value())) {
            return;
          }
          cursor.next();
        }
      }
    }

    @Override
    public void scanBackwards(Space space, byte[] from, byte[] to, Visitor visitor) {
      try (Cursor cursor = new Cursor(store, space, partition, snapshot)) {
        cursor.seekBefore(to);
        for (byte[] key = cursor.key();
            key != null && Arrays.compareUnsigned(key, from) >= 0;
            key = cursor.key()) {
          hurry();
          if (!visitor.visit(key, cursor.value())) {
            return;
          }
          cursor.previous();
        }
      }
    }

    @Override
    public void put(Space space, byte[] key, byte[] value) {
      throw readOnly();
    }

    @Override
    public void delete(Space space, byte[] key) {
      throw readOnly();
    }

    @Override
    public void deleteRange(Space space, byte[] from, byte[] to) {
      throw readOnly();
    }

    private UnsupportedOperationException readOnly() {
      return new UnsupportedOperationException("A reader sees committed data and writes nothing");
    }
  }
}
