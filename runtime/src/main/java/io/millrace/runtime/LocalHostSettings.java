package io.millrace.runtime;

import io.millrace.engine.id.Slots;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of the local host.
 *
 * @param folder where the store is; made when missing
 * @param loops threads that run partitions; by default one for each core
 * @param partitionsPerLoop {@code loops} times this many partitions; 0, the default: as many as the
 *     store has, and {@value #PARTITIONS_PER_LOOP_NEW} for each loop in a new one. An installation
 *     keeps its number for ever, so a number here that does not match is refused
 * @param inboxCommandsMax commands about tasks that may wait for one partition
 * @param batchCommandsMax commands of one loop after which it commits, even if more wait
 * @param blockCacheBytes memory for data read from the store
 * @param retentionInterval time between two looks for expired tasks in the archive
 * @param shutdownGrace time that closing gives to commands which were accepted before
 */
public record LocalHostSettings(
    Path folder,
    int loops,
    int partitionsPerLoop,
    int inboxCommandsMax,
    int batchCommandsMax,
    long blockCacheBytes,
    Duration retentionInterval,
    Duration shutdownGrace) {
  /** Partitions of a new store for each loop: some more than loops, so that these can grow. */
  static final int PARTITIONS_PER_LOOP_NEW = 2;

  private static final int LOOPS_MAX = 256;
  private static final int INBOX_COMMANDS_MAX = 10_000_000;
  private static final int BATCH_COMMANDS_MAX = 1_000_000;
  private static final long BLOCK_CACHE_BYTES_MIN = 1L << 20;
  private static final long BLOCK_CACHE_BYTES_MAX = 1L << 40;

  public LocalHostSettings {
    check("loops", loops, 1, LOOPS_MAX);
    check("partitionsPerLoop", partitionsPerLoop, 0, Slots.COUNT / loops);
    check("inboxCommandsMax", inboxCommandsMax, 1, INBOX_COMMANDS_MAX);
    check("batchCommandsMax", batchCommandsMax, 1, BATCH_COMMANDS_MAX);
    check("blockCacheBytes", blockCacheBytes, BLOCK_CACHE_BYTES_MIN, BLOCK_CACHE_BYTES_MAX);
    check("retentionInterval", retentionInterval, Duration.ofSeconds(1), Duration.ofDays(365));
    check("shutdownGrace", shutdownGrace, Duration.ZERO, Duration.ofHours(1));
  }

  /** The defaults, for a store in this folder. */
  public static LocalHostSettings in(Path folder) {
    return new LocalHostSettings(
        folder,
        Math.min(Runtime.getRuntime().availableProcessors(), LOOPS_MAX),
        0,
        20_000,
        4_096,
        128L << 20,
        Duration.ofMinutes(10),
        Duration.ofSeconds(10));
  }

  public LocalHostSettings withLoops(int loops, int partitionsPerLoop) {
    return new LocalHostSettings(
        folder,
        loops,
        partitionsPerLoop,
        inboxCommandsMax,
        batchCommandsMax,
        blockCacheBytes,
        retentionInterval,
        shutdownGrace);
  }

  public LocalHostSettings withInboxCommandsMax(int inboxCommandsMax) {
    return new LocalHostSettings(
        folder,
        loops,
        partitionsPerLoop,
        inboxCommandsMax,
        batchCommandsMax,
        blockCacheBytes,
        retentionInterval,
        shutdownGrace);
  }

  public LocalHostSettings withShutdownGrace(Duration shutdownGrace) {
    return new LocalHostSettings(
        folder,
        loops,
        partitionsPerLoop,
        inboxCommandsMax,
        batchCommandsMax,
        blockCacheBytes,
        retentionInterval,
        shutdownGrace);
  }

  private static <T extends Comparable<T>> void check(String field, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "Setting %s of the local host is %s, but must be from %s to %s"
              .formatted(field, value, least, most));
    }
  }
}
