package io.millrace.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.Event;
import io.millrace.engine.command.Message;
import io.millrace.engine.command.Outputs;
import io.millrace.engine.command.Reply;
import io.millrace.engine.command.Stamp;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import io.millrace.runtime.loop.PartitionCore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * A partition whose steps do what the data of the task says, so that a test of the host decides
 * what goes out:
 *
 * <ul>
 *   <li>{@code sendTo}: a slot that is sent a message; {@code number} tells messages apart
 *   <li>{@code effect}: true: starts an effect
 *   <li>{@code dueMillis}: sets a timer
 *   <li>{@code die}: true: throws
 * </ul>
 */
final class TestCore implements PartitionCore {
  static final NodeId NODE = new NodeId(1, 1);
  private static final byte[] FIRST = new byte[0];
  private static final byte[] LAST = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff};

  private final State state;
  private final ConcurrentLinkedQueue<String> applied;
  private final AtomicInteger sweeps;
  private final TreeMap<Long, byte[]> timers = new TreeMap<>();
  private long sequence;

  /**
   * @param applied hears of each command, in order
   * @param sweeps counts what retention asks for
   */
  TestCore(State state, ConcurrentLinkedQueue<String> applied, AtomicInteger sweeps) {
    this.state = state;
    this.applied = applied;
    this.sweeps = sweeps;
    state.scan(
        Space.INDEX,
        FIRST,
        LAST,
        (key, value) -> timers.put(ByteBuffer.wrap(key).getLong(), key) != key);
    byte[] stored = state.get(Space.DIRECTORY, new byte[] {1});
    sequence = stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
  }

  @Override
  public void apply(Command command, Stamp stamp, Outputs outputs) {
    switch (command) {
      case Command.CreateTask c -> create(c, stamp, outputs);
      case Command.Receive c -> receive(c.message());
      case Command.FinishEffect c -> {
        applied.add("finished " + c.effectId().entry());
        state.delete(Space.PENDING, effectKey(c.effectId()));
      }
      case Command.Tick c -> {
        while (!timers.isEmpty() && timers.firstKey() <= stamp.timeMillis()) {
          long due = timers.firstKey();
          applied.add("fired " + due + (stamp.timeMillis() < due ? " early" : ""));
          state.delete(Space.INDEX, timers.remove(due));
        }
      }
      case Command.DropArchive c -> {
        sweeps.incrementAndGet();
        outputs.reply(c.requestId(), new Reply.Done(false));
      }
      case Command.SetProcessStatus c -> {
        applied.add("status " + c.processId());
        outputs.event(new Event(Event.Kind.LOOP_STOPPED, c.processId(), null, null, "status"));
        outputs.reply(c.requestId(), new Reply.Done(false));
      }
      case Command.RemoveProcess c ->
          outputs.reply(c.requestId(), new Reply.Done(c.processId() == 99));
      case Command.ModifyTask c -> {}
      case Command.DeleteTask c -> {
        EffectId cancelled = new EffectId(Objects.requireNonNull(c.taskId()), 1, 0);
        outputs.cancel(cancelled);
        state.delete(Space.PENDING, effectKey(cancelled));
        outputs.reply(c.requestId(), new Reply.Deleted(cancelled.task(), null));
      }
      case Command.RunReady c -> {}
      case Command.PutProcess c -> outputs.reply(c.requestId(), new Reply.Done(false));
      case Command.ResetNode c -> outputs.reply(c.requestId(), new Reply.Done(false));
    }
  }

  private void create(Command.CreateTask c, Stamp stamp, Outputs outputs) {
    ObjectNode data = c.data();
    if (data.path("die").asBoolean(false)) {
      throw new IllegalStateException("a defect");
    }
    TaskId id = TaskId.of(stamp.timeMillis(), c.slot(), sequence++);
    String name = c.reference() == null ? id.toString() : c.reference();
    applied.add(c.processId() + "/" + name);
    byte[] key = ("task " + name).getBytes(UTF_8);
    byte[] before = state.get(Space.TASKS, key);
    state.put(Space.TASKS, key, new byte[] {(byte) (before == null ? 1 : before[0] + 1)});
    if (data.has("sendTo")) {
      outputs.send(
          new Message.CountDelta(
              data.get("sendTo").asInt(), c.processId(), NODE, data.path("number").asLong(0)));
    }
    if (data.has("dueMillis")) {
      long due = data.get("dueMillis").asLong();
      byte[] timer = ByteBuffer.allocate(8).putLong(due).array();
      timers.put(due, timer);
      state.put(Space.INDEX, timer, new byte[0]);
    }
    if (data.path("effect").asBoolean(false)) {
      EffectId effect = new EffectId(id, 1, 0);
      state.put(Space.PENDING, effectKey(effect), new byte[0]);
      outputs.start(call(effect));
    }
    outputs.reply(c.requestId(), new Reply.Created(id, c.reference(), false));
  }

  private void receive(Message message) {
    Message.CountDelta delta = (Message.CountDelta) message;
    byte[] key = ("got " + delta.processId()).getBytes(UTF_8);
    byte[] before = state.get(Space.TASKS, key);
    String numbers = before == null ? "" : new String(before, UTF_8) + " ";
    state.put(Space.TASKS, key, (numbers + delta.delta()).getBytes(UTF_8));
    applied.add("got " + delta.delta());
  }

  @Override
  public boolean hasReady() {
    return false;
  }

  @Override
  public void flush() {
    state.put(Space.DIRECTORY, new byte[] {1}, ByteBuffer.allocate(8).putLong(sequence).array());
  }

  @Override
  public long nextTimerMillis() {
    return timers.isEmpty() ? Long.MAX_VALUE : timers.firstKey();
  }

  @Override
  public long tasksFinished() {
    return 0;
  }

  @Override
  public void pendingEffects(Consumer<Effect> visitor) {
    state.scan(
        Space.PENDING,
        FIRST,
        LAST,
        (key, value) -> {
          visitor.accept(call(EffectId.read(ByteBuffer.wrap(key))));
          return true;
        });
  }

  private static byte[] effectKey(EffectId id) {
    ByteBuffer key = ByteBuffer.allocate(EffectId.BYTES);
    id.write(key);
    return key.array();
  }

  private static Effect call(EffectId id) {
    return new Effect.HttpCall(id, 1, NODE, "GET", "http://x.test/", List.of(), null, 1000, 1000);
  }
}
