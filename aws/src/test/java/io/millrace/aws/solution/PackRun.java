package io.millrace.aws.solution;

import io.millrace.engine.Partition;
import io.millrace.engine.command.Command;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EffectResult;
import io.millrace.engine.command.EngineSettings;
import io.millrace.engine.command.Event;
import io.millrace.engine.command.Message;
import io.millrace.engine.command.Outputs;
import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.command.Reply;
import io.millrace.engine.command.Stamp;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.state.MemoryState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pack on a partition in memory. A record goes into the router and runs until everything rests;
 * what the pack tells its channels comes out.
 */
final class PackRun {
  private static final long START_MILLIS = 1_764_000_000_000L;

  private final Partition partition =
      new Partition(EngineSettings.DEFAULT, slot -> true, new MemoryState());
  private final ArrayDeque<Message> messages = new ArrayDeque<>();
  private final ArrayDeque<Effect.Notify> asked = new ArrayDeque<>();
  private long seed = 1;
  private long request;

  PackRun() {
    this(Pack.processes());
  }

  PackRun(List<ProcessSource> processes) {
    for (ProcessSource process : processes) {
      apply(new Command.PutProcess(++request, process));
    }
    settle();
  }

  /** Runs a record through the pack; answers the alerts, in order. */
  List<Effect.Notify> alertsOf(ObjectNode record) {
    int slot = (int) (seed % 64);
    apply(new Command.CreateTask(++request, slot, Pack.ROUTER, null, record, 7, false));
    List<Effect.Notify> told = new ArrayList<>();
    settle();
    while (!asked.isEmpty()) {
      Effect.Notify alert = asked.remove();
      told.add(alert);
      apply(new Command.FinishEffect(alert.id(), new EffectResult.Notified("d" + told.size())));
      settle();
    }
    return told;
  }

  /** The detections that a record sets off. */
  List<String> rulesOf(ObjectNode record) {
    return alertsOf(record).stream().map(PackRun::rule).toList();
  }

  static String rule(Effect.Notify alert) {
    return alert.fields().getOrDefault("Detection", "");
  }

  private void settle() {
    while (partition.hasReady() || !messages.isEmpty()) {
      while (partition.hasReady()) {
        apply(new Command.RunReady(64));
      }
      if (!messages.isEmpty()) {
        apply(new Command.Receive(messages.remove()));
      }
    }
    partition.flush();
  }

  private void apply(Command command) {
    partition.apply(command, new Stamp(START_MILLIS + seed, seed++), new Recorder());
  }

  private final class Recorder implements Outputs {
    @Override
    public void reply(long requestId, Reply reply) {
      if (reply instanceof Reply.Refused refused) {
        throw new AssertionError("The engine refused: " + refused);
      }
    }

    @Override
    public void send(Message message) {
      messages.add(message);
    }

    @Override
    public void start(Effect effect) {
      if (!(effect instanceof Effect.Notify notify)) {
        throw new AssertionError("The pack only notifies, but asked for " + effect);
      }
      asked.add(notify);
    }

    @Override
    public void cancel(EffectId effectId) {}

    @Override
    public void event(Event event) {}
  }
}
