package io.millrace.engine.step;

import io.millrace.engine.command.Event;
import io.millrace.engine.command.Message;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.Slots;
import io.millrace.engine.process.CompiledNode;
import io.millrace.engine.process.CompiledProcess;
import io.millrace.engine.semaphore.TimeLimit;
import io.millrace.engine.state.Effects;
import io.millrace.engine.state.Keys;
import io.millrace.engine.state.Rest;
import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import io.millrace.engine.state.Task;
import io.millrace.engine.template.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Moves tasks into and out of nodes, with everything that hangs on it. */
final class Movement {
  private static final long DAY_MILLIS = 86_400_000L;

  private final State state;
  private final Step step;
  private final TaskStore tasks;
  private final Counters counters;
  private final ReadyQueue ready;
  private final Effects effects;
  private final Permits permits;
  private final Map<Piled, Long> piled = new LinkedHashMap<>();
  private long finished;

  Movement(
      State state,
      Step step,
      TaskStore tasks,
      Counters counters,
      ReadyQueue ready,
      Effects effects,
      Permits permits) {
    this.state = state;
    this.step = step;
    this.tasks = tasks;
    this.counters = counters;
    this.ready = ready;
    this.effects = effects;
    this.permits = permits;
  }

  private record Piled(long process, NodeId node) {}

  /** Tasks that reached a final node since the partition was opened. */
  long finished() {
    return finished;
  }

  /** Leaves the present node and enters another one; in a final node the task ends. */
  void enter(LoadedProcess process, CompiledProcess graph, Task task, CompiledNode node) {
    leave(process, task);
    task.enter(node.ordinal(), step.nowMillis(), step.settings().pathStepsMax());
    counters.entered(process.id(), node.ordinal(), step.nowMillis());
    if (node.isFinal()) {
      finished++;
      int today = (int) (step.nowMillis() / DAY_MILLIS);
      tasks.finish(task, node.keepsTasks(), today + process.source().retentionDays());
      return;
    }
    if (node.counter() != null) {
      piled.merge(new Piled(process.id(), node.id()), 1L, Long::sum);
    }
    if (!node.timeLimits().isEmpty()) {
      arm(process, node, task, new StepScope(task, graph, step));
    }
  }

  /** Leaves the present node for good: what the task waited for is given up. */
  void leave(LoadedProcess process, Task task) {
    if (task.node() == Keys.NO_NODE) {
      return;
    }
    abandon(process, task);
    counters.left(process.id(), task.node(), step.nowMillis());
    CompiledProcess graph = process.graph();
    CompiledNode node = graph == null ? null : graph.node(task.node());
    if (node != null && node.counter() != null) {
      piled.merge(new Piled(process.id(), node.id()), -1L, Long::sum);
    }
  }

  /** Gives up the effect under way and the permit, held or waited for. */
  private void abandon(LoadedProcess process, Task task) {
    EffectId call = new EffectId(task.id(), task.entry(), task.resume());
    if (task.rest() == Rest.EFFECT && effects.remove(call)) {
      step.outputs().cancel(call);
    }
    if (task.permit() || task.rest() == Rest.PERMIT) {
      releasePermit(process, task, call);
    }
  }

  /** Gives the node's permit back, or leaves the line for one. */
  void releasePermit(LoadedProcess process, Task task, EffectId call) {
    task.permit(false);
    task.permitUntil(0);
    NodeId node = process.ordinals().id(task.node());
    int home = Slots.ofNode(process.id(), node);
    if (step.owns(home)) {
      release(process.id(), node, call);
    } else {
      step.send(new Message.ReleasePermit(home, process.id(), node, call));
    }
  }

  /** At the node's home: takes a permit back and tells whoever is next. */
  void release(long process, NodeId node, EffectId call) {
    permits.release(process, node, call, next -> step.send(new Message.PermitAnswer(next, true)));
  }

  /** The task can go on: now if its process runs, else when it runs again. */
  void wake(LoadedProcess process, Task task) {
    if (process.runs()) {
      ready.add(process.id(), task.id());
    } else {
      state.put(Space.INDEX, Keys.held(process.id(), task.id()), new byte[0]);
    }
  }

  /** Stops a task where it is. */
  void cancel(LoadedProcess process, Task task) {
    abandon(process, task);
    task.rest(Rest.CANCELED, task.resume());
    task.deadline(0, 0);
  }

  /** Moves the counted changes of pile-ups out: to their homes, wherever these are. */
  void sendPiled() {
    if (piled.isEmpty()) {
      return;
    }
    Map<Piled, Long> changes = new LinkedHashMap<>(piled);
    piled.clear();
    changes.forEach((at, delta) -> {
      if (delta != 0) {
        int home = Slots.ofNode(at.process(), at.node());
        step.send(new Message.CountDelta(home, at.process(), at.node(), delta));
      }
    });
  }

  /** A node got or lost its task counter while tasks were in it. */
  void pile(LoadedProcess process, CompiledNode node, int sign) {
    long count = counters.count(process.id(), node.ordinal());
    piled.merge(new Piled(process.id(), node.id()), sign * count, Long::sum);
  }

  private void arm(LoadedProcess process, CompiledNode node, Task task, Scope scope) {
    List<TimeLimit> limits = node.timeLimits();
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < limits.size(); i++) {
      long due = limits.get(i).dueMillis(scope);
      if (due == TimeLimit.NOT_A_TIME) {
        due = step.nowMillis() + step.settings().timerMinimumSeconds() * 1000L;
        step.event(
            Event.Kind.TIMER_VALUE_INVALID,
            process.id(),
            node.id(),
            task.id(),
            "The time limit's value is not a time; "
                + step.settings().timerMinimumSeconds()
                + " seconds are used");
      }
      due = Math.max(1, due);
      if (due < earliest) {
        earliest = due;
        task.deadline(due, i);
      }
    }
  }
}
