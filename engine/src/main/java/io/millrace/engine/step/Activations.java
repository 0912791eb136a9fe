package io.millrace.engine.step;

import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EffectResult;
import io.millrace.engine.command.Event;
import io.millrace.engine.command.Message;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.logic.Logic;
import io.millrace.engine.logic.LogicRun;
import io.millrace.engine.logic.Outcome;
import io.millrace.engine.process.CompiledNode;
import io.millrace.engine.process.CompiledProcess;
import io.millrace.engine.semaphore.TimeLimit;
import io.millrace.engine.state.Effects;
import io.millrace.engine.state.Keys;
import io.millrace.engine.state.Rest;
import io.millrace.engine.state.StateException;
import io.millrace.engine.state.Task;
import java.util.List;

/** Runs tasks from where they rest to where they rest next: {@code process-model.md} §5. */
final class Activations {
  /** Instead of the ordinal of the next node: the task rests. */
  private static final int RESTED = -1;

  private final Step step;
  private final Directory directory;
  private final TaskStore tasks;
  private final Movement movement;
  private final Effects effects;
  private final Permits permits;
  private final Transfers transfers;
  private final ReadyQueue ready;

  Activations(
      Step step,
      Directory directory,
      TaskStore tasks,
      Movement movement,
      Effects effects,
      Permits permits,
      Transfers transfers,
      ReadyQueue ready) {
    this.step = step;
    this.directory = directory;
    this.tasks = tasks;
    this.movement = movement;
    this.effects = effects;
    this.permits = permits;
    this.transfers = transfers;
    this.ready = ready;
  }

  /** Runs a task whose turn has come, if it still can. */
  void run(TaskId id) {
    Task task = tasks.find(id);
    if (task == null || task.rest() != Rest.READY) {
      return;
    }
    LoadedProcess process = directory.find(task.processId());
    CompiledProcess graph = process == null ? null : process.graph();
    if (process == null) {
      return;
    }
    if (graph == null || !process.runs()) {
      movement.wake(process, task);
      return;
    }
    contained(process, task, () -> advance(process, graph, task));
  }

  /** The result of an effect; one that nobody waits for any more is dropped. */
  void finishEffect(EffectId id, EffectResult result) {
    Effect effect = effects.find(id);
    if (effect == null) {
      step.event(Event.Kind.LATE_RESULT, 0, null, id.task(), "A result came for " + id.text());
      return;
    }
    effects.remove(id);
    resume(
        id,
        Rest.EFFECT,
        (logic, stay) -> {
          stay.answered(effect);
          return LogicRun.finish(logic, stay, result);
        });
  }

  void acknowledge(EffectId call, Message.Outcome outcome) {
    resume(call, Rest.ACKNOWLEDGEMENT, (logic, stay) -> LogicRun.acknowledge(logic, stay, outcome));
  }

  /** The node's home has given a permit. */
  void permitted(Message.PermitAnswer answer) {
    EffectId call = answer.call();
    Task task = tasks.find(call.task());
    LoadedProcess process = task == null ? null : directory.find(task.processId());
    if (task != null && process != null && waits(task, call, Rest.PERMIT)) {
      task.permit(true);
      task.permitUntil(0);
      task.rest(Rest.READY, call.logic());
      movement.wake(process, task);
    }
    // Else the task has left, and its leaving has given the permit back already.
  }

  /** A time limit is due. Answers false when the process does not run and the timer must wait. */
  boolean timeLimit(TaskId id, int entry, int kind) {
    Task task = tasks.find(id);
    if (task == null || task.entry() != entry) {
      return true;
    }
    LoadedProcess process = directory.find(task.processId());
    if (process == null) {
      return true;
    }
    CompiledProcess graph = process.graph();
    if (!process.runs() || graph == null) {
      return false;
    }
    CompiledNode node = graph.node(task.node());
    if (node == null) {
      // The node went away with a deploy: nothing can be due in it any more.
      movement.cancel(process, task);
      return true;
    }
    if (task.rest() == Rest.CANCELED) {
      return true;
    }
    if (kind == TaskStore.PERMIT_TIMER) {
      EffectId call = new EffectId(id, entry, task.resume());
      task.permitUntil(0);
      resume(call, Rest.PERMIT, (logic, stay) -> LogicRun.permitExpired(logic, stay));
      return true;
    }
    List<TimeLimit> limits = node.timeLimits();
    if (kind >= limits.size() || task.deadlineSemaphore() != kind) {
      return true;
    }
    CompiledNode target = graph.node(limits.get(kind).target());
    if (target != null) {
      contained(process, task, () -> arrive(process, graph, task, target));
    }
    return true;
  }

  /** Runs what a task's logic does with a result it waited for, and wakes the task. */
  private void resume(EffectId call, Rest rest, Continuation continuation) {
    Task task = tasks.find(call.task());
    LoadedProcess process = task == null ? null : directory.find(task.processId());
    CompiledProcess graph = process == null ? null : process.graph();
    if (task == null || process == null || graph == null || !waits(task, call, rest)) {
      return;
    }
    CompiledNode node = graph.node(task.node());
    if (node == null || call.logic() >= node.logics().size()) {
      movement.cancel(process, task);
      return;
    }
    contained(
        process,
        task,
        () -> {
          Logic logic = node.logics().get(call.logic());
          Stay stay = stay(process, graph, node, task);
          stay.at(call.logic());
          Outcome outcome = continuation.run(logic, stay);
          if (task.permit() || rest == Rest.PERMIT) {
            movement.releasePermit(process, task, call);
          }
          task.rest(Rest.READY, call.logic() + 1);
          int exit = exitOf(outcome, logic, task);
          CompiledNode target = exit == RESTED ? null : graph.node(exit);
          if (target != null) {
            arrive(process, graph, task, target);
          } else {
            movement.wake(process, task);
          }
        });
  }

  private interface Continuation {
    Outcome run(Logic logic, Stay stay);
  }

  private static boolean waits(Task task, EffectId call, Rest rest) {
    return task.rest() == rest && task.entry() == call.entry() && task.resume() == call.logic();
  }

  private void arrive(
      LoadedProcess process, CompiledProcess graph, Task task, CompiledNode target) {
    movement.enter(process, graph, task, target);
    if (!target.isFinal()) {
      movement.wake(process, task);
    }
  }

  private void advance(LoadedProcess process, CompiledProcess graph, Task task) {
    if (task.node() == Keys.NO_NODE) {
      CompiledNode start = graph.node(graph.start());
      if (start != null) {
        movement.enter(process, graph, task, start);
      }
    }
    LoopGuard guard = new LoopGuard(step.settings().loopGuardLimit());
    guard.entered(task.node());
    for (int moves = 0; moves < step.settings().movesPerActivationMax(); moves++) {
      CompiledNode node = graph.node(task.node());
      if (node == null) {
        movement.cancel(process, task);
        return;
      }
      int exit = runLogics(process, graph, node, task);
      CompiledNode target = exit == RESTED ? null : graph.node(exit);
      if (target == null) {
        return;
      }
      movement.enter(process, graph, task, target);
      if (target.isFinal()) {
        return;
      }
      if (guard.entered(exit) || task.moves() > step.settings().movesWithoutRestMax()) {
        movement.cancel(process, task);
        step.event(
            Event.Kind.LOOP_STOPPED,
            process.id(),
            target.id(),
            task.id(),
            "The task was stopped: it went round without waiting for anything");
        return;
      }
    }
    ready.add(process.id(), task.id());
  }

  /** Runs the node's logics from where the task is; answers the next node, or {@link #RESTED}. */
  private int runLogics(
      LoadedProcess process, CompiledProcess graph, CompiledNode node, Task task) {
    List<Logic> logics = node.logics();
    Stay stay = stay(process, graph, node, task);
    for (int i = task.resume(); i < logics.size(); i++) {
      Logic logic = logics.get(i);
      stay.at(i);
      Outcome outcome = LogicRun.run(logic, stay);
      if (outcome instanceof Outcome.Wait wait) {
        task.rest(wait.rest(), i);
        return RESTED;
      }
      if (task.permit()) {
        movement.releasePermit(process, task, new EffectId(task.id(), task.entry(), i));
      }
      int exit = exitOf(outcome, logic, task);
      if (exit == node.ordinal() && i == logics.size() - 1 && node.waitsForCallback()) {
        // The closing go of a state to itself means: stay. No new entry, the time limit runs on.
        task.rest(Rest.CALLBACK, 0);
        return RESTED;
      }
      if (exit != RESTED) {
        return exit;
      }
    }
    if (graph.stateDiagram() && node.waitsForCallback()) {
      task.rest(Rest.CALLBACK, 0);
    } else {
      task.rest(Rest.HOLDING, logics.size());
    }
    return RESTED;
  }

  /** Where an outcome leads; {@link #RESTED}: to the next logic. Writes error parameters. */
  private static int exitOf(Outcome outcome, Logic logic, Task task) {
    return switch (outcome) {
      case Outcome.Continue done -> RESTED;
      case Outcome.Leave leave -> leave.target();
      case Outcome.Wait wait -> RESTED;
      case Outcome.Failed failed -> {
        task.data(failed.error().writeInto(task.data()), Integer.MAX_VALUE / 2);
        yield logic.errorExit();
      }
    };
  }

  private Stay stay(LoadedProcess process, CompiledProcess graph, CompiledNode node, Task task) {
    return new Stay(step, effects, permits, transfers, process, graph, node, task);
  }

  /** A defect stops the one task that met it; a failing store goes up to the host. */
  private void contained(LoadedProcess process, Task task, Runnable work) {
    try {
      work.run();
    } catch (StateException e) {
      throw e;
    } catch (RuntimeException e) {
      NodeId node = task.node() == Keys.NO_NODE ? null : process.ordinals().id(task.node());
      step.event(
          Event.Kind.TASK_FAULTED, process.id(), node, task.id(), "The task was stopped: " + e);
      if (tasks.find(task.id()) == task) {
        movement.cancel(process, task);
      }
    }
  }
}
