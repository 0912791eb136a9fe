package io.millrace.engine.state;

import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The key layout of a partition's state. Numbers are big-endian, so that byte order is number
 * order; a node is written as its ordinal, a small number that its process gave it for ever.
 *
 * <pre>
 * TASKS      slot(2) task(12)                                  a live task
 * INDEX  'R' slot(2) process(8) reference(utf-8)               reference → task
 *        'N' process(8) node(4) task(12)                       live tasks in a node
 *        'M' due-millis(8) task(12) entry(4) kind(1)           timers, in the order they fire
 *        'H' process(8) due-millis(8) task(12) entry(4) kind(1) timers that fell due while paused
 *        'Y' task(12)                                          activations left over by a commit
 *        'W' process(8) task(12)                               activations held while paused
 *        'C' process(8) node(4)                                counters
 *        'F' interval(1) process(8) start-millis(8) node(4)    counters as they stood at that time
 *        'K' process(8) node(12)                               home of a task counter
 *        'P' process(8) node(12) effect(18)                    permits given
 *        'Q' process(8) node(12) sequence(8) effect(18)        the line for permits
 *        'X' task(12)                                          where an archived task is
 *        'Z' process(8) node(4)                                removals under way
 *        'S'                                                   numbers of the partition itself
 * PENDING 'E' effect(18)                                       effects under way
 * DIRECTORY  process(8)                                        processes
 * ARCHIVE    expiry-day(4) process(8) node(4) task(12)         finished tasks
 * </pre>
 *
 * Example: the timer of task {@code 0192…} due at 1700000000000 is {@code 4d 0000018bcfe56800 0192…
 * 00000003 00}.
 */
public final class Keys {
  /** Node ordinal of tasks that wait for the first deploy. */
  public static final int NO_NODE = -1;

  private Keys() {}

  /** The first key after all keys that begin with this one. */
  public static byte[] after(byte[] prefix) {
    byte[] end = prefix.clone();
    for (int i = end.length - 1; i >= 0; i--) {
      if (++end[i] != 0) {
        return end;
      }
    }
    throw new IllegalArgumentException("A prefix of only 0xff bytes has no end");
  }

  public static byte[] task(TaskId task) {
    ByteBuffer key = ByteBuffer.allocate(2 + TaskId.BYTES).putShort((short) task.slot());
    task.write(key);
    return key.array();
  }

  public static byte[] allTasks() {
    return new byte[0];
  }

  public static byte[] reference(int slot, long process, String reference) {
    byte[] text = reference.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(11 + text.length)
        .put((byte) 'R')
        .putShort((short) slot)
        .putLong(process)
        .put(text)
        .array();
  }

  public static byte[] node(long process, int node, TaskId task) {
    ByteBuffer key = ByteBuffer.allocate(13 + TaskId.BYTES).put((byte) 'N').putLong(process);
    task.write(key.putInt(node));
    return key.array();
  }

  public static byte[] node(long process, int node) {
    return ByteBuffer.allocate(13).put((byte) 'N').putLong(process).putInt(node).array();
  }

  public static byte[] timer(long dueMillis, TaskId task, int entry, int kind) {
    ByteBuffer key = ByteBuffer.allocate(14 + TaskId.BYTES).put((byte) 'M').putLong(dueMillis);
    task.write(key);
    return key.putInt(entry).put((byte) kind).array();
  }

  /** All timers due at {@code millis} or before lie before this key. */
  public static byte[] timersAfter(long millis) {
    return ByteBuffer.allocate(9).put((byte) 'M').putLong(millis + 1).array();
  }

  public static byte[] heldTimer(long process, byte[] timerKey) {
    return ByteBuffer.allocate(9 + timerKey.length - 1)
        .put((byte) 'H')
        .putLong(process)
        .put(timerKey, 1, timerKey.length - 1)
        .array();
  }

  /** The timer key inside a held timer's key. */
  public static byte[] released(byte[] heldTimerKey) {
    return ByteBuffer.allocate(heldTimerKey.length - 8)
        .put((byte) 'M')
        .put(heldTimerKey, 9, heldTimerKey.length - 9)
        .array();
  }

  public static byte[] ready(TaskId task) {
    return tagged('Y', task);
  }

  public static byte[] held(long process, TaskId task) {
    ByteBuffer key = ByteBuffer.allocate(9 + TaskId.BYTES).put((byte) 'W').putLong(process);
    task.write(key);
    return key.array();
  }

  public static byte[] counter(long process, int node) {
    return ByteBuffer.allocate(13).put((byte) 'C').putLong(process).putInt(node).array();
  }

  public static byte[] traffic(char interval, long process, long startMillis, int node) {
    return ByteBuffer.allocate(22)
        .put((byte) 'F')
        .put((byte) interval)
        .putLong(process)
        .putLong(startMillis)
        .putInt(node)
        .array();
  }

  public static byte[] traffic(char interval, long process, long startMillis) {
    return ByteBuffer.allocate(18)
        .put((byte) 'F')
        .put((byte) interval)
        .putLong(process)
        .putLong(startMillis)
        .array();
  }

  public static byte[] taskCounter(long process, NodeId node) {
    return atHome('K', process, node, 0).array();
  }

  public static byte[] permit(long process, NodeId node, EffectId call) {
    ByteBuffer key = atHome('P', process, node, EffectId.BYTES);
    call.write(key);
    return key.array();
  }

  public static byte[] permits(long process, NodeId node) {
    return atHome('P', process, node, 0).array();
  }

  public static byte[] waiting(long process, NodeId node, long sequence, EffectId call) {
    ByteBuffer key = atHome('Q', process, node, 8 + EffectId.BYTES).putLong(sequence);
    call.write(key);
    return key.array();
  }

  public static byte[] waiting(long process, NodeId node) {
    return atHome('Q', process, node, 0).array();
  }

  public static byte[] archived(TaskId task) {
    return tagged('X', task);
  }

  public static byte[] removal(long process, int node) {
    return ByteBuffer.allocate(13).put((byte) 'Z').putLong(process).putInt(node).array();
  }

  public static byte[] partition() {
    return new byte[] {'S'};
  }

  public static byte[] effect(EffectId effect) {
    ByteBuffer key = ByteBuffer.allocate(1 + EffectId.BYTES).put((byte) 'E');
    effect.write(key);
    return key.array();
  }

  public static byte[] process(long process) {
    return ByteBuffer.allocate(8).putLong(process).array();
  }

  public static byte[] archive(int expiryDay, long process, int node, TaskId task) {
    ByteBuffer key =
        ByteBuffer.allocate(16 + TaskId.BYTES).putInt(expiryDay).putLong(process).putInt(node);
    task.write(key);
    return key.array();
  }

  public static byte[] archive(int expiryDay, long process, int node) {
    return ByteBuffer.allocate(16).putInt(expiryDay).putLong(process).putInt(node).array();
  }

  public static byte[] archive(int expiryDay) {
    return ByteBuffer.allocate(4).putInt(expiryDay).array();
  }

  /** The one-byte prefix of a table of {@link Space#INDEX} or {@link Space#PENDING}. */
  public static byte[] table(char tag) {
    return new byte[] {(byte) tag};
  }

  /** The keys of one process in a table whose keys go on with the process. */
  public static byte[] table(char tag, long process) {
    return ByteBuffer.allocate(9).put((byte) tag).putLong(process).array();
  }

  private static byte[] tagged(char tag, TaskId task) {
    ByteBuffer key = ByteBuffer.allocate(1 + TaskId.BYTES).put((byte) tag);
    task.write(key);
    return key.array();
  }

  private static ByteBuffer atHome(char tag, long process, NodeId node, int more) {
    ByteBuffer key = ByteBuffer.allocate(9 + NodeId.BYTES + more).put((byte) tag).putLong(process);
    node.write(key);
    return key;
  }
}
