package io.millrace.engine.step;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.engine.command.Refusal;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.Slots;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.process.CompiledNode;
import io.millrace.engine.process.CompiledProcess;
import org.jspecify.annotations.Nullable;

/** Applies changes of the directory. */
final class ProcessCommands {
  private static final Reply.Done DONE = new Reply.Done(false);

  private final Step step;
  private final Directory directory;
  private final Movement movement;
  private final Counters counters;
  private final Sweeps sweeps;
  private final Awakening awakening;

  ProcessCommands(
      Step step,
      Directory directory,
      Movement movement,
      Counters counters,
      Sweeps sweeps,
      Awakening awakening) {
    this.step = step;
    this.directory = directory;
    this.movement = movement;
    this.counters = counters;
    this.sweeps = sweeps;
    this.awakening = awakening;
  }

  void put(Command.PutProcess command) {
    LoadedProcess before = directory.find(command.source().processId());
    if (before != null && before.source().version() >= command.source().version()) {
      step.outputs().reply(command.requestId(), DONE);
      return;
    }
    String problem = directory.put(command.source());
    if (problem != null) {
      step.outputs()
          .reply(command.requestId(), new Reply.Refused(Refusal.PROCESS_INVALID, problem));
      return;
    }
    LoadedProcess after = directory.find(command.source().processId());
    if (after != null) {
      recount(before, after);
      runningChanged(after);
    }
    step.outputs().reply(command.requestId(), DONE);
  }

  void status(Command.SetProcessStatus command) {
    LoadedProcess process = directory.find(command.processId());
    if (process == null) {
      step.outputs().reply(command.requestId(), Machine.notFound(command.processId()));
      return;
    }
    directory.status(process, command.status());
    LoadedProcess changed = directory.find(command.processId());
    if (changed != null) {
      runningChanged(changed);
    }
    step.outputs().reply(command.requestId(), DONE);
  }

  void remove(Command.RemoveProcess command) {
    LoadedProcess process = directory.find(command.processId());
    if (process != null) {
      directory.status(process, ProcessStatus.DELETED);
      awakening.stop(process.id());
      sweeps.removeProcess(process.id());
    }
    step.outputs().reply(command.requestId(), DONE);
  }

  void reset(Command.ResetNode command) {
    LoadedProcess process = directory.find(command.processId());
    CompiledProcess graph = process == null ? null : process.graph();
    if (process == null) {
      step.outputs().reply(command.requestId(), Machine.notFound(command.processId()));
      return;
    }
    int ordinal = process.ordinals().find(command.nodeId());
    CompiledNode node = graph == null ? null : graph.node(ordinal);
    if (node == null || !node.isFinal()) {
      step.outputs()
          .reply(
              command.requestId(),
              new Reply.Refused(
                  Refusal.NODE_NOT_FOUND,
                  "Expected a final node, but " + command.nodeId() + " is none"));
      return;
    }
    counters.reset(process.id(), ordinal, step.nowMillis());
    sweeps.resetNode(process.id(), ordinal, TaskId.of(step.nowMillis(), Slots.COUNT - 1, -1));
    step.outputs().reply(command.requestId(), DONE);
  }

  private void runningChanged(LoadedProcess process) {
    if (process.runs()) {
      awakening.of(process.id());
    } else {
      awakening.stop(process.id());
    }
  }

  /** Task counters that come or go while tasks are in their nodes start from the truth. */
  private void recount(@Nullable LoadedProcess before, LoadedProcess after) {
    CompiledProcess now = after.graph();
    CompiledProcess then = before == null ? null : before.graph();
    if (now == null) {
      return;
    }
    for (int i = 0; i < after.ordinals().size(); i++) {
      CompiledNode node = now.node(i);
      CompiledNode old = then == null ? null : then.node(i);
      boolean counts = node != null && node.counter() != null;
      boolean counted = old != null && old.counter() != null;
      if (counts && !counted && node != null) {
        movement.pile(after, node, 1);
      } else if (counted && !counts && old != null) {
        movement.pile(after, old, -1);
      }
    }
  }
}
