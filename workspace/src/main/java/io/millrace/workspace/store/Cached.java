package io.millrace.workspace.store;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Answers kept in memory until the next change of the workspace. Changes made by another
 * installation on the same database are seen after at most five seconds.
 */
public final class Cached<K, V> {
  private static final long AGE_MAX_MILLIS = 5_000;
  private static final int ENTRIES_MAX = 100_000;

  private final Database database;
  private final InstantSource clock;
  private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();

  public Cached(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The kept answer, or a new one; the loader must not answer null. */
  public V get(K key, Function<K, V> loader) {
    // The generation is taken before loading: an answer that a commit overtakes is never reused.
    long generation = database.generation();
    long now = clock.millis();
    Entry<V> entry = entries.get(key);
    if (entry != null && entry.generation() == generation && entry.isYoung(now)) {
      return entry.value();
    }
    V value = loader.apply(key);
    if (entries.size() >= ENTRIES_MAX) {
      entries.clear();
    }
    entries.put(key, new Entry<>(value, generation, now));
    return value;
  }

  private record Entry<V>(V value, long generation, long loadMillis) {
    boolean isYoung(long nowMillis) {
      return nowMillis - loadMillis <= AGE_MAX_MILLIS && nowMillis >= loadMillis;
    }
  }
}
