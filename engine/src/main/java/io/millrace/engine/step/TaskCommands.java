package io.millrace.engine.step;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.engine.command.Refusal;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.json.Json;
import io.millrace.engine.logic.JsonSize;
import io.millrace.engine.state.Archive;
import io.millrace.engine.state.Keys;
import io.millrace.engine.state.References;
import io.millrace.engine.state.Task;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Applies what doors ask of single tasks. */
final class TaskCommands {
  private static final Reply.Refused NOT_FOUND =
      new Reply.Refused(Refusal.TASK_NOT_FOUND, "not_found_task");

  private final Step step;
  private final Directory directory;
  private final References references;
  private final Archive archive;
  private final TaskStore tasks;
  private final Movement movement;
  private final Transfers transfers;

  TaskCommands(
      Step step,
      Directory directory,
      References references,
      Archive archive,
      TaskStore tasks,
      Movement movement,
      Transfers transfers) {
    this.step = step;
    this.directory = directory;
    this.references = references;
    this.archive = archive;
    this.tasks = tasks;
    this.movement = movement;
    this.transfers = transfers;
  }

  void create(Command.CreateTask command) {
    step.outputs().reply(command.requestId(), created(command));
  }

  void modify(Command.ModifyTask command) {
    step.outputs().reply(command.requestId(), modified(command));
  }

  void delete(Command.DeleteTask command) {
    step.outputs().reply(command.requestId(), deleted(command));
  }

  private Reply created(Command.CreateTask command) {
    LoadedProcess process = existing(command.processId());
    if (process == null) {
      return Machine.notFound(command.processId());
    }
    String reference = command.reference();
    if (reference != null && reference.isEmpty()) {
      reference = null;
    }
    if (reference != null) {
      References.Holder holder = references.find(process.id(), reference);
      if (holder != null && command.once()) {
        return new Reply.Created(holder.task(), reference, true);
      }
      if (holder != null && holder.live()) {
        return new Reply.Refused(Refusal.REFERENCE_TAKEN, "not unical reference");
      }
    }
    long bytes = JsonSize.of(command.data());
    Reply.Refused refused = transfers.refusal(process, reference, command.data(), bytes);
    if (refused != null) {
      return refused;
    }
    Task task =
        transfers.create(
            process, command.slot(), reference, command.data(), bytes, command.userId());
    return new Reply.Created(task.id(), reference, false);
  }

  private Reply modified(Command.ModifyTask command) {
    LoadedProcess process = existing(command.processId());
    if (process == null) {
      return Machine.notFound(command.processId());
    }
    if (!process.status().acceptsTasks()) {
      return new Reply.Refused(Refusal.PROCESS_NOT_ACTIVE, "conveyor is not active");
    }
    Task task = live(process, command.taskId(), command.reference());
    if (task == null) {
      return command.taskId() == null
          ? NOT_FOUND
          : modifiedArchived(process, command.taskId(), command.data());
    }
    String tooLarge = transfers.merge(process, task, command.data(), command.userId());
    return tooLarge == null
        ? new Reply.Modified(task.id(), task.reference())
        : new Reply.Refused(Refusal.TASK_TOO_LARGE, tooLarge);
  }

  private Reply modifiedArchived(LoadedProcess process, TaskId id, ObjectNode patch) {
    Archive.Place place = archive.find(id);
    Task task = place == null || place.process() != process.id() ? null : archive.load(place);
    if (place == null || task == null) {
      return NOT_FOUND;
    }
    ObjectNode merged = Json.object();
    merged.setAll(task.data());
    merged.setAll(patch);
    long bytes = JsonSize.of(merged);
    int bytesMax = process.taskBytesMax(step.settings());
    if (bytes > bytesMax) {
      return new Reply.Refused(
          Refusal.TASK_TOO_LARGE,
          "Your task size: " + bytes + " bytes, Max available task size: " + bytesMax + " bytes");
    }
    task.data(merged, (int) bytes);
    archive.rewrite(place, task);
    return new Reply.Modified(id, task.reference());
  }

  private Reply deleted(Command.DeleteTask command) {
    LoadedProcess process = existing(command.processId());
    if (process == null) {
      return Machine.notFound(command.processId());
    }
    Task task = live(process, command.taskId(), command.reference());
    if (task != null) {
      if (!isIn(process, task.node(), command.nodeId())) {
        return NOT_FOUND;
      }
      movement.leave(process, task);
      tasks.delete(task);
      return new Reply.Deleted(task.id(), task.reference());
    }
    TaskId id = command.taskId();
    if (id == null && command.reference() != null) {
      References.Holder holder = references.find(process.id(), command.reference());
      id = holder == null ? null : holder.task();
    }
    Archive.Place place = id == null ? null : archive.find(id);
    Task archived = place == null || place.process() != process.id() ? null : archive.load(place);
    if (place == null || archived == null || !isIn(process, archived.node(), command.nodeId())) {
      return NOT_FOUND;
    }
    String reference = archived.reference();
    if (reference != null) {
      references.release(process.id(), reference, archived.id());
    }
    archive.remove(place);
    return new Reply.Deleted(archived.id(), reference);
  }

  private static boolean isIn(LoadedProcess process, int node, @Nullable NodeId expected) {
    return expected == null
        || (node != Keys.NO_NODE && process.ordinals().id(node).equals(expected));
  }

  private @Nullable LoadedProcess existing(long processId) {
    LoadedProcess process = directory.find(processId);
    return process == null || process.status() == ProcessStatus.DELETED ? null : process;
  }

  private @Nullable Task live(
      LoadedProcess process, @Nullable TaskId id, @Nullable String reference) {
    Task task = null;
    if (id != null) {
      task = tasks.find(id);
    } else if (reference != null) {
      References.Holder holder = references.find(process.id(), reference);
      task = holder != null && holder.live() ? tasks.find(holder.task()) : null;
    }
    return task != null && task.processId() == process.id() ? task : null;
  }
}
