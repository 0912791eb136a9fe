package io.millrace.simulation.invariant;

import io.millrace.engine.audit.Audit;
import io.millrace.engine.command.Effect;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.view.NodeCounts;
import io.millrace.engine.view.TaskView;
import io.millrace.simulation.workload.Workload;
import io.millrace.simulation.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold when a run has come to rest. Each finding begins with the invariant's name. */
public final class Invariants {
  private static final int ALL = Integer.MAX_VALUE;
  private static final String[] MAIN_NODES = {
    "01", "02", "03", "04", "05", "11", "12", "13", "14", "15", "16"
  };
  private static final int PERMITS = 2;

  private final World world;
  private final Workload workload;
  private final List<String> findings = new ArrayList<>();

  public Invariants(World world, Workload workload) {
    this.world = world;
    this.workload = workload;
  }

  /** Permits bound the calls under way at any time; to be told of every change. */
  public void observe(Map<EffectId, Effect> underWay) {
    long calls = underWay.values().stream().filter(Effect.HttpCall.class::isInstance).count();
    if (calls > PERMITS) {
      findings.add("no-more-calls-than-permits: " + calls + " under way, expected " + PERMITS);
    }
  }

  /** All findings of the run. */
  public List<String> check() {
    for (int i = 0; i < world.partitionCount(); i++) {
      int partition = i;
      new Audit(world.committed(i))
          .run(
              done -> {},
              finding ->
                  findings.add(
                      finding.invariant()
                          + ": partition "
                          + partition
                          + ", "
                          + finding.subject()
                          + " "
                          + finding.text()));
    }
    acknowledgedOnce();
    copiesOnce();
    countsAddUp();
    return findings;
  }

  /** Every acknowledged task is in exactly one place; none of the others is in two. */
  private void acknowledgedOnce() {
    Map<String, TaskId> found = new HashMap<>();
    for (String node : MAIN_NODES) {
      for (TaskView task : tasks(Workload.MAIN, node)) {
        String reference = task.reference();
        if (reference != null && found.put(reference, task.id()) != null) {
          findings.add("every-task-once: " + reference + " is there twice");
        }
      }
    }
    workload
        .acknowledged()
        .forEach((reference, id) -> {
          if (!id.equals(found.get(reference))) {
            findings.add("no-acknowledged-task-lost: " + reference + " " + id);
          }
        });
  }

  /** A task that passed its copy has exactly one copy, and no copy has no task. */
  private void copiesOnce() {
    Set<String> expected = new HashSet<>();
    for (TaskView task : tasks(Workload.MAIN, "03")) {
      int kind = task.data().path("kind").asInt();
      if (kind == 1 || kind == 2) {
        expected.add(kind + " " + task.data().path("ref").asString());
      }
    }
    Set<String> found = new HashSet<>();
    for (TaskView task : tasks(Workload.COPIES, "03")) {
      String of =
          task.reference() == null
              ? "2 " + task.data().path("of").asString()
              : "1 " + task.data().path("ref").asString();
      if (!found.add(of)) {
        findings.add("one-copy-each: a second copy of " + of);
      }
    }
    if (!found.equals(expected)) {
      Set<String> missing = new HashSet<>(expected);
      missing.removeAll(found);
      Set<String> extra = new HashSet<>(found);
      extra.removeAll(expected);
      findings.add("one-copy-each: missing " + missing + ", without a task " + extra);
    }
  }

  /** What entered the start node is what is somewhere now; alerts of the task counter pair up. */
  private void countsAddUp() {
    long entered = 0;
    long present = 0;
    for (int i = 0; i < world.partitionCount(); i++) {
      Map<NodeId, NodeCounts> counts = world.snapshot(i).counts(Workload.MAIN);
      entered += counts.getOrDefault(node("01"), NodeCounts.ZERO).in();
      for (Map.Entry<NodeId, NodeCounts> entry : counts.entrySet()) {
        present += entry.getKey().equals(node("05")) ? 0 : entry.getValue().count();
      }
    }
    if (entered != present) {
      findings.add(
          "counters-agree-with-tasks: " + entered + " entered, " + present + " are present");
    }
    long up = 0;
    long down = 0;
    for (TaskView alert : tasks(Workload.MAIN, "05")) {
      if (alert.data().path("start").asString().equals("true")) {
        up++;
      } else {
        down++;
      }
    }
    if (up != down) {
      findings.add("task-counter-pairs: " + up + " times above, " + down + " times below");
    }
  }

  private List<TaskView> tasks(long process, String node) {
    List<TaskView> all = new ArrayList<>();
    for (int i = 0; i < world.partitionCount(); i++) {
      all.addAll(world.snapshot(i).tasks(process, node(node), ALL, false));
    }
    return all;
  }

  private static NodeId node(String twoDigits) {
    return NodeId.of("bbbbbbbbbbbbbbbbbbbbbb" + twoDigits);
  }
}
