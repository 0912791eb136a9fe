package io.millrace.aws;

import io.millrace.aws.cloudtrail.KeyKind;
import io.millrace.aws.cloudtrail.RecordReader;
import io.millrace.aws.cloudtrail.TrailFileException;
import io.millrace.aws.cloudtrail.TrailKey;
import io.millrace.aws.s3.ObjectFetcher;
import io.millrace.aws.sqs.Notification;
import io.millrace.aws.sqs.NotificationException;
import io.millrace.aws.sqs.ObjectRef;
import io.millrace.aws.sqs.QueueMessage;
import io.millrace.aws.sqs.SqsQueue;
import io.millrace.aws.submit.SubmitTally;
import io.millrace.aws.submit.SubmitWindow;
import io.millrace.aws.submit.TaskSink;
import java.io.IOException;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries one message from receipt to removal: all files of all its notifications, every record
 * durable, and only then the delete. Anything less leaves the message in the queue, which brings it
 * again or moves it to its dead-letter queue.
 */
final class MessageWork {
  private static final Logger LOG = LoggerFactory.getLogger(MessageWork.class);
  private static final int BACKOFF_SECONDS_MAX = 900;

  private final QueueSettings settings;
  private final SqsQueue queue;
  private final ObjectFetcher objects;
  private final TaskSink sink;
  private final Counts counts;
  private final LongConsumer onOverloaded;

  MessageWork(
      QueueSettings settings,
      SqsQueue queue,
      ObjectFetcher objects,
      TaskSink sink,
      Counts counts,
      LongConsumer onOverloaded) {
    this.settings = settings;
    this.queue = queue;
    this.objects = objects;
    this.sink = sink;
    this.counts = counts;
    this.onOverloaded = onOverloaded;
  }

  /** Never throws: whatever goes wrong is counted, logged in one line, and left to the queue. */
  void run(QueueMessage message) {
    String subject = "message " + message.id();
    try (VisibilityKeeper _ =
        VisibilityKeeper.start(queue, message, settings.visibilitySeconds())) {
      Notification notification = Notification.parse(message.body());
      counts.control.add(notification.ignored());
      for (ObjectRef object : notification.objects()) {
        subject = object.toString();
        file(object);
      }
      if (!notification.records().isEmpty()) {
        subject = "records of message " + message.id();
        submit(notification);
      }
    } catch (NotificationException e) {
      counts.poison.increment();
      LOG.warn(
          "Queue '{}': message {} on attempt {} is left for the dead-letter queue: {}",
          settings.name(),
          message.id(),
          message.receives(),
          e.getMessage());
      return;
    } catch (InterruptedException e) {
      giveBack(message);
      return;
    } catch (IOException | RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        giveBack(message);
      } else {
        failed(message, subject, e);
      }
      return;
    }
    delete(message);
  }

  private void file(ObjectRef object) throws IOException, InterruptedException {
    KeyKind kind = TrailKey.of(object.key()).kind();
    if (object.sizeBytes() == 0) {
      kind = KeyKind.PLACEHOLDER;
    }
    if (!kind.mayHoldRecords()) {
      counts.skip(kind);
      return;
    }
    SubmitWindow window = new SubmitWindow(sink, settings.recordsMax(), onOverloaded);
    try (RecordReader reader =
        RecordReader.open(objects.fetch(object), object.toString(), settings.limits())) {
      for (ObjectNode record = reader.next(); record != null; record = reader.next()) {
        window.submit(record);
      }
      finished(object, reader, window.drain());
    } catch (TrailFileException e) {
      // The content has the last word on what an object is: these hold no records, ever.
      switch (e.reason()) {
        case DIGEST -> counts.skip(KeyKind.DIGEST);
        case NOT_CLOUDTRAIL -> {
          if (kind != KeyKind.UNNAMED) {
            throw e;
          }
          counts.skip(KeyKind.FOREIGN);
        }
        case TRUNCATED, DAMAGED, TOO_LARGE -> throw e;
      }
    }
  }

  private void finished(ObjectRef object, RecordReader reader, SubmitTally tally) {
    counts.objects.increment();
    counts.add(tally);
    counts.badRecords.add(reader.problemsTotal());
    if (reader.problemsTotal() > 0) {
      LOG.warn(
          "Queue '{}': {} of the records in {} cannot be read and were skipped; first: record {}, {}",
          settings.name(),
          reader.problemsTotal(),
          object,
          reader.problems().getFirst().index(),
          reader.problems().getFirst().description());
    }
    if (tally.refused() > 0) {
      LOG.warn(
          "Queue '{}': {} of the records in {} were refused; first: {} ({})",
          settings.name(),
          tally.refused(),
          object,
          tally.refusals().getFirst().reference(),
          tally.refusals().getFirst().description());
    }
  }

  private void submit(Notification notification) throws IOException, InterruptedException {
    SubmitWindow window = new SubmitWindow(sink, settings.recordsMax(), onOverloaded);
    for (ObjectNode record : notification.records()) {
      window.submit(record);
    }
    counts.add(window.drain());
  }

  private void delete(QueueMessage message) {
    try {
      queue.delete(message);
      counts.deleted.increment();
      if (message.sentMillis() > 0) {
        counts.lagMillis.set(Math.max(0, System.currentTimeMillis() - message.sentMillis()));
      }
    } catch (SdkException e) {
      LOG.warn(
          "Queue '{}': message {} is done but could not be deleted; it will come again and create nothing: {}",
          settings.name(),
          message.id(),
          e.getMessage());
    }
  }

  /**
   * The source is being stopped: another reader may have the message soon. Not at once, because the
   * long poll that was cut off may still run in the queue's server, and would swallow it.
   */
  private void giveBack(QueueMessage message) {
    Thread.interrupted();
    try {
      queue.hold(message, settings.waitSeconds() + 1);
    } catch (SdkException e) {
      LOG.debug("Message {} comes again when its visibility timeout ends", message.id());
    } finally {
      Thread.currentThread().interrupt();
    }
  }

  private void failed(QueueMessage message, String subject, Exception e) {
    counts.failed.increment();
    int seconds =
        (int)
            Math.min(
                BACKOFF_SECONDS_MAX,
                (long) settings.retrySeconds() << Math.min(message.receives() - 1, 20));
    LOG.warn(
        "Queue '{}': {} failed on attempt {}, left in the queue for {} s: {}",
        settings.name(),
        subject,
        message.receives(),
        seconds,
        e.toString());
    try {
      queue.hold(message, seconds);
    } catch (SdkException notHeld) {
      LOG.debug("The visibility timeout stays as it is: {}", notHeld.getMessage());
    }
  }
}
