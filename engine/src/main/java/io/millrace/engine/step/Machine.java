package io.millrace.engine.step;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EngineSettings;
import io.millrace.engine.command.Message;
import io.millrace.engine.command.Outputs;
import io.millrace.engine.command.Refusal;
import io.millrace.engine.command.Reply;
import io.millrace.engine.command.Stamp;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.process.CompiledNode;
import io.millrace.engine.process.CompiledProcess;
import io.millrace.engine.semaphore.TaskCounter;
import io.millrace.engine.state.Archive;
import io.millrace.engine.state.Effects;
import io.millrace.engine.state.Keys;
import io.millrace.engine.state.References;
import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/** Puts the parts of a partition together and gives each command to the part that applies it. */
public final class Machine {
  /** Timers that one tick fires at most; more are due again at once. */
  private static final int TIMERS_PER_TICK = 1_000;

  private final State state;
  private final Step step;
  private final Effects effects;
  private final Directory directory;
  private final Counters counters;
  private final ReadyQueue ready;
  private final TaskStore tasks;
  private final Permits permits;
  private final PileUps pileUps;
  private final Movement movement;
  private final Transfers transfers;
  private final Activations activations;
  private final TaskCommands taskCommands;
  private final ProcessCommands processCommands;
  private final Sweeps sweeps;
  private final Awakening awakening;
  private long nextTimerMillis;

  public Machine(EngineSettings settings, IntPredicate owns, State state) {
    this.state = state;
    References references = new References(state);
    Archive archive = new Archive(state);
    step = new Step(state, settings, owns);
    effects = new Effects(state);
    directory = new Directory(state);
    counters = new Counters(state);
    ready = new ReadyQueue(state);
    tasks = new TaskStore(state, references, archive);
    permits = new Permits(state);
    pileUps = new PileUps(state);
    movement = new Movement(state, step, tasks, counters, ready, effects, permits);
    transfers = new Transfers(step, directory, references, tasks, movement);
    activations =
        new Activations(step, directory, tasks, movement, effects, permits, transfers, ready);
    sweeps =
        new Sweeps(
            state, tasks, references, archive, directory, movement, counters, permits, pileUps);
    awakening = new Awakening(state, ready, directory);
    taskCommands =
        new TaskCommands(step, directory, references, archive, tasks, movement, transfers);
    processCommands = new ProcessCommands(step, directory, movement, counters, sweeps, awakening);
    nextTimerMillis = firstTimer();
  }

  public void apply(Command command, Stamp stamp, Outputs outputs) {
    step.begin(stamp, outputs);
    switch (command) {
      case Command.CreateTask create -> taskCommands.create(create);
      case Command.ModifyTask modify -> taskCommands.modify(modify);
      case Command.DeleteTask delete -> taskCommands.delete(delete);
      case Command.FinishEffect finish ->
          activations.finishEffect(finish.effectId(), finish.result());
      case Command.Receive receive -> receive(receive.message());
      case Command.Tick tick -> tick();
      case Command.RunReady run -> runReady(run.activationsMax());
      case Command.PutProcess put -> processCommands.put(put);
      case Command.SetProcessStatus set -> processCommands.status(set);
      case Command.RemoveProcess remove -> processCommands.remove(remove);
      case Command.ResetNode reset -> processCommands.reset(reset);
      case Command.DropArchive drop ->
          step.outputs()
              .reply(
                  drop.requestId(),
                  new Reply.Done(
                      sweeps.dropExpired(
                          (int) Math.min(drop.epochDay(), Integer.MAX_VALUE - 1),
                          Math.max(1, drop.tasksMax()))));
    }
    settle();
  }

  public boolean hasReady() {
    return !ready.isEmpty() || !sweeps.isEmpty() || !awakening.isEmpty();
  }

  public void flush() {
    tasks.flush();
    nextTimerMillis = Math.min(nextTimerMillis, tasks.takeEarliestTimer());
    counters.flush();
    ready.flush();
    step.flush();
  }

  public long nextTimerMillis() {
    return nextTimerMillis;
  }

  public long tasksFinished() {
    return movement.finished();
  }

  public void pendingEffects(Consumer<Effect> visitor) {
    effects.forEach(visitor);
  }

  /** Messages that stay in the partition are applied in the step that sent them. */
  private void settle() {
    movement.sendPiled();
    for (Message next = step.nextLocal(); next != null; next = step.nextLocal()) {
      receive(next);
      movement.sendPiled();
    }
  }

  private void runReady(int activationsMax) {
    if (!sweeps.isEmpty()) {
      sweeps.run();
    }
    if (!awakening.isEmpty() && awakening.run()) {
      nextTimerMillis = firstTimer();
    }
    for (int i = 0; i < activationsMax; i++) {
      TaskId next = ready.poll();
      if (next == null) {
        return;
      }
      activations.run(next);
      settle();
    }
  }

  private void receive(Message message) {
    switch (message) {
      case Message.CopyTask copy -> {
        LoadedProcess process = directory.find(copy.processId());
        Message.Outcome outcome =
            process == null
                ? new Message.Outcome("conveyor_is_not_active", "conveyor is not active")
                : transfers.copyHere(
                    process,
                    copy.slot(),
                    copy.reference(),
                    copy.data(),
                    Long.MAX_VALUE,
                    copy.userId());
        if (copy.call() != null) {
          step.send(new Message.Acknowledge(copy.call(), outcome));
        }
      }
      case Message.ModifyCopy modify -> {
        LoadedProcess process = directory.find(modify.processId());
        Message.Outcome outcome =
            process == null
                ? new Message.Outcome("conveyor_is_not_active", "conveyor is not active")
                : transfers.modifyHere(
                    process, modify.reference(), modify.data(), modify.userId(), modify.sync());
        step.send(new Message.Acknowledge(modify.call(), outcome));
      }
      case Message.Acknowledge acknowledge ->
          activations.acknowledge(acknowledge.call(), acknowledge.outcome());
      case Message.CountDelta delta -> piledUp(delta);
      case Message.AcquirePermit acquire -> {
        boolean granted =
            permits.acquire(
                acquire.processId(), acquire.nodeId(), acquire.call(), acquire.permitsMax());
        if (granted) {
          step.send(new Message.PermitAnswer(acquire.call(), true));
        }
      }
      case Message.PermitAnswer answer -> activations.permitted(answer);
      case Message.ReleasePermit release ->
          movement.release(release.processId(), release.nodeId(), release.call());
    }
  }

  private void piledUp(Message.CountDelta delta) {
    LoadedProcess process = directory.find(delta.processId());
    CompiledProcess graph = process == null ? null : process.graph();
    CompiledNode node =
        process == null || graph == null
            ? null
            : graph.node(process.ordinals().find(delta.nodeId()));
    TaskCounter counter = node == null ? null : node.counter();
    long threshold = counter == null ? Long.MAX_VALUE : counter.threshold();
    PileUps.Crossing crossing =
        pileUps.add(delta.processId(), delta.nodeId(), delta.delta(), threshold);
    if (crossing == PileUps.Crossing.NONE || process == null || graph == null) {
      return;
    }
    CompiledNode target = counter == null ? null : graph.node(counter.target());
    if (node != null && target != null) {
      transfers.alert(process, graph, delta.slot(), node, target, crossing == PileUps.Crossing.UP);
    }
  }

  private void tick() {
    record Due(byte[] key, TaskId task, int entry, int kind, long process) {}
    // Timers that this batch has set are in memory only.
    tasks.flush();
    tasks.takeEarliestTimer();
    List<Due> due = new ArrayList<>();
    state.scan(
        Space.INDEX,
        Keys.table('M'),
        Keys.timersAfter(step.nowMillis()),
        (key, value) -> {
          ByteBuffer in = ByteBuffer.wrap(key, 9, key.length - 9);
          due.add(
              new Due(
                  key,
                  TaskId.read(in),
                  in.getInt(),
                  in.get() & 0xff,
                  ByteBuffer.wrap(value).getLong()));
          return due.size() < TIMERS_PER_TICK;
        });
    for (Due timer : due) {
      state.delete(Space.INDEX, timer.key());
      if (!activations.timeLimit(timer.task(), timer.entry(), timer.kind())) {
        state.put(Space.INDEX, Keys.heldTimer(timer.process(), timer.key()), new byte[0]);
      }
    }
    nextTimerMillis = firstTimer();
  }

  private long firstTimer() {
    long[] first = {Long.MAX_VALUE};
    state.scan(
        Space.INDEX,
        Keys.table('M'),
        Keys.after(Keys.table('M')),
        (key, value) -> {
          first[0] = ByteBuffer.wrap(key, 1, 8).getLong();
          return false;
        });
    return first[0];
  }

  /** A reply to a command that names something unknown. */
  static Reply.Refused notFound(long processId) {
    return new Reply.Refused(
        Refusal.PROCESS_NOT_FOUND, "Object conv with id " + processId + " does not exist");
  }
}
