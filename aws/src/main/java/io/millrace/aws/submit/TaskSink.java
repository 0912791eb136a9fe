package io.millrace.aws.submit;

import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/** Where records become tasks. Safe for use by many threads. */
public interface TaskSink extends AutoCloseable {

  /**
   * Submits one record; the record belongs to the sink from here on and is not changed by anyone.
   * The outcome completes when it is durable, and never exceptionally.
   */
  CompletableFuture<Outcome> submit(ObjectNode record);

  /** Sends what the sink may have collected; whoever waits for outcomes calls it first. */
  default void flush() {}

  @Override
  default void close() {}
}
