package io.millrace.runtime;

import static io.millrace.runtime.HostFixture.SLOT;
import static io.millrace.runtime.HostFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EffectExecutor;
import io.millrace.engine.command.EffectResult;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.TaskId;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work outside: begun after the commit, again after a crash, its result a command. */
class LocalHostEffectsTest {
  private static final EffectResult ANSWER =
      new EffectResult.HttpFailed(EffectResult.HttpFailure.TIMEOUT, "");

  @TempDir Path folder;
  private HostFixture world;
  private final Recorder recorder = new Recorder();

  @BeforeEach
  void world() {
    world = new HostFixture(folder);
    world.executors.add(recorder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void anEffectStartsAfterTheCommitAndItsResultComesBackOnce() {
    LocalHost host = world.open();
    world.disk.block();
    CompletableFuture<Reply> reply = world.create(1, SLOT[1], "t", "{\"effect\":true}");
    world.disk.awaitWaiting(1);
    assertThat(recorder.started).isEmpty();
    world.disk.free();
    EffectId id = effectOf(await(reply));
    Awaitility.await().until(() -> recorder.started.containsKey(id));
    Awaitility.await().until(() -> host.status().pendingEffects() == 1);
    recorder.started.get(id).accept(ANSWER);
    recorder.started.get(id).accept(ANSWER);
    Awaitility.await().until(() -> host.status().pendingEffects() == 0);
    await(world.create(1, SLOT[1], "next", "{}"));
    assertThat(world.applied).containsExactly("1/t", "finished 1", "1/next");
  }

  @Test
  void anEffectThatWasPendingInACrashIsStartedAgain() {
    LocalHost host = world.open();
    EffectId id = effectOf(await(world.create(1, SLOT[2], "t", "{\"effect\":true}")));
    Awaitility.await().until(() -> recorder.started.containsKey(id));
    host.crash();
    recorder.started.get(id).accept(ANSWER);
    recorder.started.clear();
    LocalHost again = world.open();
    Awaitility.await().until(() -> recorder.started.containsKey(id));
    recorder.started.get(id).accept(ANSWER);
    Awaitility.await().until(() -> again.status().pendingEffects() == 0);
    world.close();
    recorder.started.clear();
    world.open();
    await(world.create(1, SLOT[2], "next", "{}"));
    assertThat(recorder.started).isEmpty();
  }

  @Test
  void cancellingIsForwarded() {
    LocalHost host = world.open();
    EffectId id = effectOf(await(world.create(1, SLOT[2], "t", "{\"effect\":true}")));
    Awaitility.await().until(() -> recorder.started.containsKey(id));
    await(host.submit(r -> new Command.DeleteTask(r, SLOT[2], 1, id.task(), null, null, 0)));
    Awaitility.await().until(() -> recorder.cancelled.contains(id));
    Awaitility.await().until(() -> host.status().pendingEffects() == 0);
  }

  @Test
  void withoutAnExecutorTheEffectFails() {
    world.executors.clear();
    LocalHost host = world.open();
    await(world.create(1, SLOT[0], "t", "{\"effect\":true}"));
    Awaitility.await().until(() -> world.applied.contains("finished 1"));
    assertThat(host.status().pendingEffects()).isZero();
  }

  @Test
  void anExecutorThatThrowsFailsTheEffectAndNotTheHost() {
    recorder.throwing = true;
    LocalHost host = world.open();
    await(world.create(1, SLOT[0], "t", "{\"effect\":true}"));
    Awaitility.await().until(() -> world.applied.contains("finished 1"));
    assertThat(host.status().accepting()).isTrue();
  }

  private static EffectId effectOf(Reply reply) {
    TaskId task = ((Reply.Created) reply).taskId();
    return new EffectId(task, 1, 0);
  }

  /** Begins nothing, remembers everything. */
  private static final class Recorder implements EffectExecutor {
    final Map<EffectId, Consumer<EffectResult>> started = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<EffectId> cancelled = new ConcurrentLinkedQueue<>();
    volatile boolean throwing;

    @Override
    public boolean accepts(Effect effect) {
      return effect instanceof Effect.HttpCall;
    }

    @Override
    public void start(Effect effect, Consumer<EffectResult> done) {
      if (throwing) {
        throw new IllegalStateException("a bad executor");
      }
      started.put(effect.id(), done);
    }

    @Override
    public void cancel(EffectId effectId) {
      cancelled.add(effectId);
    }
  }
}
