package io.millrace.aws.local;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A standard queue in memory: at least once, visibility timeouts, one receipt handle per receipt,
 * and redrive to a dead-letter queue.
 */
final class LocalQueue {
  /** A message as one receipt sees it. */
  record Receipt(
      String id, String handle, String body, String md5, int receives, long sentMillis) {}

  private static final class Entry {
    final String id = UUID.randomUUID().toString();
    final String body;
    final long sentMillis = System.currentTimeMillis();
    String handle = "";
    long visibleNanos = System.nanoTime();
    int receives;

    Entry(String body) {
      this.body = body;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Entry> entries = new ArrayList<>();
  private final int receivesMax;
  private final @Nullable LocalQueue deadLetters;

  /**
   * @param deadLetters where a message goes that was received {@code receivesMax} times in vain
   */
  LocalQueue(int receivesMax, @Nullable LocalQueue deadLetters) {
    this.receivesMax = receivesMax;
    this.deadLetters = deadLetters;
  }

  String send(String body) {
    lock.lock();
    try {
      Entry entry = new Entry(body);
      entries.add(entry);
      changed.signalAll();
      return entry.id;
    } finally {
      lock.unlock();
    }
  }

  List<Receipt> receive(int messagesMax, int waitSeconds, int visibilitySeconds)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds);
    lock.lockInterruptibly();
    try {
      while (true) {
        List<Receipt> taken = take(messagesMax, visibilitySeconds);
        long now = System.nanoTime();
        if (!taken.isEmpty() || deadlineNanos - now <= 0) {
          return taken;
        }
        changed.awaitNanos(Math.min(deadlineNanos, nextVisibleNanos(deadlineNanos)) - now);
      }
    } finally {
      lock.unlock();
    }
  }

  private List<Receipt> take(int messagesMax, int visibilitySeconds) {
    long now = System.nanoTime();
    List<Receipt> taken = new ArrayList<>();
    for (Entry entry : List.copyOf(entries)) {
      if (taken.size() == messagesMax) {
        break;
      }
      if (entry.visibleNanos - now > 0) {
        continue;
      }
      if (deadLetters != null && entry.receives >= receivesMax) {
        entries.remove(entry);
        deadLetters.send(entry.body);
        continue;
      }
      entry.receives++;
      entry.handle = UUID.randomUUID().toString();
      entry.visibleNanos = now + TimeUnit.SECONDS.toNanos(visibilitySeconds);
      taken.add(
          new Receipt(
              entry.id,
              entry.handle,
              entry.body,
              md5(entry.body),
              entry.receives,
              entry.sentMillis));
    }
    return taken;
  }

  private long nextVisibleNanos(long otherwise) {
    long next = otherwise;
    for (Entry entry : entries) {
      if (next - entry.visibleNanos > 0) {
        next = entry.visibleNanos;
      }
    }
    return next;
  }

  /** Removes a message; a handle that is no longer the latest removes nothing. */
  void delete(String handle) {
    lock.lock();
    try {
      entries.removeIf(entry -> entry.handle.equals(handle));
    } finally {
      lock.unlock();
    }
  }

  /** Answers whether the handle is known. */
  boolean hold(String handle, int seconds) {
    lock.lock();
    try {
      for (Entry entry : entries) {
        if (entry.handle.equals(handle)) {
          entry.visibleNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
          changed.signalAll();
          return true;
        }
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }

  /** The protocol asks for it; clients check bodies with it. */
  static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has MD5", e);
    }
  }
}
