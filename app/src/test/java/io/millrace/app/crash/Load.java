package io.millrace.app.crash;

import io.millrace.app.binary.ServerClient;
import io.millrace.app.crash.Numbered.Kind;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Concurrent clients, and the ledger of what they sent and what was acknowledged. A client stops at
 * the first request that fails as a whole: the server is gone.
 */
final class Load {
  static final int STATES = 12;
  private static final int BATCH_TASKS_MAX = 12;
  private static final int TIMER_SECONDS_MAX = 4;

  final AtomicInteger next = new AtomicInteger();

  /** Acknowledged creates: the id by the number. */
  final Map<Integer, String> created = new ConcurrentSkipListMap<>();

  final Map<Integer, Long> dueSeconds = new ConcurrentHashMap<>();
  final Set<Integer> answerSent = ConcurrentHashMap.newKeySet();
  final Set<Integer> answered = ConcurrentHashMap.newKeySet();
  final Set<Integer> removeSent = ConcurrentHashMap.newKeySet();
  final Set<Integer> removed = ConcurrentHashMap.newKeySet();

  /** State diagram: the last change sent, and the last acknowledged, by the task's number. */
  final Map<Integer, Integer> changeSent = new ConcurrentHashMap<>();

  final Map<Integer, Integer> changed = new ConcurrentHashMap<>();

  private final URI called;
  private final long flow;
  private final long states;

  Load(URI called, long flow, long states) {
    this.called = called;
    this.flow = flow;
    this.states = states;
  }

  static String stateReference(int number) {
    return "state-" + number;
  }

  /** Creates the tasks of the state diagram, which live through all rounds. */
  void createStates(ServerClient client) {
    for (int number = 0; number < STATES; number++) {
      client.ok(
          """
          {"type":"create","obj":"task","conv_id":%d,"ref":"%s",
           "data":{"change":0,"status":"active"}}\
          """
              .formatted(states, stateReference(number)));
      changeSent.put(number, 0);
      changed.put(number, 0);
    }
  }

  /** One client, which alone changes the states whose number leaves its own as remainder. */
  void run(ServerClient client, int index, int clients, long seed) {
    Random random = new Random(seed);
    List<Integer> waiting = new ArrayList<>();
    try {
      while (true) {
        create(client, random, waiting);
        touchWaiting(client, random, waiting);
        changeStates(client, index, clients);
      }
    } catch (IOException gone) {
      // The server was killed, or is stopping: what was not acknowledged may or may not be there.
    }
  }

  private void create(ServerClient client, Random random, List<Integer> waiting)
      throws IOException {
    List<Numbered> tasks = new ArrayList<>();
    List<ObjectNode> ops = new ArrayList<>();
    for (int left = 1 + random.nextInt(BATCH_TASKS_MAX); left > 0; left--) {
      Numbered task = new Numbered(next.getAndIncrement());
      long due = System.currentTimeMillis() / 1000 + random.nextInt(TIMER_SECONDS_MAX);
      if (task.kind() == Kind.TIMER) {
        dueSeconds.put(task.number(), due);
      }
      tasks.add(task);
      ops.add(task.create(flow, called, due));
    }
    List<ObjectNode> answers = client.tryOps(ops);
    for (int i = 0; i < answers.size(); i++) {
      if (isOk(answers.get(i))) {
        Numbered task = tasks.get(i);
        created.put(task.number(), answers.get(i).get("obj_id").asString());
        switch (task.kind()) {
          case WAIT, REMOVE -> waiting.add(task.number());
          case COMPUTE, COPY, REFERENCE, TIMER, CALL, NOTIFY, DROP -> {}
        }
      }
    }
  }

  /** Answers, or removes, some of those that wait; the others go on waiting. */
  private void touchWaiting(ServerClient client, Random random, List<Integer> waiting)
      throws IOException {
    List<Numbered> touched = new ArrayList<>();
    List<ObjectNode> ops = new ArrayList<>();
    for (int number : waiting) {
      if (random.nextInt(10) < 9) {
        Numbered task = new Numbered(number);
        touched.add(task);
        if (task.kind() == Kind.WAIT) {
          answerSent.add(number);
          ops.add(modify(flow, task.reference(), data -> data.put("answered", number)));
        } else {
          removeSent.add(number);
          ops.add(
              ServerClient.object("{\"type\":\"delete\",\"obj\":\"task\"}")
                  .put("conv_id", flow)
                  .put("obj_id", created.get(number)));
        }
      }
    }
    waiting.clear();
    if (ops.isEmpty()) {
      return;
    }
    List<ObjectNode> answers = client.tryOps(ops);
    for (int i = 0; i < answers.size(); i++) {
      if (isOk(answers.get(i))) {
        Numbered task = touched.get(i);
        (task.kind() == Kind.WAIT ? answered : removed).add(task.number());
      }
    }
  }

  private void changeStates(ServerClient client, int index, int clients) throws IOException {
    Map<Integer, Integer> changes = new TreeMap<>();
    List<ObjectNode> ops = new ArrayList<>();
    for (int number = index; number < STATES; number += clients) {
      int change = changeSent.merge(number, 1, Integer::sum);
      changes.put(number, change);
      ops.add(
          modify(
              states,
              stateReference(number),
              data -> data.put("change", change).put("status", status(change))));
    }
    List<ObjectNode> answers = client.tryOps(ops);
    int at = 0;
    for (Map.Entry<Integer, Integer> change : changes.entrySet()) {
      if (isOk(answers.get(at++))) {
        changed.put(change.getKey(), change.getValue());
      }
    }
  }

  static String status(int change) {
    return change % 2 == 0 ? "active" : "blocked";
  }

  private static ObjectNode modify(long process, String reference, Consumer<ObjectNode> data) {
    ObjectNode op =
        ServerClient.object("{\"type\":\"modify\",\"obj\":\"task\"}")
            .put("conv_id", process)
            .put("ref", reference);
    data.accept(op.putObject("data"));
    return op;
  }

  private static boolean isOk(ObjectNode answer) {
    return answer.path("proc").asString("").equals("ok");
  }

  /** Numbers acknowledged from {@code first} on that a server must be able to show. */
  Map<Integer, String> shownFrom(int first) {
    Map<Integer, String> shown = new HashMap<>();
    created.forEach((number, id) -> {
      if (number >= first
          && new Numbered(number).kind() != Kind.DROP
          && !removeSent.contains(number)) {
        shown.put(number, id);
      }
    });
    return shown;
  }
}
