package io.millrace.runtime.loop;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.Event;
import io.millrace.engine.command.Message;
import io.millrace.engine.command.Outputs;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.EffectId;
import io.millrace.runtime.inbox.Inbox;
import io.millrace.runtime.inbox.Submission;
import io.millrace.runtime.message.MessageCodec;
import io.millrace.runtime.message.OutboxKey;
import io.millrace.runtime.rocks.CommitBatch;
import io.millrace.runtime.slot.SlotTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of one batch want to happen outside, kept back until the batch is durable. It also
 * knows who still waits for a reply. Belongs to a loop's thread.
 */
final class BatchOutputs implements Outputs {
  private record Answer(CompletableFuture<Reply> waiting, Reply reply) {}

  private record Outgoing(PartitionRunner sender, int receiver, Message message) {}

  private record Dispatch(int receiver, Submission submission) {}

  private record Start(Effect effect, Inbox inbox) {}

  private static final Reply DONE = new Reply.Done(false);

  private final SlotTable slots;
  private final LoopPeers peers;
  private final EffectDispatch effects;
  private final @Nullable PartitionRunner[] ownRunners;

  private final Map<Long, CompletableFuture<Reply>> waiting = new HashMap<>();
  private final List<Answer> answers = new ArrayList<>();
  private final List<Outgoing> outgoing = new ArrayList<>();
  private final List<Dispatch> dispatches = new ArrayList<>();
  private final List<OutboxKey> delivered = new ArrayList<>();
  private final Map<EffectId, Start> starts = new LinkedHashMap<>();
  private final List<EffectId> cancels = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();

  private @Nullable PartitionRunner runner;
  private @Nullable Submission current;
  private boolean answered;

  BatchOutputs(
      SlotTable slots, List<PartitionRunner> runners, LoopPeers peers, EffectDispatch effects) {
    this.slots = slots;
    this.peers = peers;
    this.effects = effects;
    ownRunners = new @Nullable PartitionRunner[slots.partitions()];
    for (PartitionRunner own : runners) {
      ownRunners[own.partition()] = own;
    }
  }

  /** What comes now is from this step. */
  void begin(PartitionRunner runner, Submission submission) {
    this.runner = runner;
    current = submission;
    answered = false;
  }

  /** The step is over. */
  void end() {
    Submission submission = Objects.requireNonNull(current);
    CompletableFuture<Reply> caller = submission.waiting();
    if (caller != null && !answered) {
      if (submission.requestId() == 0) {
        // The engine cannot answer what has no number; that it was applied is the answer.
        answers.add(new Answer(caller, DONE));
      } else {
        waiting.put(submission.requestId(), caller);
      }
    }
    OutboxKey outboxKey = submission.outboxKey();
    if (outboxKey != null) {
      delivered.add(outboxKey);
    }
    if (submission.command() instanceof Command.FinishEffect finished) {
      effects.finished(finished.effectId());
    }
    current = null;
    runner = null;
  }

  @Override
  public void reply(long requestId, Reply reply) {
    if (requestId == 0) {
      return;
    }
    // Nearly always it answers the very command that is being applied.
    if (current != null && current.requestId() == requestId) {
      CompletableFuture<Reply> caller = current.waiting();
      if (caller != null && !answered) {
        answers.add(new Answer(caller, reply));
      }
      answered = true;
      return;
    }
    CompletableFuture<Reply> caller = waiting.remove(requestId);
    if (caller != null) {
      answers.add(new Answer(caller, reply));
    }
  }

  @Override
  public void send(Message message) {
    PartitionRunner sender = Objects.requireNonNull(runner);
    int receiver = slots.partitionOf(message.slot());
    PartitionRunner own = ownRunners[receiver];
    if (own != null) {
      own.deliveries().addLast(new PartitionRunner.LocalDelivery(sender, message));
    } else {
      outgoing.add(new Outgoing(sender, receiver, message));
    }
  }

  @Override
  public void start(Effect effect) {
    starts.put(effect.id(), new Start(effect, Objects.requireNonNull(runner).inbox()));
  }

  @Override
  public void cancel(EffectId effectId) {
    if (starts.remove(effectId) == null) {
      cancels.add(effectId);
    }
  }

  @Override
  public void event(Event event) {
    events.add(event);
  }

  /** Adds the outbox's changes to the batch: what leaves, what has to wait, what has arrived. */
  void writeOutbox(CommitBatch batch) {
    for (Outgoing message : outgoing) {
      OutboxKey key = putOutbox(message.sender, message.message, batch);
      dispatches.add(
          new Dispatch(
              message.receiver, Submission.delivery(new Command.Receive(message.message), key)));
    }
    outgoing.clear();
    for (PartitionRunner own : ownRunners) {
      if (own != null) {
        for (PartitionRunner.LocalDelivery late : own.deliveries()) {
          if (late.outboxKey == null) {
            late.outboxKey = putOutbox(late.sender, late.message, batch);
          }
        }
      }
    }
    delivered.forEach(batch::deleteOutbox);
    delivered.clear();
  }

  private static OutboxKey putOutbox(PartitionRunner sender, Message message, CommitBatch batch) {
    OutboxKey key = sender.nextOutboxKey();
    batch.putOutbox(key, MessageCodec.encode(message));
    return key;
  }

  /** The batch is durable: lets everything out, those who wait first. */
  void release() {
    for (Answer answer : answers) {
      answer.waiting.complete(answer.reply);
    }
    answers.clear();
    for (Dispatch dispatch : dispatches) {
      peers.deliver(dispatch.receiver, dispatch.submission);
    }
    dispatches.clear();
    cancels.forEach(effects::cancel);
    cancels.clear();
    for (Start start : starts.values()) {
      effects.start(start.effect, start.inbox);
    }
    starts.clear();
    events.forEach(peers::event);
    events.clear();
  }

  /** The loop ends here: tells everybody who still waits. */
  void refuse(Reply reply) {
    if (current != null && current.waiting() != null) {
      current.waiting().complete(reply);
    }
    answers.forEach(answer -> answer.waiting.complete(reply));
    answers.clear();
    waiting.values().forEach(caller -> caller.complete(reply));
    waiting.clear();
  }
}
