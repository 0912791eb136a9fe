package io.millrace.engine.step;

import io.millrace.engine.command.Message;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.engine.command.Refusal;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.Slots;
import io.millrace.engine.json.Json;
import io.millrace.engine.logic.JsonSize;
import io.millrace.engine.params.Violation;
import io.millrace.engine.process.CompiledNode;
import io.millrace.engine.process.CompiledProcess;
import io.millrace.engine.state.References;
import io.millrace.engine.state.Rest;
import io.millrace.engine.state.Task;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Creates and modifies tasks, for the doors and for the Copy task logics of other tasks. */
final class Transfers {
  static final int REFERENCE_CHARS_MAX = 255;
  private static final Message.Outcome NOT_ACTIVE =
      new Message.Outcome("conveyor_is_not_active", "conveyor is not active");
  private static final Message.Outcome NOT_FOUND =
      new Message.Outcome("not_found_task", "not found task");

  private final Step step;
  private final Directory directory;
  private final References references;
  private final TaskStore tasks;
  private final Movement movement;

  Transfers(
      Step step, Directory directory, References references, TaskStore tasks, Movement movement) {
    this.step = step;
    this.directory = directory;
    this.references = references;
    this.tasks = tasks;
    this.movement = movement;
  }

  /** What stands against a new task, or null: the reason and its text. */
  Reply.@Nullable Refused refusal(
      LoadedProcess process, @Nullable String reference, ObjectNode data, long bytes) {
    if (!process.status().acceptsTasks()) {
      return new Reply.Refused(Refusal.PROCESS_NOT_ACTIVE, "conveyor is not active");
    }
    Violation violation = process.contract().check(data);
    if (violation != null) {
      return new Reply.Refused(Refusal.PARAMETER_INVALID, violation.text());
    }
    int bytesMax = process.taskBytesMax(step.settings());
    if (bytes > bytesMax) {
      return new Reply.Refused(
          Refusal.TASK_TOO_LARGE,
          "Your task size: " + bytes + " bytes, Max available task size: " + bytesMax + " bytes");
    }
    if (reference != null && reference.length() > REFERENCE_CHARS_MAX) {
      return new Reply.Refused(
          Refusal.REFERENCE_INVALID,
          "Value is not valid. Value's byte_size is more than maximum allowed: "
              + REFERENCE_CHARS_MAX);
    }
    return null;
  }

  /** Puts a new task at the start; the caller has made sure that nothing stands against it. */
  Task create(
      LoadedProcess process,
      int slot,
      @Nullable String reference,
      ObjectNode data,
      long bytes,
      long userId) {
    Task task = new Task(step.newTaskId(slot), process.id(), reference, userId, data, (int) bytes);
    tasks.add(task);
    CompiledProcess graph = process.graph();
    CompiledNode start = graph == null ? null : graph.node(graph.start());
    if (graph != null && start != null) {
      movement.enter(process, graph, task, start);
    }
    movement.wake(process, task);
    return task;
  }

  /** Merges data into a live task, top-level keys replacing; wakes it when it waited for that. */
  @Nullable String merge(LoadedProcess process, Task task, ObjectNode patch, long userId) {
    ObjectNode merged = Json.object();
    merged.setAll(task.data());
    merged.setAll(patch);
    long bytes = JsonSize.of(merged);
    int bytesMax = process.taskBytesMax(step.settings());
    if (bytes > bytesMax) {
      return "Your task size: " + bytes + " bytes, Max available task size: " + bytesMax + " bytes";
    }
    task.data(merged, (int) bytes);
    task.changed(step.nowMillis(), userId);
    if (task.rest() == Rest.CALLBACK) {
      task.rest(Rest.READY, task.resume() + 1);
      movement.wake(process, task);
    }
    return null;
  }

  Message.@Nullable Outcome copy(
      LoadedProcess source,
      Task from,
      EffectId call,
      String target,
      @Nullable String reference,
      ObjectNode data,
      long bytes,
      boolean waits) {
    LoadedProcess process = find(target);
    Message.Outcome refused = process == null ? NOT_ACTIVE : admission(source, process);
    if (process == null || refused != null) {
      return refused;
    }
    int slot = reference == null ? from.id().slot() : Slots.ofReference(process.id(), reference);
    if (step.owns(slot)) {
      return copyHere(process, slot, reference, data, bytes, from.userId());
    }
    step.send(
        new Message.CopyTask(
            slot, waits ? call : null, process.id(), reference, data, from.userId()));
    return waits ? null : Message.Outcome.OK;
  }

  Message.Outcome copyHere(
      LoadedProcess process,
      int slot,
      @Nullable String reference,
      ObjectNode data,
      long bytesBound,
      long userId) {
    if (process.status() != ProcessStatus.ACTIVE) {
      return NOT_ACTIVE;
    }
    // The bound is enough unless it says too much; then the truth is worth counting.
    boolean within = bytesBound <= process.taskBytesMax(step.settings());
    long bytes = within ? bytesBound : JsonSize.of(data);
    Reply.Refused refused = refusal(process, reference, data, bytes);
    if (refused != null) {
      return new Message.Outcome(copyTag(refused.reason()), refused.description());
    }
    if (reference != null) {
      References.Holder holder = references.find(process.id(), reference);
      if (holder != null && holder.live()) {
        return new Message.Outcome("not_unical_ref", "not unical reference");
      }
    }
    create(process, slot, reference, data, bytes, userId);
    return Message.Outcome.OK;
  }

  Message.@Nullable Outcome modify(
      LoadedProcess source,
      Task from,
      EffectId call,
      String target,
      String reference,
      ObjectNode data,
      boolean sync) {
    LoadedProcess process = find(target);
    Message.Outcome refused = process == null ? NOT_ACTIVE : admission(source, process);
    if (process == null || refused != null) {
      return refused;
    }
    int slot = Slots.ofReference(process.id(), reference);
    if (step.owns(slot)) {
      return modifyHere(process, reference, data, from.userId(), sync);
    }
    step.send(
        new Message.ModifyCopy(slot, call, process.id(), reference, data, from.userId(), sync));
    return null;
  }

  Message.Outcome modifyHere(
      LoadedProcess process, String reference, ObjectNode data, long userId, boolean sync) {
    if (process.status() != ProcessStatus.ACTIVE) {
      return NOT_ACTIVE;
    }
    References.Holder holder = references.find(process.id(), reference);
    Task task = holder != null && holder.live() ? tasks.find(holder.task()) : null;
    if (task == null) {
      return NOT_FOUND;
    }
    if (sync && task.rest() != Rest.CALLBACK) {
      CompiledProcess graph = process.graph();
      CompiledNode node = graph == null ? null : graph.node(task.node());
      boolean running = node != null && node.waitsForCallback() && task.rest() == Rest.READY;
      return running
          ? new Message.Outcome(
              "duplicate_callback", "the previous callback of this task is still in work, wait")
          : new Message.Outcome(
              "no_api_callback_in_node_with_task", "no api callback logic in node with task");
    }
    String tooLarge = merge(process, task, data, userId);
    return tooLarge == null
        ? Message.Outcome.OK
        : new Message.Outcome("copy_task_size_overflow_limit", tooLarge);
  }

  private @Nullable LoadedProcess find(String target) {
    try {
      return directory.find(Long.parseLong(target));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Message.@Nullable Outcome admission(LoadedProcess source, LoadedProcess target) {
    if (target.status() != ProcessStatus.ACTIVE) {
      return NOT_ACTIVE;
    }
    long user = source.source().ownerId();
    return target.admits(user)
        ? null
        : new Message.Outcome("access_denied", "user: " + user + ", conv_id: " + target.id());
  }

  private static String copyTag(Refusal reason) {
    return switch (reason) {
      case PARAMETER_INVALID -> "wrong_validate_params";
      case TASK_TOO_LARGE -> "copy_task_size_overflow_limit";
      case PROCESS_NOT_ACTIVE, PROCESS_NOT_FOUND -> "conveyor_is_not_active";
      case REFERENCE_TAKEN -> "not_unical_ref";
      case ACCESS_DENIED -> "access_denied";
      case REFERENCE_INVALID -> "copy_task_wrong_convert_param";
      case TASK_NOT_FOUND -> "not_found_task";
      case PROCESS_INVALID, NODE_NOT_FOUND, INTERNAL -> "copy_task_fatal_error";
    };
  }

  /** Tells that a node has too many tasks, or no longer: a task in another node of the process. */
  void alert(
      LoadedProcess process,
      CompiledProcess graph,
      int slot,
      CompiledNode watched,
      CompiledNode target,
      boolean above) {
    ObjectNode data = Json.object().put("start", above ? "true" : "false");
    Task task =
        new Task(
            step.newTaskId(slot),
            process.id(),
            null,
            process.source().ownerId(),
            data,
            (int) JsonSize.of(data));
    tasks.add(task);
    task.cameFrom(watched.ordinal());
    movement.enter(process, graph, task, target);
    if (!target.isFinal()) {
      movement.wake(process, task);
    }
  }
}
