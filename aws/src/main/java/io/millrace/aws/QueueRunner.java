package io.millrace.aws;

import io.millrace.aws.s3.ObjectFetcher;
import io.millrace.aws.sqs.QueueMessage;
import io.millrace.aws.sqs.SqsQueue;
import io.millrace.aws.submit.TaskSink;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Polls one queue and works on its messages, a bounded number at a time. Takes only messages it can
 * start on, and none while the engine is overloaded.
 */
final class QueueRunner {
  private static final Logger LOG = LoggerFactory.getLogger(QueueRunner.class);
  private static final long POLL_BACKOFF_MILLIS_MIN = 500;
  private static final long POLL_BACKOFF_MILLIS_MAX = 30_000;

  private final QueueSettings settings;
  private final SqsQueue queue;
  private final ObjectFetcher objects;
  private final TaskSink sink;
  private final Counts counts = new Counts();
  private final MessageWork work;
  private final Semaphore free;
  private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
  private final AtomicLong overloadedUntilNanos = new AtomicLong(System.nanoTime());
  private final Thread poller;
  private volatile boolean stopping;
  private int pollFailuresInRow;

  QueueRunner(QueueSettings settings, TaskSink sink) {
    this.settings = settings;
    this.sink = sink;
    this.queue = SqsQueue.open(settings.access(), settings.queueUrl());
    this.objects = ObjectFetcher.open(settings.access(), settings.objectBytesMax());
    this.work = new MessageWork(settings, queue, objects, sink, counts, this::overloaded);
    this.free = new Semaphore(settings.filesMax());
    this.poller = Thread.ofVirtual().name("queue " + settings.name()).unstarted(this::poll);
  }

  void start() {
    poller.start();
  }

  SourceCounters counters() {
    return counts.snapshot(settings.name());
  }

  private void overloaded(long millis) {
    counts.overloads.increment();
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    overloadedUntilNanos.accumulateAndGet(until, (a, b) -> b - a > 0 ? b : a);
  }

  private void poll() {
    try {
      while (!stopping) {
        awaitCalm();
        free.acquire();
        int permits = 1;
        while (permits < SqsQueue.MESSAGES_MAX && free.tryAcquire()) {
          permits++;
        }
        int used = 0;
        try {
          used = receive(permits);
        } finally {
          free.release(permits - used);
        }
        backOff();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitCalm() throws InterruptedException {
    long leftNanos;
    while ((leftNanos = overloadedUntilNanos.get() - System.nanoTime()) > 0) {
      TimeUnit.NANOSECONDS.sleep(leftNanos);
    }
  }

  /** Receives up to so many messages and starts on each; answers how many there were. */
  private int receive(int messagesMax) {
    try {
      List<QueueMessage> messages =
          queue.receive(messagesMax, settings.waitSeconds(), settings.visibilitySeconds());
      if (pollFailuresInRow > 0) {
        LOG.info("Queue '{}' answers again", settings.name());
        pollFailuresInRow = 0;
      }
      counts.received.add(messages.size());
      messages.forEach(this::begin);
      return messages.size();
    } catch (SdkException e) {
      if (!stopping) {
        counts.pollFailures.increment();
        if (pollFailuresInRow++ == 0) {
          LOG.warn(
              "Queue '{}' ({}) cannot be read, trying on: {}",
              settings.name(),
              settings.queueUrl(),
              e.getMessage());
        }
      }
      return 0;
    }
  }

  private void begin(QueueMessage message) {
    counts.inFlight.incrementAndGet();
    Thread worker =
        Thread.ofVirtual().name("message " + message.id()).unstarted(() -> carryOut(message));
    workers.add(worker);
    worker.start();
  }

  private void carryOut(QueueMessage message) {
    try {
      work.run(message);
    } finally {
      workers.remove(Thread.currentThread());
      counts.inFlight.decrementAndGet();
      free.release();
    }
  }

  private void backOff() throws InterruptedException {
    if (pollFailuresInRow > 0) {
      Thread.sleep(
          Math.min(
              POLL_BACKOFF_MILLIS_MAX,
              POLL_BACKOFF_MILLIS_MIN << Math.min(pollFailuresInRow - 1, 10)));
    }
  }

  /** Takes no more messages from here on. */
  void quiesce() {
    stopping = true;
    poller.interrupt();
  }

  /** Lets messages finish until the deadline, then gives up on the rest: they come again. */
  void stop(long deadlineNanos) throws InterruptedException {
    quiesce();
    poller.join();
    for (Thread worker : List.copyOf(workers)) {
      long leftNanos = deadlineNanos - System.nanoTime();
      if (leftNanos <= 0 || !worker.join(Duration.ofNanos(leftNanos))) {
        worker.interrupt();
      }
    }
    for (Thread worker : List.copyOf(workers)) {
      worker.join();
    }
    queue.close();
    objects.close();
    sink.close();
  }
}
