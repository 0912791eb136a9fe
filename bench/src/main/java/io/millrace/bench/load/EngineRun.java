package io.millrace.bench.load;

import io.millrace.bench.Figure;
import io.millrace.bench.data.Records;
import io.millrace.bench.data.Solution;
import io.millrace.engine.command.Command;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EffectExecutor;
import io.millrace.engine.command.EffectResult;
import io.millrace.engine.command.EngineSettings;
import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.Slots;
import io.millrace.engine.json.Json;
import io.millrace.runtime.LocalHost;
import io.millrace.runtime.LocalHostSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** CloudTrail records through router and checks, in process, each flushed before it is answered. */
public final class EngineRun {
  private static final int IN_FLIGHT = 8_000;

  private final Solution solution;
  private final Records records;

  public EngineRun(Solution solution, Records records) {
    this.solution = solution;
    this.records = records;
  }

  /** Alerts are taken at once: what is measured is the engine. */
  private static final class TakeAlerts implements EffectExecutor {
    @Override
    public boolean accepts(Effect effect) {
      return effect instanceof Effect.Notify;
    }

    @Override
    public void start(Effect effect, Consumer<EffectResult> done) {
      done.accept(new EffectResult.Notified(""));
    }

    @Override
    public void cancel(EffectId effectId) {}
  }

  /** Runs for about so many seconds and measures the second half. */
  public List<Figure> run(Path folder, int seconds) throws IOException, InterruptedException {
    // Parsing belongs to the door, and is measured with it (HTTP, replay): here it is done before.
    List<ObjectNode> parsed = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      parsed.add(Json.parseObject(records.utf8(i)));
    }
    LongAdder events = new LongAdder();
    LongAdder refused = new LongAdder();
    try (LocalHost host =
        LocalHost.open(
            LocalHostSettings.in(folder),
            EngineSettings.DEFAULT,
            List.of(new TakeAlerts()),
            InstantSource.system(),
            new SplittableRandom(1))) {
      for (ProcessSource process : solution.processes()) {
        host.broadcast(id -> new Command.PutProcess(id, process)).join();
      }
      long router = solution.routerId();
      Semaphore window = new Semaphore(IN_FLIGHT);
      long started = System.nanoTime();
      long half = started + seconds * 500_000_000L;
      long end = started + seconds * 1_000_000_000L;
      long halfEvents = 0;
      long halfTasks = 0;
      long halfAt = 0;
      for (long i = 0; System.nanoTime() < end; i++) {
        if (halfAt == 0 && System.nanoTime() >= half) {
          halfAt = System.nanoTime();
          halfEvents = events.sum();
          halfTasks = host.status().tasksFinished();
        }
        window.acquire();
        String reference = Records.eventId(i);
        ObjectNode template = parsed.get((int) (i % parsed.size()));
        ObjectNode data = Json.object();
        data.setAll(template);
        data.put("eventID", reference);
        int slot = Slots.ofReference(router, reference);
        host.submit(id -> new Command.CreateTask(id, slot, router, reference, data, 1, true))
            .thenAccept(reply -> {
              if (reply instanceof Reply.Created) {
                events.increment();
              } else {
                refused.increment();
              }
              window.release();
            });
      }
      double spent = (System.nanoTime() - halfAt) / 1e9;
      double eventsPerSecond = (events.sum() - halfEvents) / spent;
      double tasksPerSecond = (host.status().tasksFinished() - halfTasks) / spent;
      window.acquire(IN_FLIGHT);
      String note =
          "%d s, records of %d bytes, %d refused, commit %.0f µs"
              .formatted(
                  seconds, records.meanBytes(), refused.sum(), host.status().commitMicrosMean());
      return List.of(
          Figure.rate("tasks completed, in process", tasksPerSecond, "/s", 60_000.0, note),
          Figure.plain("records taken, in process", eventsPerSecond, "/s", note));
    }
  }
}
