package io.millrace.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.EffectExecutor;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.state.Space;
import io.millrace.runtime.rocks.CommitPort;
import io.millrace.runtime.rocks.RocksReader;
import io.millrace.runtime.rocks.RocksStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A local host of two loops and four partitions with {@link TestCore}s, a clock and a disk. */
final class HostFixture implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /** Slots of the partitions 0, 1, 2, 3; loop 0 runs 0 and 2, loop 1 runs 1 and 3. */
  static final int[] SLOT = {0, 1024, 2048, 3072};

  final ConcurrentLinkedQueue<String> applied = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sweeps = new AtomicInteger();
  final AtomicLong clockMillis = new AtomicLong(1_790_000_000_000L);
  final Disk disk = new Disk();
  final List<EffectExecutor> executors = new ArrayList<>();
  LocalHostSettings settings;
  @Nullable LocalHost host;

  HostFixture(Path folder) {
    settings =
        LocalHostSettings.in(folder).withLoops(2, 2).withShutdownGrace(Duration.ofSeconds(5));
  }

  LocalHost open() {
    sweeps.set(0);
    InstantSource clock = () -> Instant.ofEpochMilli(clockMillis.get());
    LocalHost opened =
        LocalHost.open(
            settings,
            (ownsSlot, state) -> new TestCore(state, applied, sweeps),
            executors,
            clock,
            new SplittableRandom(1),
            disk);
    host = opened;
    // Retention looks at every partition when a host opens; past that, what a test sees is its own.
    Awaitility.await().until(() -> sweeps.get() >= SLOT.length);
    for (int slot : SLOT) {
      await(
          opened.submit(
              id -> new Command.DeleteTask(id, slot, 0, TaskId.of(0, slot, 0), null, null, 0)));
    }
    return opened;
  }

  CompletableFuture<Reply> create(long processId, int slot, @Nullable String name, String data) {
    LocalHost opened = Objects.requireNonNull(host);
    return opened.submit(id ->
        new Command.CreateTask(
            id, slot, processId, name, (ObjectNode) JSON.readTree(data), 0, false));
  }

  static Reply await(CompletableFuture<Reply> reply) {
    return reply.orTimeout(20, TimeUnit.SECONDS).join();
  }

  /** How often a task was created, as a stopped store tells. */
  int created(int partition, String name) {
    byte[] value = stored(partition, "task " + name);
    return value == null ? 0 : value[0];
  }

  /** The numbers of the messages that were received for a process, in order. */
  String received(int partition, long processId) {
    byte[] value = stored(partition, "got " + processId);
    return value == null ? "" : new String(value, UTF_8);
  }

  private byte @Nullable [] stored(int partition, String key) {
    try (RocksStore stopped = RocksStore.openReadOnly(settings.folder(), 8 << 20);
        RocksReader reader = stopped.reader()) {
      return reader.partition(partition).get(Space.TASKS, key.getBytes(UTF_8));
    }
  }

  int outboxMessages() {
    AtomicInteger count = new AtomicInteger();
    try (RocksStore stopped = RocksStore.openReadOnly(settings.folder(), 8 << 20);
        RocksReader reader = stopped.reader()) {
      reader.outbox((key, message) -> count.incrementAndGet());
    }
    return count.get();
  }

  @Override
  public void close() {
    disk.free();
    if (host != null) {
      host.close();
    }
  }

  /** The real disk, until told to fail or to wait. */
  static final class Disk implements CommitPort {
    private final AtomicInteger commits = new AtomicInteger();
    private volatile int failAt = Integer.MAX_VALUE;
    private volatile boolean writesBeforeFailing;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    /** From this commit on (counted from now, from 1) every one fails. */
    void failAt(int commit, boolean afterWriting) {
      writesBeforeFailing = afterWriting;
      failAt = commits.get() + commit;
    }

    void recover() {
      failAt = Integer.MAX_VALUE;
    }

    /** Commits wait until the disk is freed. */
    void block() {
      gate = new CountDownLatch(1);
    }

    /** Waits until this loop waits for the blocked disk. */
    void awaitWaiting(int loop) {
      Awaitility.await().until(() -> waiting.contains("millrace-loop-" + loop));
    }

    void free() {
      gate.countDown();
    }

    @Override
    public void write(RocksDB database, WriteOptions options, WriteBatch batch)
        throws RocksDBException {
      int commit = commits.incrementAndGet();
      waiting.add(Thread.currentThread().getName());
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      waiting.remove(Thread.currentThread().getName());
      if (commit >= failAt) {
        if (writesBeforeFailing && commit == failAt) {
          SYNCED.write(database, options, batch);
        }
        throw new RocksDBException("No space left on device");
      }
      SYNCED.write(database, options, batch);
    }
  }
}
