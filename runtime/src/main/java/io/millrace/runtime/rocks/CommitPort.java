package io.millrace.runtime.rocks;

import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** The one place where data becomes durable; tests put a failing disk in here. */
@FunctionalInterface
public interface CommitPort {
  /** Writes the batch as a whole and returns when it is on disk. */
  void write(RocksDB database, WriteOptions options, WriteBatch batch) throws RocksDBException;

  /** The real one. */
  CommitPort SYNCED = (database, options, batch) -> database.write(options, batch);
}
