package io.millrace.aws.submit;

import io.millrace.aws.cloudtrail.TrailRecord;
import io.millrace.engine.command.Command;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.Slots;
import io.millrace.runtime.host.Host;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates tasks in the host of this process. The event's id is the reference and the command
 * creates once, so an event that is delivered again finds its older task, finished or not.
 */
public final class HostSink implements TaskSink {
  private final Host host;
  private final long processId;
  private final long userId;

  /**
   * @param processId the process that gets the tasks
   * @param userId on whose behalf they are created
   */
  public HostSink(Host host, long processId, long userId) {
    this.host = host;
    this.processId = processId;
    this.userId = userId;
  }

  @Override
  public CompletableFuture<Outcome> submit(ObjectNode record) {
    String reference = TrailRecord.reference(record);
    int slot = Slots.ofReference(processId, reference);
    return host.submit(requestId ->
            new Command.CreateTask(requestId, slot, processId, reference, record, userId, true))
        .thenApply(this::outcome);
  }

  private Outcome outcome(Reply reply) {
    return switch (reply) {
      case Reply.Created created ->
          created.existed() ? new Outcome.Duplicate() : new Outcome.Created();
      case Reply.Overloaded overloaded -> new Outcome.Overloaded(overloaded.retryAfterMillis());
      case Reply.Unavailable unavailable -> new Outcome.Unavailable(unavailable.description());
      case Reply.Refused refused -> refused(refused);
      case Reply.Modified _, Reply.Deleted _, Reply.Done _ ->
          new Outcome.Unavailable("Expected the answer to a create, but got " + reply);
    };
  }

  /** What concerns the process and not the record must not cost the record. */
  private Outcome refused(Reply.Refused refused) {
    return switch (refused.reason()) {
      case REFERENCE_TAKEN -> new Outcome.Duplicate();
      case PROCESS_NOT_FOUND, PROCESS_NOT_ACTIVE, ACCESS_DENIED, PROCESS_INVALID, NODE_NOT_FOUND ->
          new Outcome.Unavailable(
              "Process %d does not take tasks: %s".formatted(processId, refused.description()));
      case REFERENCE_INVALID, TASK_NOT_FOUND, TASK_TOO_LARGE, PARAMETER_INVALID, INTERNAL ->
          new Outcome.Refused(refused.reason().name(), refused.description());
    };
  }
}
