package io.millrace.runtime.rocks;

import io.millrace.engine.state.Space;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksObject;

/** How RocksDB is set up for each space; owns the native options, which must outlive the store. */
final class StoreTuning implements AutoCloseable {
  private static final long MIB = 1L << 20;

  /** Bounds what has to be read again at the next start, and so the time that takes. */
  private static final long WAL_BYTES_MAX = 192 * MIB;

  private static final int BLOOM_BITS_PER_KEY = 10;

  private final List<RocksObject> owned = new ArrayList<>();
  private final Cache cache;
  private final BloomFilter bloom;
  private final DBOptions options;
  private final List<ColumnFamilyDescriptor> families = new ArrayList<>();

  StoreTuning(long blockCacheBytes) {
    cache = own(new LRUCache(blockCacheBytes));
    bloom = own(new BloomFilter(BLOOM_BITS_PER_KEY, false));
    options =
        own(
            new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setMaxTotalWalSize(WAL_BYTES_MAX)
                .setMaxBackgroundJobs(2)
                // Write table files out as they grow, so that the commit's flush meets no backlog.
                .setBytesPerSync(MIB)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(4)
                .setStatsDumpPeriodSec(0));
    families.add(
        new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, own(new ColumnFamilyOptions())));
    for (Space space : Space.values()) {
      families.add(
          new ColumnFamilyDescriptor(
              space.name().getBytes(StandardCharsets.US_ASCII), own(family(space))));
    }
  }

  DBOptions options() {
    return options;
  }

  /** The default family, then one for each space in the order of the enum. */
  List<ColumnFamilyDescriptor> families() {
    return families;
  }

  private ColumnFamilyOptions family(Space space) {
    ColumnFamilyOptions family = new ColumnFamilyOptions();
    // Negative look-ups (is this reference free?) must not touch the disk, nor search the memtable.
    family.setMemtableWholeKeyFiltering(true).setMemtablePrefixBloomSizeRatio(0.02);
    return switch (space) {
      case TASKS ->
          family
              .setWriteBufferSize(64 * MIB)
              .setCompressionType(CompressionType.LZ4_COMPRESSION)
              .setTableFormatConfig(table(8 * 1024));
      case INDEX ->
          family
              .setWriteBufferSize(32 * MIB)
              .setCompressionType(CompressionType.LZ4_COMPRESSION)
              .setTableFormatConfig(table(4 * 1024));
      // Two buffers are merged before they reach the disk: most of what is written here is deleted
      // by then, and the pair cancels out in memory.
      case PENDING ->
          family
              .setWriteBufferSize(16 * MIB)
              .setMinWriteBufferNumberToMerge(2)
              .setMaxWriteBufferNumber(4)
              .setCompressionType(CompressionType.LZ4_COMPRESSION)
              .setTableFormatConfig(table(4 * 1024));
      case DIRECTORY ->
          family
              .setWriteBufferSize(4 * MIB)
              .setCompressionType(CompressionType.LZ4_COMPRESSION)
              .setTableFormatConfig(table(8 * 1024));
      case ARCHIVE ->
          family
              .setWriteBufferSize(64 * MIB)
              .setCompressionType(CompressionType.LZ4_COMPRESSION)
              .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
              .setTargetFileSizeBase(128 * MIB)
              .setTableFormatConfig(table(32 * 1024));
    };
  }

  private BlockBasedTableConfig table(long blockBytes) {
    return new BlockBasedTableConfig()
        .setBlockCache(cache)
        .setBlockSize(blockBytes)
        .setFilterPolicy(bloom)
        .setWholeKeyFiltering(true)
        .setCacheIndexAndFilterBlocks(true)
        .setCacheIndexAndFilterBlocksWithHighPriority(true)
        .setPinL0FilterAndIndexBlocksInCache(true);
  }

  private <T extends RocksObject> T own(T object) {
    owned.add(object);
    return object;
  }

  @Override
  public void close() {
    // Backwards: options refer to what was made before them.
    for (int i = owned.size() - 1; i >= 0; i--) {
      owned.get(i).close();
    }
  }
}
