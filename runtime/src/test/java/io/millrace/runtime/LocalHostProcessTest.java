package io.millrace.runtime;

import static io.millrace.runtime.ProcessHost.COPIED;
import static io.millrace.runtime.ProcessHost.COPY_BY_REFERENCE;
import static io.millrace.runtime.ProcessHost.DELAY;
import static io.millrace.runtime.ProcessHost.FINAL;
import static io.millrace.runtime.ProcessHost.START;
import static io.millrace.runtime.ProcessHost.WAIT_AND_FINISH;
import static io.millrace.runtime.ProcessHost.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.command.Reply;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.view.NodeCounts;
import io.millrace.engine.view.TaskView;
import io.millrace.engine.view.TrafficPoint;
import io.millrace.runtime.host.AuditReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes in the local host; every test ends with an audit of the stopped store. */
class LocalHostProcessTest {
  private static final long WAITING = 1001;
  private static final long COPYING = 1003;

  @TempDir Path folder;
  private ProcessHost world;

  @BeforeEach
  void open() {
    world = new ProcessHost(folder);
    world.open();
    world.deploy(WAITING, WAIT_AND_FINISH, 30);
  }

  @AfterEach
  void audit() {
    world.close();
    AuditReport report = LocalHost.auditStopped(folder, (stage, done, total) -> {});
    assertThat(report.findings()).isEmpty();
    assertThat(report.clean()).isTrue();
  }

  @Test
  void aTaskWaitsAndFinishesWhenItsTimeHasCome() {
    TaskId id = created(await(world.create(WAITING, "r1", "{\"a\":1}")));
    assertThat(world.host().taskByReference(WAITING, "r1"))
        .hasValueSatisfying(task -> {
          assertThat(task.id()).isEqualTo(id);
          assertThat(task.nodeId()).isEqualTo(DELAY);
          assertThat(task.archived()).isFalse();
        });
    assertThat(world.host().status().liveTasks()).isEqualTo(1);
    world.clockMillis.addAndGet(30_000);
    Awaitility.await()
        .until(() -> world.host().task(WAITING, id).filter(TaskView::archived).isPresent());
    assertThat(world.host().status().tasksFinished()).isEqualTo(1);
    assertThat(world.host().task(WAITING + 1, id)).isEmpty();
  }

  @Test
  void readsAddUpAllPartitions() {
    List<TaskId> ids = create(100);
    assertThat(world.host().counts(WAITING))
        .containsEntry(START, new NodeCounts(100, 100, 0))
        .containsEntry(DELAY, new NodeCounts(100, 0, 100));
    List<TaskId> sorted = ids.stream().sorted().toList();
    assertThat(idsOf(world.host().tasks(WAITING, DELAY, 0, 1000, false))).isEqualTo(sorted);
    assertThat(idsOf(world.host().tasks(WAITING, DELAY, 90, 20, false)))
        .isEqualTo(sorted.subList(90, 100));
    assertThat(idsOf(world.host().tasks(WAITING, DELAY, 10, 5, true)))
        .isEqualTo(sorted.reversed().subList(10, 15));
    long now = world.clockMillis.get();
    assertThat(
            world.host().traffic(WAITING, now - 60_000, now + 60_000, TrafficPoint.Interval.MINUTE))
        .filteredOn(point -> point.nodeId().equals(DELAY))
        .extracting(TrafficPoint::in)
        .containsExactly(100L);
    assertThatThrownBy(() -> world.host().tasks(WAITING, DELAY, 99_999, 2, true))
        .hasMessageContaining("at most 100000");
  }

  @Test
  void timersSurviveACrash() {
    List<TaskId> ids = create(50);
    world.host().crash();
    world.clockMillis.addAndGet(31_000);
    world.open();
    Awaitility.await()
        .until(() ->
            world.host().counts(WAITING).get(FINAL) != null
                && world.host().counts(WAITING).get(FINAL).count() == 50);
    assertThat(world.host().counts(WAITING)).containsEntry(DELAY, new NodeCounts(50, 50, 0));
    assertThat(world.host().task(WAITING, ids.getFirst())).isPresent();
  }

  @Test
  void copiesWithReferencesReachOtherPartitionsOnceOverManyCrashes() {
    world.deploy(COPYING, COPY_BY_REFERENCE, 30);
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      int first = replies.size();
      for (int i = 0; i < 400; i++) {
        replies.add(world.create(COPYING, null, "{\"name\":\"c%d\"}".formatted(replies.size())));
      }
      Awaitility.await()
          .until(() -> replies.subList(first, first + 400).stream().anyMatch(r -> r.isDone()));
      world.host().crash();
      world.open();
    }
    Awaitility.await()
        .until(() ->
            world.host().status().inboxCommands() == 0
                && world.host().counts(COPYING).entrySet().stream()
                    .allMatch(e -> e.getKey().equals(COPIED) || e.getValue().count() == 0));
    Map<?, NodeCounts> counts = world.host().counts(COPYING);
    NodeCounts copied = counts.get(COPIED);
    assertThat(copied).isNotNull();
    assertThat(world.host().counts(WAITING).get(DELAY)).isNotNull();
    Awaitility.await()
        .until(() -> world.host().counts(WAITING).get(DELAY).count() == copied.count());
    for (int i = 0; i < replies.size(); i++) {
      if (await(replies.get(i)) instanceof Reply.Created created) {
        assertThat(world.host().task(COPYING, created.taskId())).isPresent();
        assertThat(world.host().taskByReference(WAITING, "c" + i)).isPresent();
      }
    }
  }

  @Test
  void retentionDropsWhatExpired() {
    world.deploy(WAITING, WAIT_AND_FINISH, 1);
    List<TaskId> ids = create(20);
    world.clockMillis.addAndGet(30_000);
    Awaitility.await()
        .until(
            () -> world.host().task(WAITING, ids.getLast()).filter(TaskView::archived).isPresent());
    world.close();
    world.clockMillis.addAndGet(Duration.ofDays(3).toMillis());
    world.open();
    Awaitility.await()
        .until(() -> ids.stream().noneMatch(id -> world.host().task(WAITING, id).isPresent()));
  }

  @Test
  void aRunningHostCanBeAudited() {
    create(200);
    List<String> stages = new ArrayList<>();
    AuditReport report = world.host().audit((stage, done, total) -> stages.add(stage));
    assertThat(report.findings()).isEmpty();
    assertThat(report.checked())
        .containsEntry("live tasks", 200L)
        .containsKey("messages under way");
    assertThat(stages).contains("partition 1 of 4", "partition 4 of 4", "outbox");
  }

  private List<TaskId> create(int count) {
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      replies.add(world.create(WAITING, null, "{\"number\":%d}".formatted(i)));
    }
    return replies.stream().map(reply -> created(await(reply))).toList();
  }

  private static TaskId created(Reply reply) {
    assertThat(reply).isInstanceOf(Reply.Created.class);
    return ((Reply.Created) reply).taskId();
  }

  private static List<TaskId> idsOf(List<TaskView> tasks) {
    return tasks.stream().map(TaskView::id).toList();
  }
}
