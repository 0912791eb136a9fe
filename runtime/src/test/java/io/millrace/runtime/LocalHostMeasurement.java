package io.millrace.runtime;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.Outputs;
import io.millrace.engine.command.Reply;
import io.millrace.engine.command.Stamp;
import io.millrace.engine.id.Slots;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import io.millrace.runtime.loop.PartitionCore;
import io.millrace.runtime.rocks.CommitPort;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the host itself costs: creates per second with steps that only look a reference up, and put
 * one task of 300 bytes and two short index keys. Not run by the build: {@code
 * -Dtest=LocalHostMeasurement -Dmeasure.seconds=10}.
 */
class LocalHostMeasurement {
  private static final int PRODUCERS = 2;
  private static final int IN_FLIGHT_MAX = 4_096;

  @TempDir Path folder;

  @Test
  void createsPerSecond() throws InterruptedException {
    LocalHostSettings settings = LocalHostSettings.in(folder).withLoops(2, 2);
    try (LocalHost host =
        LocalHost.open(
            settings,
            (ownsSlot, state) -> new CreatesOnly(state),
            List.of(),
            InstantSource.system(),
            new SplittableRandom(1),
            CommitPort.SYNCED)) {
      run(host, 2);
      long commitsBefore = host.status().commits();
      int seconds = Integer.getInteger("measure.seconds", 5);
      double perSecond = run(host, seconds);
      System.out.printf(
          "%,.0f creates/s, %,.0f commits/s, %.0f us a commit%n",
          perSecond,
          (host.status().commits() - commitsBefore) / (double) seconds,
          host.status().commitMicrosMean());
    }
  }

  private static double run(LocalHost host, int seconds) throws InterruptedException {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long[] done = new long[PRODUCERS];
    List<Thread> producers = new ArrayList<>();
    for (int p = 0; p < PRODUCERS; p++) {
      int producer = p;
      producers.add(
          Thread.ofPlatform()
              .start(() -> {
                Semaphore window = new Semaphore(IN_FLIGHT_MAX);
                SplittableRandom random = new SplittableRandom(producer);
                while (System.nanoTime() < end) {
                  window.acquireUninterruptibly();
                  int slot = random.nextInt(Slots.COUNT);
                  long process = random.nextInt(20);
                  host.submit(id -> new Command.CreateTask(id, slot, process, null, data, 0, false))
                      .thenAccept(reply -> window.release());
                  done[producer]++;
                }
                window.acquireUninterruptibly(IN_FLIGHT_MAX);
              }));
    }
    long began = System.nanoTime();
    for (Thread producer : producers) {
      producer.join();
    }
    return (done[0] + done[1]) / ((System.nanoTime() - began) / 1e9);
  }

  /** As little engine as possible. */
  private static final class CreatesOnly implements PartitionCore {
    private static final byte[] TASK = new byte[300];
    private static final byte[] SHORT = new byte[8];

    static {
      new Random(1).nextBytes(TASK);
    }

    private final State state;
    private long sequence;

    CreatesOnly(State state) {
      this.state = state;
    }

    @Override
    public void apply(Command command, Stamp stamp, Outputs outputs) {
      switch (command) {
        case Command.CreateTask c -> {
          TaskId id = TaskId.of(stamp.timeMillis(), c.slot(), sequence++);
          if (state.get(Space.INDEX, key(id, 1)) == null) {
            state.put(Space.TASKS, key(id, 0), TASK);
            state.put(Space.INDEX, key(id, 1), SHORT);
            state.put(Space.INDEX, key(id, 2), SHORT);
          }
          outputs.reply(c.requestId(), new Reply.Created(id, null, false));
        }
        case Command.DropArchive c -> outputs.reply(c.requestId(), new Reply.Done(false));
        default -> {}
      }
    }

    private static byte[] key(TaskId id, int kind) {
      ByteBuffer key = ByteBuffer.allocate(TaskId.BYTES + 3);
      key.put((byte) kind).putShort((short) id.slot());
      id.write(key);
      return key.array();
    }

    @Override
    public boolean hasReady() {
      return false;
    }

    @Override
    public void flush() {}

    @Override
    public long nextTimerMillis() {
      return Long.MAX_VALUE;
    }

    @Override
    public long tasksFinished() {
      return 0;
    }

    @Override
    public void pendingEffects(Consumer<Effect> visitor) {}
  }
}
