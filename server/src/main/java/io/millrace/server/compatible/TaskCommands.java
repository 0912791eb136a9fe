package io.millrace.server.compatible;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.Refusal;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.Slots;
import io.millrace.engine.id.TaskId;
import io.millrace.runtime.host.Host;
import io.millrace.server.directory.TaskUsers;
import io.millrace.server.wire.Json;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creating, modifying and deleting tasks: submitted without waiting, answered when durable. Rights
 * are known in memory, and the engine checks parameters, size and reference, so nothing here
 * touches a database.
 */
final class TaskCommands {
  private static final Logger LOG = LoggerFactory.getLogger(TaskCommands.class);
  private static final int GOLDEN = 0x9E3779B1;

  private final Host host;
  private final TaskUsers users;
  private final int referenceCharsMax;
  private final AtomicInteger spread = new AtomicInteger();

  TaskCommands(Host host, TaskUsers users, int referenceCharsMax) {
    this.host = host;
    this.users = users;
    this.referenceCharsMax = referenceCharsMax;
  }

  /** Whether an operation is one of these. */
  static boolean isCommand(JsonNode op) {
    if (!op.path("obj").asString("").equals("task")) {
      return false;
    }
    return switch (op.path("type").asString("")) {
      case "create", "modify", "delete" -> true;
      default -> false;
    };
  }

  /** Submits one operation; its answer goes into the batch, now or later. */
  void submit(Op op, int index, Batch batch) {
    String reference = null;
    try {
      reference = reference(op);
      op.checkCompany();
      LongFunction<Command.ForSlot> command =
          switch (op.type()) {
            case "create" -> create(op, reference);
            case "modify" -> modify(op, reference);
            default -> delete(op, reference);
          };
      String given = reference;
      var _ =
          host.submit(command)
              .handle((reply, fault) -> answerOrFault(op, given, reply, fault, index, batch));
    } catch (OpException e) {
      batch.put(index, refused(op, reference, e));
    }
  }

  /** A caller must never wait for an answer that a fault swallowed. */
  private @Nullable Void answerOrFault(
      Op op,
      @Nullable String reference,
      @Nullable Reply reply,
      @Nullable Throwable fault,
      int index,
      Batch batch) {
    if (reply != null) {
      answer(op, reference, reply, index, batch);
    } else {
      LOG.error("The host failed to answer a task command", fault);
      batch.put(index, OpAnswer.Task.error(op.id(), reference, "Internal error"));
    }
    return null;
  }

  /** The error answer of a task operation: it has a reference, always. */
  static OpAnswer refused(Op op, @Nullable String reference, OpException error) {
    ObjectNode answer = Json.object();
    answer.set("id", op.id());
    answer.put("obj", "task").put("ref", reference);
    error.writeTo(answer, op.version());
    return new OpAnswer.Tree(answer);
  }

  private long process(Op op) {
    long process = op.process();
    if (users.refuses(process, op.user())) {
      throw OpException.accessDenied();
    }
    return process;
  }

  private LongFunction<Command.ForSlot> create(Op op, @Nullable String reference) {
    long process = process(op);
    ObjectNode data = data(op);
    int slot = reference == null ? anySlot() : Slots.ofReference(process, reference);
    long user = op.user();
    // Ours: a source that may send an event twice asks for one task per reference, even after it
    // has finished.
    boolean once = op.flag("once").orElse(false);
    return request -> new Command.CreateTask(request, slot, process, reference, data, user, once);
  }

  private LongFunction<Command.ForSlot> modify(Op op, @Nullable String reference) {
    long process = process(op);
    ObjectNode data = data(op);
    TaskId task = task(op, reference);
    int slot = slot(process, task, reference);
    long user = op.user();
    String byReference = task == null ? reference : null;
    return request -> new Command.ModifyTask(request, slot, process, task, byReference, data, user);
  }

  private LongFunction<Command.ForSlot> delete(Op op, @Nullable String reference) {
    long process = process(op);
    TaskId task = task(op, reference);
    String nodeText = op.textOrNull("node_id");
    NodeId node = NodeId.parse(nodeText);
    if (nodeText != null && !nodeText.isEmpty() && node == null) {
      throw OpException.value("node_id", op.get("node_id"));
    }
    int slot = slot(process, task, reference);
    long user = op.user();
    String byReference = task == null ? reference : null;
    return request -> new Command.DeleteTask(request, slot, process, task, byReference, node, user);
  }

  private void answer(Op op, @Nullable String reference, Reply reply, int index, Batch batch) {
    switch (reply) {
      case Reply.Created(TaskId task, String ref, boolean existed) ->
          batch.put(
              index,
              existed
                  ? OpAnswer.Task.existed(op.id(), ref, task.toString())
                  : OpAnswer.Task.ok(op.id(), ref, task.toString()));
      case Reply.Modified(TaskId task, String ref) ->
          batch.put(index, OpAnswer.Task.ok(op.id(), ref, task.toString()));
      case Reply.Deleted(TaskId task, String ref) ->
          batch.put(index, OpAnswer.Task.ok(op.id(), ref, task.toString()));
      case Reply.Refused(Refusal reason, String description) ->
          batch.put(index, refusedByEngine(op, reference, reason, description));
      case Reply.Overloaded(long retryAfterMillis) ->
          batch.putOverloaded(
              index,
              OpAnswer.Task.error(op.id(), reference, "Too many requests: limit is reached"),
              retryAfterMillis);
      case Reply.Unavailable(String description) ->
          batch.putUnavailable(
              index,
              OpAnswer.Task.error(op.id(), reference, "Service unavailable: " + description));
      case Reply.Done done ->
          batch.put(index, OpAnswer.Task.error(op.id(), reference, "Internal error"));
    }
  }

  private static OpAnswer refusedByEngine(
      Op op, @Nullable String reference, Refusal reason, String description) {
    return switch (reason) {
      case PROCESS_NOT_FOUND -> refused(op, reference, OpException.notFound("conv", op.process()));
      case ACCESS_DENIED -> OpAnswer.Task.error(op.id(), reference, "Access denied");
      case TASK_NOT_FOUND -> OpAnswer.Task.error(op.id(), reference, "not_found_task");
      case REFERENCE_TAKEN -> OpAnswer.Task.error(op.id(), reference, "not unical reference");
      case PROCESS_NOT_ACTIVE -> OpAnswer.Task.error(op.id(), reference, "conveyor is not active");
      case REFERENCE_INVALID,
          TASK_TOO_LARGE,
          PARAMETER_INVALID,
          PROCESS_INVALID,
          NODE_NOT_FOUND,
          INTERNAL ->
          OpAnswer.Task.error(
              op.id(), reference, description.isEmpty() ? "Internal error" : description);
    };
  }

  /** The reference as text, or null; numbers count as their text. */
  private @Nullable String reference(Op op) {
    JsonNode given = op.get("ref");
    if (given == null) {
      return null;
    }
    if (!given.isString() && !given.isNumber()) {
      throw OpException.value("ref", given);
    }
    String text = given.asString();
    if (text.isEmpty()) {
      throw OpException.tooShort("ref", given, 1);
    }
    if (text.length() > referenceCharsMax
        && text.codePointCount(0, text.length()) > referenceCharsMax) {
      throw OpException.tooLong("ref", given, referenceCharsMax);
    }
    return text;
  }

  /** The task's data; PHP writes an empty object as an empty array. */
  private static ObjectNode data(Op op) {
    return switch (op.get("data")) {
      case null -> Json.object();
      case ObjectNode object -> object;
      case ArrayNode array when array.isEmpty() -> Json.object();
      case JsonNode other -> throw OpException.value("data", other);
    };
  }

  /** The task's id, or null when it is located by reference. */
  private static @Nullable TaskId task(Op op, @Nullable String reference) {
    String text = op.textOrNull("obj_id");
    if (text == null || text.isEmpty()) {
      if (reference == null) {
        throw OpException.required("obj_id");
      }
      return null;
    }
    TaskId task = TaskId.parse(text);
    if (task == null) {
      throw OpException.of("not_found_task");
    }
    return task;
  }

  private static int slot(long process, @Nullable TaskId task, @Nullable String reference) {
    if (task != null) {
      return task.slot();
    }
    return reference == null ? 0 : Slots.ofReference(process, reference);
  }

  /** Neighbouring tasks go to different parts of the slot table, so that all partitions work. */
  private int anySlot() {
    return (spread.incrementAndGet() * GOLDEN) >>> 20;
  }
}
