package io.millrace.bench.micro;

import io.millrace.bench.data.Records;
import io.millrace.bench.data.Solution;
import io.millrace.engine.Partition;
import io.millrace.engine.command.Command;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EngineSettings;
import io.millrace.engine.command.Event;
import io.millrace.engine.command.Message;
import io.millrace.engine.command.Outputs;
import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.command.Reply;
import io.millrace.engine.command.Stamp;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.json.Json;
import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.node.ObjectNode;

/** One record through router and checks: all activations, all writes, to a state that forgets. */
@org.openjdk.jmh.annotations.State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class RouterBenchmark {
  private static final int BATCH = 500;

  private final List<ObjectNode> records = new ArrayList<>();
  private @Nullable Partition partition;
  private long router;
  private long number;
  private final Nowhere outputs = new Nowhere();

  @Setup
  public void open() throws IOException {
    Solution solution = new Solution(Path.of(System.getProperty("millrace.root", ".")));
    Records day = new Records(Files.createTempDirectory("millrace-bench"));
    for (int i = 0; i < day.size(); i++) {
      records.add(Json.parseObject(day.utf8(i)));
    }
    partition = new Partition(EngineSettings.DEFAULT, slot -> true, new Forgetful());
    router = solution.routerId();
    for (ProcessSource source : solution.processes()) {
      partition.apply(new Command.PutProcess(0, source), new Stamp(1, 1), outputs);
    }
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void record() {
    Partition running = java.util.Objects.requireNonNull(partition);
    for (int i = 0; i < BATCH; i++) {
      ObjectNode data = records.get((int) (number++ % records.size()));
      running.apply(
          new Command.CreateTask(1, 7, router, null, data, 1, false),
          new Stamp(1_700_000_000_000L, number),
          outputs);
    }
    while (running.hasReady()) {
      running.apply(new Command.RunReady(BATCH), new Stamp(1_700_000_000_000L, 1), outputs);
    }
    running.flush();
  }

  /** Keeps nothing: what is measured is the engine, not a map. */
  private static final class Forgetful implements State {
    @Override
    public byte @Nullable [] get(Space space, byte[] key) {
      return null;
    }

    @Override
    public void put(Space space, byte[] key, byte[] value) {}

    @Override
    public void delete(Space space, byte[] key) {}

    @Override
    public void deleteRange(Space space, byte[] from, byte[] to) {}

    @Override
    public void scan(Space space, byte[] from, byte[] to, Visitor visitor) {}

    @Override
    public void scanBackwards(Space space, byte[] from, byte[] to, Visitor visitor) {}
  }

  private static final class Nowhere implements Outputs {
    @Override
    public void reply(long requestId, Reply reply) {}

    @Override
    public void send(Message message) {}

    @Override
    public void start(Effect effect) {}

    @Override
    public void cancel(EffectId effectId) {}

    @Override
    public void event(Event event) {}
  }
}
