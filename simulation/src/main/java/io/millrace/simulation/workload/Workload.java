package io.millrace.simulation.workload;

import io.millrace.engine.command.Command;
import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.engine.command.Reply;
import io.millrace.engine.id.Slots;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.json.Json;
import io.millrace.simulation.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tasks that use everything the engine has: copies with and without references, calls with few
 * permits, alerts, time limits, a state diagram that is modified, a task counter. Whether a task
 * was created can be told from its reference, {@code w-<number>}, alone.
 */
public final class Workload {
  public static final long MAIN = 1;
  public static final long COPIES = 2;
  public static final long STATES = 3;
  private static final long OWNER = 7;

  private final World world;
  private final SplittableRandom random;
  private final Map<String, TaskId> acknowledged = new LinkedHashMap<>();
  private int submitted;
  private int states;

  public Workload(World world, long seed) {
    this.world = world;
    this.random = new SplittableRandom(seed ^ 0x5eed);
  }

  /** References of tasks of {@link #MAIN} whose creation was acknowledged, with their ids. */
  public Map<String, TaskId> acknowledged() {
    return acknowledged;
  }

  public int submitted() {
    return submitted;
  }

  /** Deploys the three processes. */
  public void deploy() {
    put(MAIN, false, 1, Processes.main());
    put(COPIES, false, 1, Processes.copies());
    put(STATES, true, 1, Processes.states());
  }

  /** Submits something. */
  public void next() {
    switch (random.nextInt(6)) {
      case 0, 1, 2, 3 -> create();
      case 4 -> createState();
      default -> modifyState();
    }
  }

  /** Pauses or resumes the process of the copies. */
  public void toggle(boolean pause) {
    world.everywhere(
        new Command.SetProcessStatus(
            0, COPIES, pause ? ProcessStatus.PAUSED : ProcessStatus.ACTIVE));
  }

  private void create() {
    int number = submitted++;
    String reference = "w-" + number;
    ObjectNode data = Json.object();
    data.put("n", number).put("kind", random.nextInt(6)).put("ref", reference);
    int slot = Slots.ofReference(MAIN, reference);
    world.submit(
        id -> new Command.CreateTask(id, slot, MAIN, reference, data, OWNER, false),
        (id, reply) -> {
          if (reply instanceof Reply.Created created) {
            acknowledged.put(reference, created.taskId());
          }
        });
  }

  private void createState() {
    String reference = "s-" + states++;
    int slot = Slots.ofReference(STATES, reference);
    ObjectNode data = Json.object().put("status", "new");
    world.submit(
        id -> new Command.CreateTask(id, slot, STATES, reference, data, OWNER, false),
        (id, reply) -> {});
  }

  private void modifyState() {
    if (states == 0) {
      return;
    }
    String reference = "s-" + random.nextInt(states);
    int slot = Slots.ofReference(STATES, reference);
    ObjectNode data = Json.object().put("status", random.nextBoolean() ? "on" : "off");
    world.submit(
        id -> new Command.ModifyTask(id, slot, STATES, null, reference, data, OWNER),
        (id, reply) -> {});
  }

  private void put(long process, boolean stateDiagram, long version, ArrayNode nodes) {
    ObjectNode scheme = Json.object();
    scheme.set("nodes", nodes);
    world.everywhere(
        new Command.PutProcess(
            0,
            new ProcessSource(
                process,
                version,
                "Process " + process,
                stateDiagram,
                ProcessStatus.ACTIVE,
                Json.array(),
                scheme,
                OWNER,
                List.of(),
                30,
                Json.object())));
  }
}
