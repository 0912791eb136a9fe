package io.millrace.engine.command;

import io.millrace.engine.id.TaskId;
import org.jspecify.annotations.Nullable;

/** The answer to a command; it leaves only after what it reports is durable. */
public sealed interface Reply {

  /**
   * The task exists.
   *
   * @param taskId its id
   * @param reference the reference it was created with, or null
   * @param existed true when a command that creates once found the older task
   */
  record Created(TaskId taskId, @Nullable String reference, boolean existed) implements Reply {}

  record Modified(TaskId taskId, @Nullable String reference) implements Reply {}

  record Deleted(TaskId taskId, @Nullable String reference) implements Reply {}

  /** A directory or housekeeping command was applied. {@code more}: it left work over. */
  record Done(boolean more) implements Reply {}

  /**
   * Not done, and nothing was changed.
   *
   * @param reason for programs
   * @param description for people, in the words of the compatible API
   */
  record Refused(Refusal reason, String description) implements Reply {}

  /**
   * The inbox is full; nothing was accepted.
   *
   * @param retryAfterMillis when it is worth trying again
   */
  record Overloaded(long retryAfterMillis) implements Reply {}

  /** The host cannot accept work: it is stopping, or its store failed. */
  record Unavailable(String description) implements Reply {}
}
