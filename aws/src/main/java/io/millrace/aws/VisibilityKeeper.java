package io.millrace.aws;

import io.millrace.aws.sqs.QueueMessage;
import io.millrace.aws.sqs.SqsQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** Keeps a message ours while it is worked on, until it is closed. */
final class VisibilityKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VisibilityKeeper.class);

  private final Thread thread;

  private VisibilityKeeper(Thread thread) {
    this.thread = thread;
  }

  /** Renews the hold three times per visibility timeout, so that one lost call does no harm. */
  static VisibilityKeeper start(SqsQueue queue, QueueMessage message, int seconds) {
    long everyMillis = TimeUnit.SECONDS.toMillis(seconds) / 3;
    return new VisibilityKeeper(
        Thread.ofVirtual()
            .name("visibility " + message.id())
            .start(() -> renew(queue, message, seconds, everyMillis)));
  }

  private static void renew(SqsQueue queue, QueueMessage message, int seconds, long everyMillis) {
    while (true) {
      try {
        Thread.sleep(everyMillis);
        queue.hold(message, seconds);
      } catch (InterruptedException e) {
        return;
      } catch (SdkException e) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        LOG.warn("Message {} may come again before it is done: {}", message.id(), e.getMessage());
      }
    }
  }

  /** Returns when no renewal is under way any more: a late one would undo what follows. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
