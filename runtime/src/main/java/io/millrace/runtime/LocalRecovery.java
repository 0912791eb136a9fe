package io.millrace.runtime;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.Message;
import io.millrace.runtime.host.HostException;
import io.millrace.runtime.inbox.Doorbell;
import io.millrace.runtime.inbox.Inbox;
import io.millrace.runtime.inbox.Submission;
import io.millrace.runtime.loop.PartitionCore;
import io.millrace.runtime.loop.PartitionRunner;
import io.millrace.runtime.message.MessageCodec;
import io.millrace.runtime.rocks.RocksReader;
import io.millrace.runtime.rocks.RocksState;
import io.millrace.runtime.rocks.RocksStore;
import io.millrace.runtime.slot.SlotTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Brings the partitions back to where the last commit left them: opens each over its state, spreads
 * them over the loops, and puts the messages of the outbox into the inboxes of their receivers,
 * before anything new can come in.
 */
final class LocalRecovery {
  private final PartitionRunner[] runners;
  private final Doorbell[] doorbells;

  private LocalRecovery(PartitionRunner[] runners, Doorbell[] doorbells) {
    this.runners = runners;
    this.doorbells = doorbells;
  }

  static LocalRecovery of(
      RocksStore store,
      SlotTable slots,
      PartitionCore.Factory cores,
      int loopsMax,
      int inboxCommandsMax) {
    int partitions = slots.partitions();
    Doorbell[] doorbells = new Doorbell[Math.min(loopsMax, partitions)];
    Arrays.setAll(doorbells, i -> new Doorbell());
    Inbox[] inboxes = new Inbox[partitions];
    Arrays.setAll(
        inboxes, i -> new Inbox(inboxCommandsMax, doorbells[loopOf(i, doorbells.length)]));
    long[] nextSequence = redeliver(store, slots, inboxes);
    PartitionRunner[] runners = new PartitionRunner[partitions];
    for (int i = 0; i < partitions; i++) {
      int partition = i;
      RocksState state = store.state(partition);
      PartitionCore core = cores.open(slot -> slots.owns(partition, slot), state);
      state.releaseCursors();
      runners[i] = new PartitionRunner(core, state, inboxes[i], nextSequence[i]);
    }
    return new LocalRecovery(runners, doorbells);
  }

  /** Fills the inboxes from the outbox; answers the next sequence number of each sender. */
  private static long[] redeliver(RocksStore store, SlotTable slots, Inbox[] inboxes) {
    long[] next = new long[inboxes.length];
    try (RocksReader reader = store.reader()) {
      reader.outbox((key, bytes) -> {
        try {
          Message message = MessageCodec.decode(bytes);
          inboxes[slots.partitionOf(message.slot())].offerInside(
              Submission.delivery(new Command.Receive(message), key));
          next[key.sender()] = key.sequence() + 1;
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
          throw new HostException(
              HostException.Kind.CORRUPT,
              ("A message in the store's outbox cannot be delivered: %s. Run the audit, and"
                      + " restore the store from a backup.")
                  .formatted(e.getMessage()),
              e);
        }
      });
    }
    return next;
  }

  /** Which loop runs a partition. */
  static int loopOf(int partition, int loops) {
    return partition % loops;
  }

  PartitionRunner[] runners() {
    return runners;
  }

  int loops() {
    return doorbells.length;
  }

  Doorbell doorbell(int loop) {
    return doorbells[loop];
  }

  List<PartitionRunner> runnersOf(int loop) {
    return new ArrayList<>(
        IntStream.range(0, runners.length)
            .filter(partition -> loopOf(partition, loops()) == loop)
            .mapToObj(partition -> runners[partition])
            .toList());
  }
}
