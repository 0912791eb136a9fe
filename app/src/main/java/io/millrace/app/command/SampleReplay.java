package io.millrace.app.command;

import io.millrace.aws.CloudTrailSource;
import io.millrace.aws.QueueSettings;
import io.millrace.aws.SourceCounters;
import io.millrace.aws.access.AwsAccess;
import io.millrace.aws.local.LocalBucket;
import io.millrace.aws.sample.SampleReport;
import io.millrace.aws.sample.SampleTrail;
import io.millrace.aws.submit.HostSink;
import io.millrace.runtime.host.HostStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the sample day up and sends it the way that CloudTrail does: files in a bucket,
 * notifications in a queue, read by the same source as in production.
 */
final class SampleReplay {
  private static final long PAUSE_MILLIS = 100;

  /** How long nothing may happen before the replay counts as over. */
  private static final int QUIET_ROUNDS = 5;

  private static final long WAIT_NANOS_MAX = TimeUnit.MINUTES.toNanos(10);

  private final Running running;
  private final long routerId;
  private final AlertPrinter alerts;

  SampleReplay(Running running, long routerId, AlertPrinter alerts) {
    this.running = running;
    this.routerId = routerId;
    this.alerts = alerts;
  }

  /** Answers whether the day raised alerts, now or in an earlier run. */
  boolean run(Path folder, LocalDate day, long seed) throws IOException, InterruptedException {
    SampleReport sample = SampleTrail.write(folder, day, seed);
    running.onAlert(alerts::show);
    SourceCounters counters;
    try (LocalBucket bucket = LocalBucket.start(SampleTrail.BUCKET, folder);
        CloudTrailSource source = new CloudTrailSource(List.of(queue(bucket)), this::sink)) {
      for (String key : sample.keys()) {
        bucket.publish(key);
      }
      source.start();
      counters = follow(source, sample);
      awaitQuiet();
    }
    System.out.printf(
        "%,d records of %,d files: %,d new, %,d known before; %d alerts%n",
        counters.records(),
        counters.objects(),
        counters.records() - counters.duplicates() - counters.refused(),
        counters.duplicates(),
        alerts.count());
    boolean replayedBefore = counters.duplicates() == counters.records();
    if (replayedBefore) {
      System.out.println("This day was replayed before; --fresh begins anew.");
    }
    return alerts.count() > 0 || replayedBefore;
  }

  private HostSink sink(QueueSettings queue) {
    return new HostSink(
        running.host(), queue.processId(), Solution.administrator(running.workspace()));
  }

  private QueueSettings queue(LocalBucket bucket) {
    return QueueSettings.of(
        "demo",
        bucket.queueUrl(),
        routerId,
        AwsAccess.ofLocal(bucket.queueEndpoint(), bucket.objectEndpoint()));
  }

  private static SourceCounters follow(CloudTrailSource source, SampleReport sample)
      throws InterruptedException {
    long deadline = System.nanoTime() + WAIT_NANOS_MAX;
    try (Bar bar = Bar.begin(Terminal.err(), "Replay", sample.records(), " records", 1)) {
      while (System.nanoTime() < deadline) {
        SourceCounters now = source.counters().getFirst();
        bar.to(now.records(), sample.records());
        if (now.deleted() >= sample.keys().size()) {
          return now;
        }
        if (now.poison() > 0 || now.failed() > 0) {
          throw new CommandException(
              "The replay failed: "
                  + now.failed()
                  + " messages could not be finished. See the log.");
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    throw new CommandException("The replay does not come to an end. See the log.");
  }

  /** Waits until the engine has nothing left to do at once; tasks that wait for timers may stay. */
  private void awaitQuiet() throws InterruptedException {
    long deadline = System.nanoTime() + WAIT_NANOS_MAX;
    int quiet = 0;
    long finished = -1;
    while (quiet < QUIET_ROUNDS && System.nanoTime() < deadline) {
      HostStatus status = running.host().status();
      boolean still =
          status.inboxCommands() == 0
              && status.pendingEffects() == 0
              && status.tasksFinished() == finished;
      quiet = still ? quiet + 1 : 0;
      finished = status.tasksFinished();
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}
