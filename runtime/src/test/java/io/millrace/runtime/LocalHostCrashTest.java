package io.millrace.runtime;

import static io.millrace.runtime.HostFixture.SLOT;
import static io.millrace.runtime.HostFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.command.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The promises over a crash: nothing acknowledged is lost, nothing happens twice. */
class LocalHostCrashTest {
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
  void everyAcknowledgedCreateIsThereOnce() {
    LocalHost host = world.open();
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    for (int i = 0; i < 8_000; i++) {
      replies.add(world.create(i % 3, SLOT[i % 4], "t" + i, "{}"));
    }
    Awaitility.await().until(() -> replies.stream().anyMatch(CompletableFuture::isDone));
    host.crash();
    assertThat(replies).allMatch(CompletableFuture::isDone);
    LocalHost again = world.open();
    assertThat(again.status().accepting()).isTrue();
    world.close();
    List<Integer> acknowledged =
        IntStream.range(0, replies.size())
            .filter(i -> replies.get(i).join() instanceof Reply.Created)
            .boxed()
            .toList();
    assertThat(acknowledged).isNotEmpty();
    for (int i = 0; i < acknowledged.size(); i += 97) {
      int task = acknowledged.get(i);
      assertThat(world.created(task % 4, "t" + task)).isEqualTo(1);
    }
  }

  /**
   * Tasks of partition 0 send messages to partition 1 (of the other loop) and 2 (of the same). The
   * disk fails at one commit, before or after the batch was written; then everything is opened
   * again. Every message whose sender is in the store must have been received once, and in order.
   */
  @ParameterizedTest
  @CsvSource({
    "1, false", "1, true", "2, false", "2, true", "3, false", "3, true", "4, false", "4, true",
    "5, false", "5, true", "7, false", "7, true", "10, false", "10, true", "15, false", "15, true"
  })
  void messagesAreReceivedOnceWhereverItCrashes(int failingCommit, boolean afterWriting) {
    LocalHost host = world.open();
    world.disk.failAt(failingCommit, afterWriting);
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      replies.add(
          world.create(
              5, SLOT[0], "t" + i, "{\"sendTo\":%d,\"number\":%d}".formatted(SLOT[1 + i % 2], i)));
      if (i % 4 == 0) {
        await(replies.getLast());
      }
    }
    replies.forEach(HostFixture::await);
    host.crash();
    world.disk.recover();
    world.open();
    awaitQuiet();
    world.close();

    assertThat(world.outboxMessages()).isZero();
    for (int receiver = 1; receiver <= 2; receiver++) {
      int first = receiver - 1;
      assertThat(world.received(receiver, 5))
          .isEqualTo(
              IntStream.range(0, 40)
                  .filter(i -> i % 2 == first && world.created(0, "t" + i) == 1)
                  .mapToObj(Integer::toString)
                  .collect(Collectors.joining(" ")));
    }
    for (int i = 0; i < 40; i++) {
      if (replies.get(i).join() instanceof Reply.Created) {
        assertThat(world.created(0, "t" + i)).isEqualTo(1);
      }
    }
  }

  private void awaitQuiet() {
    LocalHost host = Objects.requireNonNull(world.host);
    Awaitility.await()
        .until(() -> host.status().inboxCommands() == 0 && host.status().commits() > 0);
    // One more round through every loop: what was taken from an inbox is committed before it.
    for (int partition = 0; partition < 4; partition++) {
      await(world.create(1, SLOT[partition], "quiet" + partition, "{}"));
    }
  }

  @Test
  void aMessageThatCouldNotBeHandedOverIsDeliveredAtTheNextStart() {
    LocalHost host = world.open();
    await(world.create(5, SLOT[0], "a", "{\"sendTo\":%d,\"number\":1}".formatted(SLOT[1])));
    awaitQuiet();
    world.disk.failAt(1, true);
    await(world.create(5, SLOT[0], "b", "{\"sendTo\":%d,\"number\":2}".formatted(SLOT[1])));
    host.crash();
    assertThat(world.outboxMessages()).isEqualTo(1);
    assertThat(world.received(1, 5)).isEqualTo("1");
    world.disk.recover();
    world.open();
    awaitQuiet();
    world.close();
    assertThat(world.received(1, 5)).isEqualTo("1 2");
    assertThat(world.outboxMessages()).isZero();
  }
}
