package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.audit.Audit;
import io.millrace.engine.command.Command;
import io.millrace.engine.command.Effect;
import io.millrace.engine.command.EffectResult;
import io.millrace.engine.command.EngineSettings;
import io.millrace.engine.command.Event;
import io.millrace.engine.command.Message;
import io.millrace.engine.command.Outputs;
import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.command.ProcessStatus;
import io.millrace.engine.command.Reply;
import io.millrace.engine.command.Stamp;
import io.millrace.engine.id.EffectId;
import io.millrace.engine.id.NodeId;
import io.millrace.engine.id.Slots;
import io.millrace.engine.id.TaskId;
import io.millrace.engine.json.Json;
import io.millrace.engine.state.MemoryState;
import io.millrace.engine.view.AuditFinding;
import io.millrace.engine.view.NodeCounts;
import io.millrace.engine.view.TaskView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Partitions on memory, in virtual time, spoken to in the user's verbs. Everything runs until it
 * rests; after each verb every partition is flushed, audited and opened again from its bytes, so no
 * test can leave a broken state unnoticed.
 */
final class EngineFixture {
  static final long OWNER = 7;
  static final long START_MILLIS = 1_700_000_000_000L;

  final List<Effect> effects = new ArrayList<>();
  final List<EffectId> cancelled = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  private final EngineSettings settings;
  private final int partitionCount;
  private final List<MemoryState> states = new ArrayList<>();
  private final List<Partition> partitions = new ArrayList<>();
  private final ArrayDeque<Message> messages = new ArrayDeque<>();
  private final Map<Long, Reply> replies = new HashMap<>();
  private final Map<Long, Long> versions = new HashMap<>();
  private final Map<Long, ProcessSource> sources = new LinkedHashMap<>();
  private long nowMillis = START_MILLIS;
  private long seed = 1;
  private long request;
  private int nextSlot = 5;
  boolean reopenAfterEachVerb = true;

  EngineFixture() {
    this(1, EngineSettings.DEFAULT);
  }

  EngineFixture(int partitionCount, EngineSettings settings) {
    this.partitionCount = partitionCount;
    this.settings = settings;
    for (int i = 0; i < partitionCount; i++) {
      states.add(new MemoryState());
      partitions.add(open(i));
    }
  }

  private Partition open(int index) {
    return new Partition(settings, slot -> slot % partitionCount == index, states.get(index));
  }

  /** A process of these nodes; single quotes in the JSON stand for double ones. */
  void deploy(long processId, String... nodes) {
    deploy(processId, false, "[]", nodes);
  }

  void deployState(long processId, String... nodes) {
    deploy(processId, true, "[]", nodes);
  }

  void deploy(long processId, boolean stateDiagram, String params, String... nodes) {
    ArrayNode list = Json.array();
    for (String node : nodes) {
      list.add(json(node));
    }
    ObjectNode scheme = Json.object();
    scheme.set("nodes", list);
    put(
        new ProcessSource(
            processId,
            0,
            "Process " + processId,
            stateDiagram,
            ProcessStatus.ACTIVE,
            (ArrayNode) json(params),
            scheme,
            OWNER,
            List.of(),
            30,
            Json.object()));
  }

  /** Takes a process over, with the next version number. */
  Reply put(ProcessSource source) {
    long version = versions.merge(source.processId(), 1L, Long::sum);
    ProcessSource numbered =
        new ProcessSource(
            source.processId(),
            version,
            source.title(),
            source.stateDiagram(),
            source.status(),
            source.params(),
            source.scheme(),
            source.ownerId(),
            source.taskUsers(),
            source.retentionDays(),
            source.extensions());
    sources.put(source.processId(), numbered);
    return toAll(id -> new Command.PutProcess(id, numbered));
  }

  ProcessSource source(long processId) {
    return sources.get(processId);
  }

  void status(long processId, ProcessStatus status) {
    toAll(id -> new Command.SetProcessStatus(id, processId, status));
  }

  TaskId create(long processId, String data) {
    return created(processId, null, data);
  }

  TaskId created(long processId, @Nullable String reference, String data) {
    Reply reply = tryCreate(processId, reference, data);
    assertThat(reply).isInstanceOf(Reply.Created.class);
    return ((Reply.Created) reply).taskId();
  }

  Reply tryCreate(long processId, @Nullable String reference, String data) {
    return tryCreate(processId, reference, (ObjectNode) json(data), false);
  }

  Reply tryCreate(long processId, @Nullable String reference, ObjectNode data, boolean once) {
    int slot =
        reference == null ? nextSlot++ % Slots.COUNT : Slots.ofReference(processId, reference);
    return toSlot(
        slot, id -> new Command.CreateTask(id, slot, processId, reference, data, OWNER, once));
  }

  Reply modify(long processId, TaskId task, String data) {
    return toSlot(
        task.slot(),
        id ->
            new Command.ModifyTask(
                id, task.slot(), processId, task, null, (ObjectNode) json(data), OWNER));
  }

  Reply modifyByReference(long processId, String reference, String data) {
    int slot = Slots.ofReference(processId, reference);
    return toSlot(
        slot,
        id ->
            new Command.ModifyTask(
                id, slot, processId, null, reference, (ObjectNode) json(data), OWNER));
  }

  Reply delete(long processId, TaskId task) {
    return toSlot(
        task.slot(),
        id -> new Command.DeleteTask(id, task.slot(), processId, task, null, null, OWNER));
  }

  Reply toAll(java.util.function.LongFunction<Command> command) {
    Reply last = new Reply.Done(false);
    for (int i = 0; i < partitionCount; i++) {
      long id = ++request;
      apply(i, command.apply(id));
      Reply reply = replies.get(id);
      if (reply != null && !(reply instanceof Reply.Done done && !done.more())) {
        last = reply;
      }
    }
    settle();
    return last;
  }

  /** The world answers the effect that was started last. */
  void answer(EffectResult result) {
    answer(effects.removeLast(), result);
  }

  void answer(Effect effect, EffectResult result) {
    effects.remove(effect);
    apply(
        effect.id().task().slot() % partitionCount, new Command.FinishEffect(effect.id(), result));
    settle();
  }

  void answerJson(int status, String body) {
    answer(
        new EffectResult.HttpAnswer(
            status,
            List.of(new Effect.Header("Content-Type", "application/json")),
            body.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8),
            1_234));
  }

  /** Time passes; what falls due fires. */
  void pass(long millis) {
    long end = nowMillis + millis;
    while (true) {
      long due = Long.MAX_VALUE;
      for (Partition partition : partitions) {
        due = Math.min(due, partition.nextTimerMillis());
      }
      if (due > end) {
        break;
      }
      nowMillis = Math.max(nowMillis, due);
      for (int i = 0; i < partitionCount; i++) {
        apply(i, new Command.Tick());
      }
      settle();
    }
    nowMillis = end;
  }

  long nowMillis() {
    return nowMillis;
  }

  @Nullable TaskView task(long processId, TaskId task) {
    return snapshot(task.slot() % partitionCount).task(processId, task);
  }

  TaskView existing(long processId, TaskId task) {
    TaskView view = task(processId, task);
    assertThat(view).as("task " + task).isNotNull();
    return java.util.Objects.requireNonNull(view);
  }

  ObjectNode data(long processId, TaskId task) {
    return existing(processId, task).data();
  }

  /** The last two digits of the node that the task is in. */
  String place(long processId, TaskId task) {
    return existing(processId, task).nodeId().toString().substring(22);
  }

  List<String> path(long processId, TaskId task) {
    return existing(processId, task).path().stream()
        .map(step -> step.nodeId().toString().substring(22))
        .toList();
  }

  List<TaskView> tasks(long processId, String node) {
    List<TaskView> all = new ArrayList<>();
    for (int i = 0; i < partitionCount; i++) {
      all.addAll(snapshot(i).tasks(processId, NodeId.of(node(node)), 1_000, false));
    }
    return all;
  }

  NodeCounts counts(long processId, String node) {
    NodeCounts sum = NodeCounts.ZERO;
    for (int i = 0; i < partitionCount; i++) {
      sum =
          sum.plus(
              snapshot(i).counts(processId).getOrDefault(NodeId.of(node(node)), NodeCounts.ZERO));
    }
    return sum;
  }

  Snapshot snapshot(int partition) {
    return new Snapshot(states.get(partition));
  }

  MemoryState state(int partition) {
    return states.get(partition);
  }

  static JsonNode json(String text) {
    return Json.parse(text.replace('\'', '"'));
  }

  /** The id of the node that tests call by two digits. */
  static String node(String twoDigits) {
    return "aaaaaaaaaaaaaaaaaaaaaa" + twoDigits;
  }

  /** A node; names of targets like {@code @03} become ids. */
  static String node(String twoDigits, int type, String logics, String semaphores) {
    String text =
        "{'id':'%s','obj_type':%d,'condition':{'logics':[%s],'semaphors':[%s]},'title':'Node %s',"
                .formatted(node(twoDigits), type, logics, semaphores, twoDigits)
            + "'description':'','x':0,'y':0,'extra':null,'options':null}";
    return text.replaceAll("@(\\d\\d)(?!\\d)", node("$1"));
  }

  static String start(String target) {
    return node("01", 1, "{'type':'go','to_node_id':'@" + target + "'}", "");
  }

  static String end(String name) {
    return node(name, 2, "", "");
  }

  static String go(String target) {
    return "{'type':'go','to_node_id':'@" + target + "'}";
  }

  private Reply toSlot(int slot, java.util.function.LongFunction<Command> command) {
    long id = ++request;
    apply(slot % partitionCount, command.apply(id));
    settle();
    return java.util.Objects.requireNonNull(replies.get(id));
  }

  private void apply(int partition, Command command) {
    partitions.get(partition).apply(command, new Stamp(nowMillis, seed++), new Recorder());
  }

  private void settle() {
    boolean busy = true;
    while (busy) {
      busy = false;
      for (int i = 0; i < partitionCount; i++) {
        while (partitions.get(i).hasReady()) {
          apply(i, new Command.RunReady(7));
          busy = true;
        }
      }
      while (!messages.isEmpty()) {
        Message message = messages.remove();
        apply(message.slot() % partitionCount, new Command.Receive(message));
        busy = true;
      }
    }
    for (int i = 0; i < partitionCount; i++) {
      partitions.get(i).flush();
      List<AuditFinding> findings = new ArrayList<>();
      new Audit(states.get(i)).run(done -> {}, findings::add);
      assertThat(findings).isEmpty();
      if (reopenAfterEachVerb) {
        partitions.set(i, open(i));
      }
    }
  }

  private final class Recorder implements Outputs {
    @Override
    public void reply(long requestId, Reply reply) {
      replies.put(requestId, reply);
    }

    @Override
    public void send(Message message) {
      messages.add(message);
    }

    @Override
    public void start(Effect effect) {
      effects.add(effect);
    }

    @Override
    public void cancel(EffectId effectId) {
      cancelled.add(effectId);
      effects.removeIf(effect -> effect.id().equals(effectId));
    }

    @Override
    public void event(Event event) {
      events.add(event);
    }
  }
}
