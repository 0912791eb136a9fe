package io.millrace.runtime.loop;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.Message;
import io.millrace.runtime.inbox.Inbox;
import io.millrace.runtime.inbox.Submission;
import io.millrace.runtime.message.OutboxKey;
import io.millrace.runtime.rocks.RocksState;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** One partition with its inbox, its state and the messages that reached it within the loop. */
public final class PartitionRunner {
  private static final Command.Tick TICK = new Command.Tick();

  /** Activations that have their turn for each command that had. */
  private static final int ACTIVATIONS_PER_COMMAND = 4;

  /** With activations waiting, one command in so many is let in. */
  private static final int BACKLOG_SHARE = 8;

  private final PartitionCore core;
  private final RocksState state;
  private final Inbox inbox;
  // From partitions of the same loop. Applied in the batch that sent them if there is room, and
  // then they never see the outbox; else they get a key and wait there.
  private final ArrayDeque<LocalDelivery> deliveries = new ArrayDeque<>();
  private long outboxSequence;

  /** A message between partitions of one loop. */
  static final class LocalDelivery {
    final PartitionRunner sender;
    final Message message;
    @Nullable OutboxKey outboxKey;

    LocalDelivery(PartitionRunner sender, Message message) {
      this.sender = sender;
      this.message = message;
    }
  }

  /**
   * @param outboxSequence the sequence number of the next message to the outbox
   */
  public PartitionRunner(PartitionCore core, RocksState state, Inbox inbox, long outboxSequence) {
    this.core = core;
    this.state = state;
    this.inbox = inbox;
    this.outboxSequence = outboxSequence;
  }

  public int partition() {
    return state.partition();
  }

  public Inbox inbox() {
    return inbox;
  }

  PartitionCore core() {
    return core;
  }

  RocksState state() {
    return state;
  }

  ArrayDeque<LocalDelivery> deliveries() {
    return deliveries;
  }

  OutboxKey nextOutboxKey() {
    return new OutboxKey(partition(), outboxSequence++);
  }

  /** Whether something is to be done now, timers apart. */
  boolean hasWork() {
    return !inbox.isEmpty() || !deliveries.isEmpty() || core.hasReady();
  }

  /** Fires what is due; once a batch, for the partition knows the next time after a flush only. */
  int tick(Steps steps) {
    if (core.nextTimerMillis() > steps.timeMillis()) {
      return 0;
    }
    steps.apply(this, Submission.internal(TICK));
    return 1;
  }

  /**
   * One turn: up to {@code countMax} commands and messages, and the activations that come of them.
   * A command brings one activation or more, so activations get more turns than commands, and while
   * some of them wait only few new commands are let in: what was begun is finished in the same
   * batch, and need not be written down half-way. A few still are, so that a flooded process does
   * not keep the others out.
   *
   * @return how much was done
   */
  int turn(int countMax, Steps steps) {
    int done = 0;
    int acceptMax = core.hasReady() ? Math.max(1, countMax / BACKLOG_SHARE) : countMax;
    for (Submission submission : steps.drain(inbox, acceptMax)) {
      steps.apply(this, submission);
      done++;
    }
    for (int i = 0; i < countMax && !deliveries.isEmpty(); i++) {
      LocalDelivery delivery = deliveries.removeFirst();
      steps.apply(
          this, new Submission(0, new Command.Receive(delivery.message), null, delivery.outboxKey));
      done++;
    }
    if (runReady(countMax, steps)) {
      done += countMax;
    }
    return done;
  }

  /** Lets waiting activations run; false when there were none. */
  boolean runReady(int countMax, Steps steps) {
    if (!core.hasReady()) {
      return false;
    }
    steps.apply(
        this, Submission.internal(new Command.RunReady(countMax * ACTIVATIONS_PER_COMMAND)));
    return true;
  }

  /** What a turn needs of its loop. */
  interface Steps {
    /** The time the engine is given now. */
    long timeMillis();

    /** The next commands of an inbox; the list is good until the next call. */
    Iterable<Submission> drain(Inbox inbox, int countMax);

    void apply(PartitionRunner runner, Submission submission);
  }
}
