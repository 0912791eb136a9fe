package io.millrace.runtime;

import static io.millrace.runtime.HostFixture.SLOT;
import static io.millrace.runtime.HostFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.Event;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.TaskId;
import io.millrace.runtime.host.HostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers and operators see of the host, with steps of the tests' own making. */
class LocalHostTest {
  @TempDir Path folder;
  private HostFixture world;

  @BeforeEach
  void world() {
    world = new HostFixture(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aCommandIsAnsweredByThePartitionOfItsSlot() {
    world.open();
    Reply reply = await(world.create(1, SLOT[3], "r", "{}"));
    assertThat(reply).isInstanceOf(Reply.Created.class);
    assertThat(((Reply.Created) reply).taskId().slot()).isEqualTo(SLOT[3]);
    world.close();
    assertThat(world.created(3, "r")).isEqualTo(1);
    assertThat(world.created(0, "r")).isZero();
  }

  @Test
  void aBroadcastIsDoneWhenEveryPartitionHasIt() {
    LocalHost host = world.open();
    assertThat(
            await(host.broadcast(id -> new Command.SetProcessStatus(id, 7, ProcessStatus.ACTIVE))))
        .isEqualTo(new Reply.Done(false));
    assertThat(world.applied).containsExactly("status 7", "status 7", "status 7", "status 7");
    assertThat(await(host.broadcast(id -> new Command.RemoveProcess(id, 99))))
        .isEqualTo(new Reply.Done(true));
  }

  @Test
  void aFullInboxAnswersAtOnceAndKeepsWhatItTook() {
    world.settings = world.settings.withInboxCommandsMax(10);
    world.open();
    world.disk.block();
    List<CompletableFuture<Reply>> taken = new ArrayList<>();
    taken.add(world.create(1, SLOT[0], "first", "{}"));
    world.disk.awaitWaiting(0);
    for (int i = 0; i < 10; i++) {
      taken.add(world.create(1, SLOT[0], "t" + i, "{}"));
    }
    CompletableFuture<Reply> refused = world.create(1, SLOT[0], "late", "{}");
    assertThat(refused).isCompleted();
    assertThat(refused.join()).isInstanceOf(Reply.Overloaded.class);
    assertThat(((Reply.Overloaded) refused.join()).retryAfterMillis()).isPositive();
    assertThat(taken).noneMatch(CompletableFuture::isDone);
    world.disk.free();
    assertThat(taken).allSatisfy(r -> assertThat(await(r)).isInstanceOf(Reply.Created.class));
    world.close();
    assertThat(world.created(0, "t9")).isEqualTo(1);
    assertThat(world.created(0, "late")).isZero();
  }

  @Test
  void aFloodForOneProcessDoesNotDelayAnother() {
    world.open();
    world.disk.block();
    world.create(1, SLOT[0], "first", "{}");
    world.disk.awaitWaiting(0);
    List<CompletableFuture<Reply>> flood = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      flood.add(world.create(1, SLOT[0], "f" + i, "{}"));
    }
    CompletableFuture<Reply> alert = world.create(2, SLOT[0], "alert", "{}");
    world.disk.free();
    assertThat(await(alert)).isInstanceOf(Reply.Created.class);
    assertThat(world.applied.stream().limit(3)).containsExactly("1/first", "1/f0", "2/alert");
    assertThat(flood).allSatisfy(r -> assertThat(await(r)).isInstanceOf(Reply.Created.class));
  }

  @Test
  void whatCouldNotBeWrittenIsNeverAcknowledged() {
    LocalHost host = world.open();
    assertThat(await(world.create(1, SLOT[0], "before", "{}"))).isInstanceOf(Reply.Created.class);
    world.disk.failAt(1, false);
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      replies.add(world.create(1, SLOT[i % 4], "after" + i, "{}"));
    }
    assertThat(replies).allSatisfy(r -> assertThat(await(r)).isInstanceOf(Reply.Unavailable.class));
    Reply late = await(world.create(1, SLOT[1], "late", "{}"));
    assertThat(late)
        .isInstanceOfSatisfying(
            Reply.Unavailable.class,
            u -> assertThat(u.description()).contains(folder.toString(), "No space left"));
    assertThat(host.status().accepting()).isFalse();
    assertThat(host.status().reason()).contains("No space left");
    assertThat(await(host.broadcast(id -> new Command.RemoveProcess(id, 1))))
        .isInstanceOf(Reply.Unavailable.class);
    world.close();
    world.disk.recover();
    world.open();
    assertThat(await(world.create(1, SLOT[0], "again", "{}"))).isInstanceOf(Reply.Created.class);
    world.close();
    assertThat(world.created(0, "before")).isEqualTo(1);
    assertThat(world.created(0, "again")).isEqualTo(1);
    assertThat(world.created(0, "after0")).isZero();
  }

  @Test
  void aDefectInAStepStopsTheHostAndTellsEveryCaller() {
    LocalHost host = world.open();
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      replies.add(world.create(1, SLOT[i % 4], "t" + i, i == 100 ? "{\"die\":true}" : "{}"));
    }
    assertThat(replies).allSatisfy(r -> assertThat(await(r)).isNotNull());
    assertThat(await(replies.get(100))).isInstanceOf(Reply.Unavailable.class);
    Awaitility.await().until(() -> !host.status().accepting());
    assertThat(host.status().reason()).contains("a defect");
  }

  @Test
  void closingFinishesWhatWasAccepted() throws InterruptedException {
    LocalHost host = world.open();
    world.disk.block();
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    replies.add(world.create(1, SLOT[0], "t0", "{}"));
    world.disk.awaitWaiting(0);
    for (int i = 1; i < 5_000; i++) {
      replies.add(world.create(1, SLOT[i % 4], "t" + i, "{}"));
    }
    Thread closing = Thread.ofPlatform().start(host::close);
    Awaitility.await().until(() -> !host.status().accepting());
    world.disk.free();
    closing.join();
    assertThat(replies).allSatisfy(r -> assertThat(r.join()).isInstanceOf(Reply.Created.class));
    assertThat(world.created(3, "t4999")).isEqualTo(1);
  }

  @Test
  void aClosedHostSaysSoAndMayBeClosedAgain() {
    LocalHost host = world.open();
    host.close();
    host.close();
    assertThat(await(world.create(1, 0, "late", "{}")))
        .isEqualTo(new Reply.Unavailable("The host is stopping"));
    assertThat(host.status().accepting()).isFalse();
    assertThatThrownBy(() -> host.task(1, new TaskId(1, 1)))
        .isInstanceOfSatisfying(
            HostException.class, e -> assertThat(e.kind()).isEqualTo(HostException.Kind.CLOSED))
        .hasMessageContaining(folder.toString());
  }

  @Test
  void timersFireWhenDueAndNotBefore() {
    world.open();
    long due = world.clockMillis.get() + 60_000;
    await(world.create(1, SLOT[2], "t", "{\"dueMillis\":%d}".formatted(due)));
    world.clockMillis.addAndGet(59_999);
    await(world.create(1, SLOT[2], "other", "{}"));
    assertThat(world.applied).containsExactly("1/t", "1/other");
    world.clockMillis.incrementAndGet();
    Awaitility.await().until(() -> world.applied.contains("fired " + due));
  }

  @Test
  void overdueTimersFireAfterReopening() {
    world.open();
    long due = world.clockMillis.get() + 60_000;
    await(world.create(1, SLOT[1], "t", "{\"dueMillis\":%d}".formatted(due)));
    world.close();
    world.clockMillis.addAndGet(3_600_000);
    world.open();
    Awaitility.await().until(() -> world.applied.contains("fired " + due));
  }

  @Test
  void timeNeverGoesBackNotEvenOverARestart() {
    world.open();
    Reply first = await(world.create(1, SLOT[0], "a", "{}"));
    world.close();
    world.clockMillis.addAndGet(-5_000);
    world.open();
    Reply second = await(world.create(1, SLOT[0], "b", "{}"));
    assertThat(((Reply.Created) second).taskId().timeMillis())
        .isEqualTo(((Reply.Created) first).taskId().timeMillis());
  }

  @Test
  void listenersHearEventsEvenWhenOneOfThemFails() {
    LocalHost host = world.open();
    ConcurrentLinkedQueue<Event> heard = new ConcurrentLinkedQueue<>();
    host.onEvent(event -> {
      throw new IllegalStateException("a bad listener");
    });
    host.onEvent(heard::add);
    await(host.broadcast(id -> new Command.SetProcessStatus(id, 7, ProcessStatus.PAUSED)));
    Awaitility.await().until(() -> heard.size() == 4);
    assertThat(host.status().accepting()).isTrue();
  }

  @Test
  void aSecondHostOnTheSameFolderIsRefused() {
    world.open();
    assertThatThrownBy(() -> new HostFixture(folder).open())
        .isInstanceOfSatisfying(
            HostException.class, e -> assertThat(e.kind()).isEqualTo(HostException.Kind.LOCKED))
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("process id " + ProcessHandle.current().pid());
    assertThatThrownBy(() -> LocalHost.auditStopped(folder, (stage, done, total) -> {}))
        .hasMessageContaining("in use by another process");
    assertThat(await(world.create(1, 0, "still", "{}"))).isInstanceOf(Reply.Created.class);
  }

  @Test
  void anotherNumberOfPartitionsIsRefusedAndNoneTakesWhatIsThere() {
    world.open();
    world.close();
    world.settings = world.settings.withLoops(3, 2);
    assertThatThrownBy(() -> world.open())
        .isInstanceOfSatisfying(
            HostException.class,
            e -> assertThat(e.kind()).isEqualTo(HostException.Kind.INCOMPATIBLE))
        .hasMessageContaining("has 4 partitions")
        .hasMessageContaining("ask for 6");
    world.settings = world.settings.withLoops(3, 0);
    assertThat(world.open().status().partitions()).isEqualTo(4);
  }

  @Test
  void aDamagedStoreIsRefusedWithFolderAndRemedy() throws Exception {
    world.open();
    await(world.create(1, 0, "t", "{}"));
    world.close();
    try (var files = Files.list(folder.resolve("rocksdb"))) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("MANIFEST")).toList()) {
        Files.writeString(file, "this is no manifest");
      }
    }
    assertThatThrownBy(() -> world.open())
        .isInstanceOfSatisfying(
            HostException.class, e -> assertThat(e.kind()).isEqualTo(HostException.Kind.CORRUPT))
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("backup");
  }

  @Test
  void aFolderWithoutAStoreCannotBeAudited() {
    assertThatThrownBy(() -> LocalHost.auditStopped(folder, (stage, done, total) -> {}))
        .hasMessageContaining("There is no store in " + folder);
    assertThat(folder).isEmptyDirectory();
  }
}
