package io.millrace.runtime.rocks;

import io.millrace.runtime.host.HostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/**
 * What the store says about itself, in the default column family:
 *
 * <pre>
 * "format"              version (4 bytes) | partitions (4 bytes)
 * "time" | loop (4)     Unix milliseconds (8 bytes): the latest time that loop gave to the engine
 * </pre>
 */
final class StoreFormat {
  /** Grows with every change of the layout that an older program could not read. */
  static final int VERSION = 1;

  private static final byte[] FORMAT = "format".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TIME = "time".getBytes(StandardCharsets.US_ASCII);

  private StoreFormat() {}

  /** The partition count of the record, or null when the store is new. */
  static @Nullable Integer partitions(RocksDB database, Path folder) throws RocksDBException {
    byte[] record = database.get(FORMAT);
    if (record == null) {
      return null;
    }
    if (record.length != 8) {
      throw new HostException(
          HostException.Kind.CORRUPT,
          "The store in %s has a format record of %d bytes instead of 8. Restore it from a backup."
              .formatted(folder, record.length));
    }
    ByteBuffer fields = ByteBuffer.wrap(record);
    int version = fields.getInt();
    if (version != VERSION) {
      throw new HostException(
          HostException.Kind.INCOMPATIBLE,
          ("The store in %s has format version %d, but this program reads version %d. Open it with"
                  + " the version of the program that wrote it.")
              .formatted(folder, version, VERSION));
    }
    return fields.getInt();
  }

  static void write(RocksDB database, int partitions) throws RocksDBException {
    try (WriteOptions synced = new WriteOptions().setSync(true)) {
      database.put(
          synced, FORMAT, ByteBuffer.allocate(8).putInt(VERSION).putInt(partitions).array());
    }
  }

  static byte[] timeKey(int loop) {
    return ByteBuffer.allocate(TIME.length + 4).put(TIME).putInt(loop).array();
  }

  static byte[] timeValue(long timeMillis) {
    return ByteBuffer.allocate(8).putLong(timeMillis).array();
  }

  /** The latest time that any loop ever gave to the engine; 0 when none did. */
  static long timeMillis(RocksDB database) throws RocksDBException {
    long latest = 0;
    try (RocksIterator all = database.newIterator()) {
      for (all.seek(TIME); all.isValid() && isTime(all.key()); all.next()) {
        latest = Math.max(latest, ByteBuffer.wrap(all.value()).getLong());
      }
      all.status();
    }
    return latest;
  }

  /** Whether a key of the default column family is one of ours. */
  static boolean isKnown(byte[] key) {
    return Arrays.equals(key, FORMAT) || isTime(key);
  }

  private static boolean isTime(byte[] key) {
    return key.length == TIME.length + 4
        && Arrays.equals(key, 0, TIME.length, TIME, 0, TIME.length);
  }
}
