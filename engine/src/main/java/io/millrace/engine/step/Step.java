package io.millrace.engine.step;

import io.millrace.engine.command.EngineSettings;
import io.millrace.engine.command.Event;
import io.millrace.engine.command.Message;
import io.millrace.engine.command.Outputs;
import io.millrace.engine.command.Stamp;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.state.Keys;
import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What all parts of a step share: its time and randomness, new ids, where outputs go, and the
 * messages that stay inside the partition.
 */
final class Step {
  private final State state;
  private final EngineSettings settings;
  private final IntPredicate owns;
  private final ArrayDeque<Message> local = new ArrayDeque<>();
  private long sequence;
  private long storedSequence;
  private long nowMillis;
  private long random;
  private @Nullable Outputs outputs;

  Step(State state, EngineSettings settings, IntPredicate owns) {
    this.state = state;
    this.settings = settings;
    this.owns = owns;
    byte[] stored = state.get(Space.INDEX, Keys.partition());
    if (stored != null) {
      ByteBuffer in = ByteBuffer.wrap(stored);
      sequence = in.getLong();
      nowMillis = in.getLong();
    }
    storedSequence = sequence;
  }

  void begin(Stamp stamp, Outputs newOutputs) {
    // A host whose clock was set back must not make time run backwards for tasks.
    nowMillis = Math.max(nowMillis, stamp.timeMillis());
    random = stamp.seed();
    outputs = newOutputs;
  }

  EngineSettings settings() {
    return settings;
  }

  long nowMillis() {
    return nowMillis;
  }

  /** SplitMix64 (Steele, Lea, Flood 2014) over the step's seed. */
  long nextRandom() {
    random += 0x9e3779b97f4a7c15L;
    long z = random;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  TaskId newTaskId(int slot) {
    return TaskId.of(nowMillis, slot, ++sequence);
  }

  boolean owns(int slot) {
    return owns.test(slot);
  }

  Outputs outputs() {
    if (outputs == null) {
      throw new IllegalStateException("No command is being applied");
    }
    return outputs;
  }

  void send(Message message) {
    if (owns(message.slot())) {
      local.add(message);
    } else {
      outputs().send(message);
    }
  }

  @Nullable Message nextLocal() {
    return local.poll();
  }

  void event(
      Event.Kind kind, long process, @Nullable NodeId node, @Nullable TaskId task, String text) {
    outputs().event(new Event(kind, process, node, task, text));
  }

  void flush() {
    if (sequence != storedSequence) {
      storedSequence = sequence;
      state.put(
          Space.INDEX,
          Keys.partition(),
          ByteBuffer.allocate(16).putLong(sequence).putLong(nowMillis).array());
    }
  }
}
