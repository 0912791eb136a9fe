package io.millrace.engine.state;

import io.millrace.engine.id.TaskId;
import io.millrace.engine.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * The stored form of a task, live or archived: a version byte, the fields in a fixed order, the
 * path as (node, milliseconds since the step before), and last the data as compact JSON.
 */
public final class TaskCodec {
  private static final int VERSION = 1;

  private TaskCodec() {}

  public static byte[] encode(Task task) {
    byte[] data = Json.bytes(task.data());
    ByteWriter out = new ByteWriter(data.length + 64 + task.pathLength() * 3);
    out.u1(VERSION).i8(task.processId()).varint(task.userId()).text(task.reference());
    out.varint(task.node() + 1L).varint(task.previousNode() + 1L).varint(task.entry());
    out.u1(task.rest().code()).varint(task.resume()).varint(task.moves());
    out.i8(task.changeMillis());
    out.varint(task.deadlineMillis()).varint(task.deadlineSemaphore());
    out.varint(task.permitUntilMillis()).u1(task.permit() ? 1 : 0);
    out.varint(task.pathLength());
    long before = task.id().timeMillis();
    for (int i = 0; i < task.pathLength(); i++) {
      out.varint(task.pathNode(i) + 1L).varint(Math.max(0, task.pathMillis(i) - before));
      before = Math.max(before, task.pathMillis(i));
    }
    return out.raw(data).toBytes();
  }

  public static Task decode(TaskId id, byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int version = in.u1();
    if (version != VERSION) {
      throw new StateException(
          "Task " + id + " is stored in form " + version + "; this release reads " + VERSION);
    }
    long processId = in.i8();
    long userId = in.varint();
    String reference = in.text();
    int node = (int) in.varint() - 1;
    int previous = (int) in.varint() - 1;
    int entry = (int) in.varint();
    Rest rest = Rest.of(in.u1());
    int resume = (int) in.varint();
    int moves = (int) in.varint();
    long changeMillis = in.i8();
    long deadlineMillis = in.varint();
    int deadlineSemaphore = (int) in.varint();
    long permitUntilMillis = in.varint();
    boolean permit = in.u1() == 1;
    int steps = (int) in.varint();
    int[] nodes = new int[steps];
    long[] millis = new long[steps];
    long before = id.timeMillis();
    for (int i = 0; i < steps; i++) {
      nodes[i] = (int) in.varint() - 1;
      before += in.varint();
      millis[i] = before;
    }
    byte[] json = in.rest();
    ObjectNode data = Json.parseObject(json);
    Task task = new Task(id, processId, reference, userId, data, json.length);
    task.restore(node, previous, entry, rest, resume, moves, changeMillis);
    task.deadline(deadlineMillis, deadlineSemaphore);
    task.permitUntil(permitUntilMillis);
    task.permit(permit);
    for (int i = 0; i < steps; i++) {
      task.appendStep(nodes[i], millis[i], Integer.MAX_VALUE);
    }
    return task;
  }
}
