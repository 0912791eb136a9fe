package io.millrace.runtime.rocks;

import io.millrace.engine.state.Space;
import io.millrace.runtime.host.HostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.Status;
import org.rocksdb.WriteOptions;

/**
 * The store of one installation: all partitions in one RocksDB, a column family for each space.
 * Loops write through {@link #commit}, one synced batch each time; readers see what is committed
 * and may be on any thread, also while the store is being closed.
 */
public final class RocksStore implements AutoCloseable {
  private static final String DATABASE = "rocksdb";

  private final Path folder;
  private final StoreLock lock;
  private final StoreTuning tuning;
  private final RocksDB database;
  private final Map<Space, ColumnFamilyHandle> families = new EnumMap<>(Space.class);
  private final ColumnFamilyHandle defaultFamily;
  private final CommitPort port;
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final ReadOptions reads = new ReadOptions();
  private final ArchiveHoles archiveHoles = new ArchiveHoles();
  private final int partitions;
  // Readers share it; close takes it alone, so that nobody reads a store that is gone.
  private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
  private volatile boolean closing;
  private boolean closed;

  private RocksStore(
      Path folder,
      StoreLock lock,
      StoreTuning tuning,
      RocksDB database,
      List<ColumnFamilyHandle> handles,
      int partitions,
      CommitPort port) {
    this.folder = folder;
    this.lock = lock;
    this.tuning = tuning;
    this.database = database;
    this.port = port;
    this.partitions = partitions;
    // In the order in which they were asked for, the default family first.
    Iterator<ColumnFamilyHandle> opened = handles.iterator();
    defaultFamily = opened.next();
    for (Space space : Space.values()) {
      families.put(space, opened.next());
    }
  }

  /**
   * Opens the store in a folder, and makes a new one in an empty folder.
   *
   * @param partitionsWanted the store must have exactly so many; 0: as many as it has
   * @param partitionsNew how many a new store gets when {@code partitionsWanted} is 0
   * @throws HostException when it is locked, damaged or of another shape
   */
  public static RocksStore open(
      Path folder, int partitionsWanted, int partitionsNew, long blockCacheBytes, CommitPort port) {
    return open(
        folder,
        blockCacheBytes,
        port,
        false,
        database -> {
          Integer stored = StoreFormat.partitions(database, folder);
          if (stored == null) {
            int made = partitionsWanted == 0 ? partitionsNew : partitionsWanted;
            StoreFormat.write(database, made);
            return made;
          }
          if (partitionsWanted != 0 && stored != partitionsWanted) {
            throw new HostException(
                HostException.Kind.INCOMPATIBLE,
                ("The store in %s has %d partitions, but the settings ask for %d (loops x"
                        + " partitionsPerLoop). Set them to match, or leave partitionsPerLoop at 0"
                        + " to take what the store has.")
                    .formatted(folder, stored, partitionsWanted));
          }
          return stored;
        });
  }

  /**
   * Opens a stopped store without changing it.
   *
   * @throws HostException when there is none, a process uses it, or it is damaged
   */
  public static RocksStore openReadOnly(Path folder, long blockCacheBytes) {
    if (!Files.exists(folder.resolve(DATABASE).resolve("CURRENT"))) {
      throw new HostException(
          HostException.Kind.FAILED,
          "There is no store in " + folder + ". Name the data folder of an installation.");
    }
    CommitPort none =
        (database, options, batch) -> {
          throw new IllegalStateException("The store was opened to be read only");
        };
    return open(
        folder,
        blockCacheBytes,
        none,
        true,
        database -> {
          Integer stored = StoreFormat.partitions(database, folder);
          if (stored == null) {
            throw new HostException(
                HostException.Kind.CORRUPT,
                "The store in " + folder + " has no format record. Restore it from a backup.");
          }
          return stored;
        });
  }

  @FunctionalInterface
  private interface FormatCheck {
    int partitions(RocksDB database) throws RocksDBException;
  }

  private static RocksStore open(
      Path folder,
      long blockCacheBytes,
      CommitPort port,
      boolean readOnly,
      FormatCheck formatCheck) {
    RocksDB.loadLibrary();
    StoreLock lock = StoreLock.take(folder);
    StoreTuning tuning = new StoreTuning(blockCacheBytes);
    RocksDB database = null;
    try {
      String path = folder.resolve(DATABASE).toString();
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      database =
          readOnly
              ? RocksDB.openReadOnly(tuning.options(), path, tuning.families(), handles)
              : RocksDB.open(tuning.options(), path, tuning.families(), handles);
      return new RocksStore(
          folder, lock, tuning, database, handles, formatCheck.partitions(database), port);
    } catch (RocksDBException | RuntimeException e) {
      if (database != null) {
        database.close();
      }
      tuning.close();
      lock.close();
      throw e instanceof RocksDBException failure
          ? openFailure(folder, failure)
          : (RuntimeException) e;
    }
  }

  private static HostException openFailure(Path folder, RocksDBException e) {
    Status status = e.getStatus();
    boolean damaged =
        status != null
            && (status.getCode() == Status.Code.Corruption
                || status.getCode() == Status.Code.InvalidArgument);
    return damaged
        ? new HostException(
            HostException.Kind.CORRUPT,
            ("The store in %s is damaged: %s. Nothing was changed; restore the folder from a"
                    + " backup, and keep the damaged one for examination.")
                .formatted(folder, e.getMessage()),
            e)
        : new HostException(
            HostException.Kind.FAILED,
            ("The store in %s cannot be opened: %s. Check that this user may read and write the"
                    + " folder, that the disk has space, and that no file is missing.")
                .formatted(folder, e.getMessage()),
            e);
  }

  public int partitions() {
    return partitions;
  }

  /** A partition's state; to be asked for once, by the loop that owns the partition. */
  public RocksState state(int partition) {
    return new RocksState(this, partition);
  }

  public CommitBatch newBatch() {
    return new CommitBatch(this);
  }

  /**
   * Makes a batch durable; returns when it is on disk.
   *
   * @throws HostException when that failed: it is unknown whether the batch will be found after a
   *     restart, and the store must not be written again
   */
  public void commit(CommitBatch batch) {
    if (!batch.isEmpty()) {
      try {
        port.write(database, synced, batch.batch());
      } catch (RocksDBException e) {
        throw failure("written", e);
      }
    }
    batch.committed();
  }

  /** The latest time that any loop ever gave to the engine, Unix milliseconds; 0 when none did. */
  public long timeMillis() {
    try {
      return StoreFormat.timeMillis(database);
    } catch (RocksDBException e) {
      throw failure("read", e);
    }
  }

  /** Begins to read what is committed now; to be closed soon, on the same thread. */
  public RocksReader reader() {
    life.readLock().lock();
    if (closing) {
      life.readLock().unlock();
      throw stopped();
    }
    Snapshot snapshot = database.getSnapshot();
    return new RocksReader(
        this,
        snapshot,
        () -> {
          database.releaseSnapshot(snapshot);
          snapshot.close();
          life.readLock().unlock();
        });
  }

  /** Gives back the disk space of what was deleted from the archive. Long; not for a loop. */
  public void compactArchive() {
    life.readLock().lock();
    try (CompactRangeOptions options =
        new CompactRangeOptions().setExclusiveManualCompaction(false)) {
      for (KeyRange hole : archiveHoles.take()) {
        if (closing) {
          return;
        }
        // Not deleteFilesInRanges, fast as it is: it takes keys away that a reader's snapshot
        // still holds, and live ones between the holes.
        database.compactRange(family(Space.ARCHIVE), hole.from(), hole.to(), options);
      }
    } catch (RocksDBException e) {
      throw failure("compacted", e);
    } finally {
      life.readLock().unlock();
    }
  }

  /** Estimated number of keys, for progress. */
  public long keysEstimate() {
    long keys = 0;
    try {
      for (ColumnFamilyHandle family : families.values()) {
        keys += database.getLongProperty(family, "rocksdb.estimate-num-keys");
      }
    } catch (RocksDBException e) {
      throw failure("read", e);
    }
    return keys;
  }

  byte @Nullable [] get(Space space, byte[] key) {
    return get(reads, space, key);
  }

  byte @Nullable [] get(ReadOptions options, Space space, byte[] key) {
    try {
      return database.get(family(space), options, key);
    } catch (RocksDBException e) {
      throw failure("read", e);
    }
  }

  void check(RocksIterator iterator) {
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw failure("read", e);
    }
  }

  boolean closing() {
    return closing;
  }

  HostException stopped() {
    return new HostException(
        HostException.Kind.CLOSED, "The host of the store in " + folder + " was closed.");
  }

  HostException failure(String verb, RocksDBException e) {
    Status status = e.getStatus();
    if (status != null && status.getSubCode() == Status.SubCode.NoSpace) {
      return new HostException(
          HostException.Kind.FAILED,
          "The store in %s cannot be %s: the disk is full. Free some space, then restart."
              .formatted(folder, verb),
          e);
    }
    boolean damaged = status != null && status.getCode() == Status.Code.Corruption;
    return new HostException(
        damaged ? HostException.Kind.CORRUPT : HostException.Kind.FAILED,
        (damaged
                ? "The store in %s cannot be %s, it is damaged: %s. Restore it from a backup."
                : "The store in %s cannot be %s: %s. Check the disk, then restart.")
            .formatted(folder, verb, e.getMessage()),
        e);
  }

  RocksDB database() {
    return database;
  }

  ColumnFamilyHandle family(Space space) {
    return Objects.requireNonNull(families.get(space));
  }

  ArchiveHoles archiveHoles() {
    return archiveHoles;
  }

  /** Waits for readers, who are asked to hurry, and releases everything. Again: does nothing. */
  @Override
  public void close() {
    closing = true;
    database.cancelAllBackgroundWork(false);
    life.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      families.values().forEach(ColumnFamilyHandle::close);
      defaultFamily.close();
      database.close();
      synced.close();
      reads.close();
      tuning.close();
      lock.close();
    } finally {
      life.writeLock().unlock();
    }
  }
}
