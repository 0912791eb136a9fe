package io.millrace.aws;

import io.millrace.aws.submit.TaskSink;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Reads CloudTrail log files as their notifications arrive, from several queues side by side: each
 * its own account or trail, each with its own target process. A message leaves its queue only after
 * every record of every file it names is durable; events that come twice create nothing twice.
 */
public final class CloudTrailSource implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final List<QueueRunner> runners;

  /**
   * Opens the clients; nothing is read before {@link #start}.
   *
   * @param sinks makes the sink of a queue; it is closed with the source
   */
  public CloudTrailSource(List<QueueSettings> queues, Function<QueueSettings, TaskSink> sinks) {
    this.runners =
        queues.stream().map(queue -> new QueueRunner(queue, sinks.apply(queue))).toList();
  }

  public void start() {
    runners.forEach(QueueRunner::start);
  }

  /** What each queue did so far, in the order of the settings. */
  public List<SourceCounters> counters() {
    return runners.stream().map(QueueRunner::counters).toList();
  }

  /** Takes no more messages, lets those under way finish within the grace, and closes. */
  public void stop(Duration grace) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + grace.toNanos();
    runners.forEach(QueueRunner::quiesce);
    for (QueueRunner runner : runners) {
      runner.stop(deadlineNanos);
    }
  }

  /** Stops with a grace of 20 seconds. */
  @Override
  public void close() {
    try {
      stop(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
