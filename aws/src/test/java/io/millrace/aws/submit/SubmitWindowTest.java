package io.millrace.aws.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.aws.testing.FakeHost;
import io.millrace.engine.command.Refusal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class SubmitWindowTest {
  private final FakeHost host = new FakeHost();
  private final TaskSink sink = new HostSink(host, 42, 1);

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void everyRecordBecomesATaskWithItsEventIdAsReference() throws Exception {
    SubmitWindow window = new SubmitWindow(sink, 10);
    for (int i = 0; i < 1_000; i++) {
      window.submit(record("e" + i));
    }
    SubmitTally tally = window.drain();
    assertThat(tally.created()).isEqualTo(1_000);
    assertThat(window.durable()).isEqualTo(1_000);
    assertThat(host.tasks).hasSize(1_000).containsKey("42/e999");
  }

  @Test
  void theSameEventCreatesOneTask() throws Exception {
    SubmitWindow window = new SubmitWindow(sink, 10);
    for (int i = 0; i < 30; i++) {
      window.submit(record("e" + i % 3));
    }
    assertThat(window.drain()).isEqualTo(new SubmitTally(3, 27, 0, List.of()));
  }

  @Test
  void overloadIsWaitedOutAndLosesNothing() throws Exception {
    host.overloads.set(50);
    AtomicLong heard = new AtomicLong();
    SubmitWindow window = new SubmitWindow(sink, 8, heard::addAndGet);
    for (int i = 0; i < 40; i++) {
      window.submit(record("e" + i));
    }
    assertThat(window.drain().created()).isEqualTo(40);
    assertThat(host.tasks).hasSize(40);
    assertThat(heard.get()).isEqualTo(50);
    assertThat(host.submits.get()).isEqualTo(90);
  }

  @Test
  void aRefusedRecordIsListedAndCostsOnlyItself() throws Exception {
    host.refusedReference = "e1";
    SubmitWindow window = new SubmitWindow(sink, 10);
    for (int i = 0; i < 3; i++) {
      window.submit(record("e" + i));
    }
    SubmitTally tally = window.drain();
    assertThat(tally.created()).isEqualTo(2);
    assertThat(tally.refusals())
        .containsExactly(new RefusedRecord("e1", "TASK_TOO_LARGE", "Your task size: 9 bytes"));
  }

  @Test
  void aProcessThatTakesNoTasksStopsTheWindow() throws Exception {
    host.processRefusal = Refusal.PROCESS_NOT_ACTIVE;
    SubmitWindow window = new SubmitWindow(sink, 10);
    window.submit(record("e"));
    assertThatThrownBy(window::drain)
        .isInstanceOf(SubmitException.class)
        .hasMessage("Process 42 does not take tasks: conveyor is not active");
  }

  @Test
  void aFailedEngineStopsTheWindow() throws Exception {
    host.unavailable = true;
    SubmitWindow window = new SubmitWindow(sink, 10);
    window.submit(record("e"));
    assertThatThrownBy(window::drain).hasMessage("the store failed");
  }

  @Test
  void durableCountsOnlyWithoutAGap() throws Exception {
    Deque<Runnable> held = new ArrayDeque<>();
    host.replies = held::add;
    SubmitWindow window = new SubmitWindow(sink, 10);
    for (int i = 0; i < 3; i++) {
      window.submit(record("e" + i));
    }
    Runnable first = held.removeFirst();
    held.forEach(Runnable::run);
    assertThat(window.durable()).isZero();
    first.run();
    assertThat(window.durable()).isEqualTo(3);
  }

  private static ObjectNode record(String id) {
    return JsonNodeFactory.instance.objectNode().put("eventID", id);
  }
}
