package io.millrace.simulation.world;

import io.millrace.engine.command.Message;
import io.millrace.engine.state.MemoryState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What survives a crash: the state of every partition as of its last commit, and the messages that
 * were committed by their sender and not yet by their receiver.
 */
final class Disk {
  private final List<MemoryState> states = new ArrayList<>();
  private final Map<Long, Letter> outbox = new LinkedHashMap<>();
  private long lastLetter;

  Disk(int partitions) {
    for (int i = 0; i < partitions; i++) {
      states.add(new MemoryState());
    }
  }

  /** A message on its way; numbers grow per disk, so that order can be kept per sender. */
  record Letter(long number, int from, Message message) {}

  MemoryState state(int partition) {
    return states.get(partition);
  }

  /** One commit: the new state, letters written and letters read, all or nothing. */
  List<Letter> commit(int partition, MemoryState newState, List<Message> written, List<Long> read) {
    states.set(partition, newState);
    read.forEach(outbox::remove);
    List<Letter> letters = new ArrayList<>();
    for (Message message : written) {
      Letter letter = new Letter(++lastLetter, partition, message);
      outbox.put(letter.number(), letter);
      letters.add(letter);
    }
    return letters;
  }

  /** All letters that are still to be delivered, oldest first. */
  Iterator<Letter> letters() {
    return List.copyOf(outbox.values()).iterator();
  }

  boolean isEmpty() {
    return outbox.isEmpty();
  }
}
