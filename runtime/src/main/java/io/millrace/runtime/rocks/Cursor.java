package io.millrace.runtime.rocks;

import io.millrace.engine.state.Space;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/**
 * Walks one partition's committed keys in one space. Keys go in and come out without the
 * partition's prefix, and the walk cannot leave the partition. Not thread-safe.
 */
final class Cursor implements AutoCloseable {
  private final RocksStore store;
  private final byte[] prefix;
  private final Slice lower;
  private final Slice upper;
  private final ReadOptions options;
  private final RocksIterator iterator;
  private byte @Nullable [] key;

  Cursor(RocksStore store, Space space, int partition, @Nullable Snapshot snapshot) {
    this.store = store;
    prefix = StoreKeys.prefix(partition);
    lower = new Slice(prefix);
    upper = new Slice(StoreKeys.prefix(partition + 1));
    options = new ReadOptions().setIterateLowerBound(lower).setIterateUpperBound(upper);
    if (snapshot != null) {
      options.setSnapshot(snapshot);
    }
    iterator = store.database().newIterator(store.family(space), options);
  }

  /** To the first key at or after this one. */
  void seek(byte[] target) {
    iterator.seek(StoreKeys.inPartition(prefix, target));
    key = current();
  }

  /** To the last key before this one. */
  void seekBefore(byte[] target) {
    iterator.seekForPrev(StoreKeys.inPartition(prefix, target));
    key = current();
    if (key != null && Arrays.equals(key, target)) {
      previous();
    }
  }

  void next() {
    iterator.next();
    key = current();
  }

  void previous() {
    iterator.prev();
    key = current();
  }

  /** The key it stands on, or null past the end. */
  byte @Nullable [] key() {
    return key;
  }

  byte[] value() {
    return iterator.value();
  }

  private byte @Nullable [] current() {
    if (iterator.isValid()) {
      return StoreKeys.withoutPrefix(iterator.key());
    }
    // An unreadable block ends an iterator, too; taken for the end it would hide tasks.
    store.check(iterator);
    return null;
  }

  /** Makes it see what was committed meanwhile. */
  void refresh() {
    try {
      iterator.refresh();
    } catch (RocksDBException e) {
      throw store.failure("read", e);
    }
  }

  @Override
  public void close() {
    iterator.close();
    options.close();
    lower.close();
    upper.close();
  }
}
