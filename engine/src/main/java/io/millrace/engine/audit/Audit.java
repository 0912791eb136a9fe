package io.millrace.engine.audit;

import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.state.Archive;
import io.millrace.engine.state.CounterCodec;
import io.millrace.engine.state.Effects;
import io.millrace.engine.state.Keys;
import io.millrace.engine.state.References;
import io.millrace.engine.state.Rest;
import io.millrace.engine.state.Space;
import io.millrace.engine.state.State;
import io.millrace.engine.state.Task;
import io.millrace.engine.state.TaskCodec;
import io.millrace.engine.view.AuditFinding;
import io.millrace.engine.view.NodeCounts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks the whole state of one partition; reads only. Every index is followed in both directions:
 * what it names must be there, and what is there must be named; counters are counted again.
 */
public final class Audit {
  private static final int REPORT_EVERY = 1_000;

  private final State state;
  private final References references;
  private final Archive archive;
  private final Map<String, Long> checked = new LinkedHashMap<>();
  private final Map<NodeKey, Long> liveByNode = new HashMap<>();
  private LongConsumer progress = done -> {};
  private Consumer<AuditFinding> findings = finding -> {};
  private long done;

  public Audit(State state) {
    this.state = state;
    references = new References(state);
    archive = new Archive(state);
  }

  private record NodeKey(long process, int node) {}

  /**
   * Runs all checks.
   *
   * @param newProgress hears how many entries have been checked so far
   * @param newFindings hears what is wrong
   * @return what was checked: name to how many
   */
  public Map<String, Long> run(LongConsumer newProgress, Consumer<AuditFinding> newFindings) {
    progress = newProgress;
    findings = newFindings;
    done = 0;
    checked.clear();
    liveByNode.clear();
    liveTasks();
    nodeIndex();
    timers();
    activations();
    effects();
    references();
    archived();
    counters();
    progress.accept(done);
    return Map.copyOf(checked);
  }

  private void liveTasks() {
    each(
        "live tasks",
        Space.TASKS,
        new byte[0],
        new byte[] {(byte) 0xff, (byte) 0xff},
        (key, value) -> {
          TaskId id = TaskId.read(ByteBuffer.wrap(key, 2, TaskId.BYTES));
          Task task = TaskCodec.decode(id, value);
          if (ByteBuffer.wrap(key).getShort() != (short) id.slot()) {
            found("task-in-its-slot", id, "is stored under another slot than its id's");
          }
          liveByNode.merge(new NodeKey(task.processId(), task.node()), 1L, Long::sum);
          liveTask(task);
        });
  }

  private void liveTask(Task task) {
    TaskId id = task.id();
    if (state.get(Space.INDEX, Keys.archived(id)) != null) {
      found("every-task-once", id, "is live and archived");
    }
    if (missing(Keys.node(task.processId(), task.node(), id))) {
      found("every-task-in-its-node", id, "is not in the list of its node");
    }
    if (task.deadlineMillis() != 0 && task.rest() != Rest.CANCELED) {
      timer(task, task.deadlineMillis(), task.deadlineSemaphore());
    }
    if (task.permitUntilMillis() != 0) {
      timer(task, task.permitUntilMillis(), 255);
    }
    String reference = task.reference();
    if (reference != null) {
      References.Holder holder = references.find(task.processId(), reference);
      if (holder == null || !holder.live() || !holder.task().equals(id)) {
        found("reference-of-a-live-task", id, "does not hold its reference " + reference);
      }
    }
    if (task.rest() == Rest.READY
        && missing(Keys.ready(id))
        && missing(Keys.held(task.processId(), id))) {
      found("a-ready-task-has-a-turn", id, "could go on, but nothing will move it");
    }
    EffectId call = new EffectId(id, task.entry(), task.resume());
    if (task.rest() == Rest.EFFECT && state.get(Space.PENDING, Keys.effect(call)) == null) {
      found("a-waiting-task-has-an-effect", id, "waits for an effect that is not under way");
    }
  }

  private void timer(Task task, long dueMillis, int kind) {
    byte[] key = Keys.timer(dueMillis, task.id(), task.entry(), kind);
    if (missing(key) && missing(Keys.heldTimer(task.processId(), key))) {
      found("every-time-limit-has-a-timer", task.id(), "has a time limit, but no timer");
    }
  }

  private void nodeIndex() {
    each(
        "node list entries",
        Space.INDEX,
        Keys.table('N'),
        Keys.after(Keys.table('N')),
        (key, value) -> {
          ByteBuffer in = ByteBuffer.wrap(key, 1, key.length - 1);
          long process = in.getLong();
          int node = in.getInt();
          TaskId id = TaskId.read(in);
          Task task = live(id);
          if (task == null || task.processId() != process || task.node() != node) {
            found("every-list-entry-has-a-task", id, "is in the list of a node where it is not");
          }
        });
  }

  private void timers() {
    each(
        "timers",
        Space.INDEX,
        Keys.table('M'),
        Keys.after(Keys.table('M')),
        (key, value) -> {
          TaskId id = TaskId.read(ByteBuffer.wrap(key, 9, TaskId.BYTES));
          if (live(id) == null) {
            found("every-timer-has-a-task", id, "has a timer, but is not live");
          }
        });
  }

  /**
   * A turn may be left over from a task that was deleted or moved by a time limit meanwhile, and
   * then does nothing; so turns must be readable, no more.
   */
  private void activations() {
    each(
        "waiting activations",
        Space.INDEX,
        Keys.table('Y'),
        Keys.after(Keys.table('Y')),
        (key, value) -> live(TaskId.read(ByteBuffer.wrap(key, 1, TaskId.BYTES))));
    each(
        "held activations",
        Space.INDEX,
        Keys.table('W'),
        Keys.after(Keys.table('W')),
        (key, value) -> live(TaskId.read(ByteBuffer.wrap(key, 9, TaskId.BYTES))));
  }

  private void effects() {
    each(
        "effects under way",
        Space.PENDING,
        Keys.table('E'),
        Keys.after(Keys.table('E')),
        (key, value) -> {
          EffectId id = Effects.id(key);
          Task task = live(id.task());
          if (task == null
              || task.rest() != Rest.EFFECT
              || task.entry() != id.entry()
              || task.resume() != id.logic()) {
            found("every-effect-has-a-waiting-task", id.task(), "does not wait for " + id.text());
          }
        });
  }

  private void references() {
    each(
        "references",
        Space.INDEX,
        Keys.table('R'),
        Keys.after(Keys.table('R')),
        (key, value) -> {
          ByteBuffer in = ByteBuffer.wrap(value);
          TaskId id = TaskId.read(in);
          boolean live = in.get() == 1;
          String reference = new String(key, 11, key.length - 11, StandardCharsets.UTF_8);
          if (live && live(id) == null) {
            found("every-reference-has-a-task", id, "holds " + reference + ", but is not live");
          } else if (!live && archive.find(id) == null) {
            found("every-reference-has-a-task", id, "had " + reference + ", but is not archived");
          }
        });
  }

  private void archived() {
    each(
        "archived tasks",
        Space.ARCHIVE,
        new byte[0],
        Keys.archive(Integer.MAX_VALUE),
        (key, value) -> {
          Archive.Place place = Archive.place(key);
          if (!place.equals(archive.find(place.task()))) {
            found("every-task-once", place.task(), "is archived where its index does not say");
          }
          Task task = TaskCodec.decode(place.task(), value);
          if (task.processId() != place.process() || task.node() != place.node()) {
            found("an-archived-task-in-its-node", place.task(), "is filed under another node");
          }
        });
    each(
        "archive index entries",
        Space.INDEX,
        Keys.table('X'),
        Keys.after(Keys.table('X')),
        (key, value) -> {
          TaskId id = TaskId.read(ByteBuffer.wrap(key, 1, TaskId.BYTES));
          Archive.Place place = archive.find(id);
          if (place == null || archive.load(place) == null) {
            found("every-archived-task-is-there", id, "is in the index, but not in the archive");
          }
        });
  }

  private void counters() {
    each(
        "node counters",
        Space.INDEX,
        Keys.table('C'),
        Keys.after(Keys.table('C')),
        (key, value) -> {
          ByteBuffer in = ByteBuffer.wrap(key, 1, 12);
          NodeKey node = new NodeKey(in.getLong(), in.getInt());
          NodeCounts counts = CounterCodec.decode(value).counts();
          long live = liveByNode.getOrDefault(node, 0L);
          liveByNode.remove(node);
          boolean holds = counts.out() > 0 || live > 0;
          if (holds && (counts.count() != live || counts.in() - counts.out() != live)) {
            report(
                "counters-agree-with-tasks",
                "process " + node.process() + ", node " + node.node(),
                "in "
                    + counts.in()
                    + ", out "
                    + counts.out()
                    + ", count "
                    + counts.count()
                    + "; expected in - out = count = "
                    + live
                    + " live tasks");
          }
        });
    liveByNode.forEach((node, live) -> {
      if (node.node() != Keys.NO_NODE) {
        report(
            "counters-agree-with-tasks",
            "process " + node.process() + ", node " + node.node(),
            "has " + live + " live tasks and no counter");
      }
    });
  }

  private interface Check {
    void check(byte[] key, byte[] value);
  }

  private void each(String name, Space space, byte[] from, byte[] to, Check check) {
    long[] count = {0};
    state.scan(
        space,
        from,
        to,
        (key, value) -> {
          try {
            check.check(key, value);
          } catch (RuntimeException e) {
            report("readable", name + " " + HexFormat.of().formatHex(key), "cannot be read: " + e);
          }
          count[0]++;
          if (++done % REPORT_EVERY == 0) {
            progress.accept(done);
          }
          return true;
        });
    checked.merge(name, count[0], Long::sum);
  }

  private @Nullable Task live(TaskId id) {
    byte[] bytes = state.get(Space.TASKS, Keys.task(id));
    return bytes == null ? null : TaskCodec.decode(id, bytes);
  }

  private boolean missing(byte[] indexKey) {
    return state.get(Space.INDEX, indexKey) == null;
  }

  private void found(String invariant, TaskId task, String text) {
    report(invariant, "task " + task, text);
  }

  private void report(String invariant, String subject, String text) {
    findings.accept(new AuditFinding(invariant, subject, text));
  }
}
