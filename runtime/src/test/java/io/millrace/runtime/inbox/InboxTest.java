package io.millrace.runtime.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.EffectResult;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.TaskId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class InboxTest {
  private static final int BOUND = 20_000;
  private final Inbox inbox = new Inbox(BOUND, new Doorbell());

  @Test
  void aFloodForOneProcessDelaysAnotherByOneCommand() {
    for (int i = 0; i < 10_000; i++) {
      inbox.offerTask(1, create(1, i));
    }
    inbox.offerTask(2, create(2, 0));
    assertThat(names(drain(4))).containsExactly("1/0", "2/0", "1/1", "1/2");
  }

  @Test
  void processesTakeTurnsAndEachKeepsItsOrder() {
    for (int i = 0; i < 3; i++) {
      for (long process = 1; process <= 3; process++) {
        inbox.offerTask(process, create(process, i));
      }
    }
    assertThat(names(drain(4))).containsExactly("1/0", "2/0", "3/0", "1/1");
    assertThat(names(drain(100))).containsExactly("2/1", "3/1", "1/2", "2/2", "3/2");
    assertThat(inbox.isEmpty()).isTrue();
  }

  @Test
  void directoryCommandsGoFirstThenWhatComesFromInside() {
    inbox.offerTask(1, create(1, 0));
    inbox.offerInside(result());
    inbox.offerDirectory(Submission.internal(new Command.RemoveProcess(1, 1)));
    assertThat(drain(10))
        .extracting(submission -> submission.command().getClass().getSimpleName())
        .containsExactly("RemoveProcess", "FinishEffect", "CreateTask");
  }

  @Test
  void aFullInboxRefusesTasksButTakesResultsAndTheDirectory() {
    for (int i = 0; i < BOUND; i++) {
      assertThat(inbox.offerTask(i % 7, create(i % 7, i))).isEqualTo(Inbox.Offer.TAKEN);
    }
    assertThat(inbox.offerTask(99, create(99, 0))).isEqualTo(Inbox.Offer.FULL);
    assertThat(inbox.offerInside(result())).isEqualTo(Inbox.Offer.TAKEN);
    assertThat(inbox.offerDirectory(Submission.internal(new Command.RemoveProcess(1, 1))))
        .isEqualTo(Inbox.Offer.TAKEN);
    assertThat(inbox.size()).isEqualTo(BOUND + 2);
    drain(1);
    assertThat(inbox.offerTask(99, create(99, 0))).isEqualTo(Inbox.Offer.TAKEN);
  }

  @Test
  void aClosedDoorStillLetsResultsIn() {
    inbox.closeDoor();
    assertThat(inbox.offerTask(1, create(1, 0))).isEqualTo(Inbox.Offer.CLOSED);
    assertThat(inbox.offerDirectory(result())).isEqualTo(Inbox.Offer.CLOSED);
    assertThat(inbox.offerInside(result())).isEqualTo(Inbox.Offer.TAKEN);
  }

  @Test
  void closingHandsOutWhatIsLeft() {
    inbox.offerTask(1, create(1, 0));
    inbox.offerInside(result());
    assertThat(inbox.close()).hasSize(2);
    assertThat(inbox.offerInside(result())).isEqualTo(Inbox.Offer.CLOSED);
    assertThat(inbox.isEmpty()).isTrue();
  }

  /** Many producers, one consumer that sleeps in between: nothing is lost and nobody sleeps on. */
  @Test
  void theConsumerWakesUpForEveryCommand() throws InterruptedException {
    Doorbell doorbell = new Doorbell();
    Inbox shared = new Inbox(BOUND, doorbell);
    List<Thread> producers = new ArrayList<>();
    for (int p = 0; p < 4; p++) {
      int process = p;
      producers.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 2_000; i++) {
                  shared.offerTask(process, create(process, i));
                  if (i % 50 == 0) {
                    Thread.yield();
                  }
                }
              }));
    }
    List<Submission> seen = new ArrayList<>();
    while (seen.size() < 8_000) {
      doorbell.await(shared::isEmpty, Long.MAX_VALUE);
      shared.drain(64, seen);
    }
    for (Thread producer : producers) {
      producer.join();
    }
    for (int p = 0; p < 4; p++) {
      String prefix = p + "/";
      assertThat(names(seen).stream().filter(name -> name.startsWith(prefix)).toList())
          .hasSize(2_000)
          .startsWith(prefix + "0", prefix + "1")
          .endsWith(prefix + "1999");
    }
  }

  private List<Submission> drain(int countMax) {
    List<Submission> target = new ArrayList<>();
    inbox.drain(countMax, target);
    return target;
  }

  private static Submission create(long processId, int number) {
    return Submission.internal(
        new Command.CreateTask(
            number, 0, processId, null, JsonNodeFactory.instance.objectNode(), 0, false));
  }

  private static Submission result() {
    return Submission.internal(
        new Command.FinishEffect(
            new EffectId(new TaskId(1, 1), 1, 0), new EffectResult.Notified("")));
  }

  private static List<String> names(List<Submission> submissions) {
    return submissions.stream()
        .map(submission -> {
          Command.CreateTask create = (Command.CreateTask) submission.command();
          return create.processId() + "/" + create.requestId();
        })
        .toList();
  }
}
