package io.millrace.runtime.inbox;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.Reply;
import io.millrace.runtime.message.OutboxKey;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way to a partition.
 *
 * @param requestId under which the partition will reply; 0 when it will not
 * @param waiting who waits for the reply, or null
 * @param outboxKey the message's key in the store's outbox, when the command delivers one from
 *     there; it is deleted in the batch that contains the outcome
 */
public record Submission(
    long requestId,
    Command command,
    @Nullable CompletableFuture<Reply> waiting,
    @Nullable OutboxKey outboxKey) {

  /** A command from inside, for which nobody waits. */
  public static Submission internal(Command command) {
    return new Submission(0, command, null, null);
  }

  /** A message from the outbox. */
  public static Submission delivery(Command.Receive command, OutboxKey outboxKey) {
    return new Submission(0, command, null, outboxKey);
  }
}
