package io.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.binary.ServerClient;
import io.millrace.app.crash.Numbered.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares what a server has with the ledger of a load: nothing that was acknowledged is missing,
 * nothing is there twice, counters are what the lists say.
 */
final class Reckoning {
  private static final List<String> PASSING =
      List.of(
          "Start",
          "Classify",
          "Compute",
          "Copy",
          "Copy with reference",
          "Until due",
          "Call",
          "Notify");
  private static final int SHOWN_AT_ONCE = 500;
  private static final int CROWD = 12;

  private final Load load;
  private final long flow;
  private final long copies;
  private final long states;

  /** A task, and the node that lists it. */
  private record Place(String node, JsonNode task) {
    JsonNode data() {
      return task.get("data");
    }
  }

  Reckoning(Load load, long flow, long copies, long states) {
    this.load = load;
    this.flow = flow;
    this.copies = copies;
    this.states = states;
  }

  /** Right after a start, while tasks move: each one acknowledged since {@code first} is there. */
  void acknowledgedAreThere(ServerClient client, int first) {
    List<Map.Entry<Integer, String>> shown = new ArrayList<>(load.shownFrom(first).entrySet());
    for (int from = 0; from < shown.size(); from += SHOWN_AT_ONCE) {
      var part = shown.subList(from, Math.min(shown.size(), from + SHOWN_AT_ONCE));
      List<ObjectNode> ops = new ArrayList<>();
      for (Map.Entry<Integer, String> task : part) {
        ops.add(
            ServerClient.object("{\"type\":\"show\",\"obj\":\"task\"}")
                .put("conv_id", flow)
                .put("ref", new Numbered(task.getKey()).reference()));
      }
      List<ObjectNode> answers = client.ops(ops);
      for (int i = 0; i < part.size(); i++) {
        assertThat(answers.get(i).path("obj_id").asString(""))
            .as("task %s: %s", part.get(i).getKey(), answers.get(i))
            .isEqualTo(part.get(i).getValue());
      }
    }
    statesHaveWhatWasAcknowledged(client);
  }

  /** Waits until nothing moves, then compares everything. */
  void everythingIsInItsPlace(ServerClient client, CalledServer called) {
    Map<String, JsonNode> nodes = awaitRest(client);
    Map<Integer, Place> found = new TreeMap<>();
    List<JsonNode> crowded = new ArrayList<>();
    nodes.forEach((title, node) -> {
      List<JsonNode> tasks = client.tasks(flow, node.get("obj_id").asString());
      if (!title.equals("Dropped")) {
        assertThat(tasks).as("tasks in '%s'", title).hasSize(node.get("count").asInt());
      }
      if (title.equals("Crowded")) {
        crowded.addAll(tasks);
      } else {
        for (JsonNode task : tasks) {
          int number = Numbered.ofReference(task.get("ref").asString()).number();
          Place before = found.put(number, new Place(title, task));
          assertThat(before).as("task %s is also in '%s'", number, title).isNull();
        }
      }
    });
    createdAreInTheirPlaces(found);
    droppedAreCounted(nodes.get("Dropped").get("count").asInt());
    copiesAreThereOnce(client, found);
    callsWereMade(found, called);
    alertsAreThereOnce(client, found);
    crowdWasTold(crowded, nodes.get("Wait").get("count").asInt());
    statesHaveWhatWasAcknowledged(client);
  }

  private Map<String, JsonNode> awaitRest(ServerClient client) {
    Map<String, JsonNode> nodes = new LinkedHashMap<>();
    Awaitility.await("that nothing moves")
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> {
          nodes.putAll(client.nodes(flow));
          assertThat(PASSING).allMatch(title -> nodes.get(title).get("count").asInt() == 0);
        });
    return nodes;
  }

  private void createdAreInTheirPlaces(Map<Integer, Place> found) {
    load.created.forEach((number, id) -> {
      Numbered task = new Numbered(number);
      if (task.kind() == Kind.DROP || load.removeSent.contains(number)) {
        return;
      }
      assertThat(found).as("acknowledged tasks").containsKey(number);
      assertThat(found.get(number).task().get("obj_id").asString()).isEqualTo(id);
    });
    found.forEach((number, place) -> {
      assertThat(number).as("numbers of tasks").isLessThan(load.next.get());
      assertThat(place.node()).as("node of task %s", number).isIn(expectedNodes(number));
      assertThat(place.data().get("n").asInt()).isEqualTo(number);
      contentIsRight(new Numbered(number), place);
    });
    assertThat(load.removed).doesNotContainAnyElementsOf(found.keySet());
  }

  private List<String> expectedNodes(int number) {
    if (load.answered.contains(number)) {
      return List.of("Answered");
    }
    if (load.answerSent.contains(number)) {
      return List.of("Answered", "Wait");
    }
    Numbered task = new Numbered(number);
    // A busy machine may take longer to answer than the node waits; see contentIsRight.
    return task.kind() == Kind.CALL && task.answer() == Numbered.Answer.OK
        ? List.of("Called", "Call failed")
        : List.of(task.node());
  }

  private void contentIsRight(Numbered task, Place place) {
    int number = task.number();
    switch (task.kind()) {
      case COMPUTE -> assertThat(place.data().get("double").asInt()).isEqualTo(2 * number);
      case COPY, REFERENCE ->
          assertThat(place.data().get("__conveyor_copy_task_result__").asString()).isEqualTo("ok");
      case TIMER ->
          assertThat(place.task().get("change_time").asLong())
              .as("a time limit ends no earlier than it should")
              .isGreaterThanOrEqualTo(load.dueSeconds.get(number));
      case CALL -> {
        if (place.node().equals("Called")) {
          assertThat(place.data().get("called").asInt()).isEqualTo(number);
        } else {
          assertThat(place.data().get("__conveyor_api_return_description__").asString())
              .isIn(
                  task.answer() == Numbered.Answer.FAIL
                      ? List.of("{\"why\":\"asked to fail\"}", "timeout")
                      : List.of("timeout"));
        }
      }
      case WAIT -> {
        if (place.node().equals("Answered")) {
          assertThat(place.data().get("answered").asInt()).isEqualTo(number);
        }
      }
      case NOTIFY, REMOVE, DROP -> {}
    }
  }

  /** A final node that keeps nothing counts what came: all acknowledged, and none twice. */
  private void droppedAreCounted(int count) {
    long acknowledged =
        load.created.keySet().stream()
            .filter(number -> new Numbered(number).kind() == Kind.DROP)
            .count();
    long sent =
        (load.next.get() + Kind.values().length - 1 - Kind.DROP.ordinal()) / Kind.values().length;
    assertThat((long) count).isBetween(acknowledged, sent);
  }

  /** One copy for each task that copied, none for the others. */
  private void copiesAreThereOnce(ServerClient client, Map<Integer, Place> found) {
    JsonNode node = client.nodes(copies).get("Copies");
    List<JsonNode> tasks = client.tasks(copies, node.get("obj_id").asString());
    assertThat(tasks).hasSize(node.get("count").asInt());
    List<Integer> copied = new ArrayList<>();
    for (JsonNode task : tasks) {
      int number = task.get("data").get("n").asInt();
      copied.add(number);
      if (new Numbered(number).kind() == Kind.REFERENCE) {
        assertThat(task.get("ref").asString()).isEqualTo("copy-" + number);
      }
    }
    List<Integer> expected = in(found, "Copied");
    assertThat(copied).as("copies").doesNotHaveDuplicates();
    assertThat(without(expected, copied)).as("copies that are missing").isEmpty();
    assertThat(without(copied, expected)).as("copies of nothing").isEmpty();
  }

  private static List<Integer> in(Map<Integer, Place> found, String node) {
    return found.entrySet().stream()
        .filter(entry -> entry.getValue().node().equals(node))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Calls are made at least once, and each repetition can be told by its key. */
  private static void callsWereMade(Map<Integer, Place> found, CalledServer called) {
    List<Integer> answered = in(found, "Called");
    List<Integer> failed = in(found, "Call failed");
    long late =
        failed.stream()
            .filter(number -> new Numbered(number).answer() == Numbered.Answer.OK)
            .count();
    System.out.printf(
        "KillTest: %d calls answered, %d failed, %d of them late without need%n",
        answered.size(), failed.size(), late);
    // A call whose time ran out may not have got through to a busy machine.
    List<Integer> made = new ArrayList<>(answered);
    failed.stream().filter(number -> wasAnswered(found.get(number))).forEach(made::add);
    assertThat(without(made, called.keysOfNumber().keySet()))
        .as("calls that were never made")
        .isEmpty();
    called
        .keysOfNumber()
        .forEach((number, keys) ->
            assertThat(keys).as("idempotency keys of task %s", number).hasSize(1));
  }

  private static boolean wasAnswered(Place place) {
    return place.data().has("__conveyor_api_return_http_code__");
  }

  private static void alertsAreThereOnce(ServerClient client, Map<Integer, Place> found) {
    List<String> titles = new ArrayList<>();
    String page = "";
    do {
      JsonNode answer = client.getJson("/api/alerts?limit=200" + page);
      answer.get("alerts").forEach(alert -> titles.add(alert.get("title").asString()));
      JsonNode next = answer.path("next");
      page = next.isNull() || next.isMissingNode() ? "" : "&before=" + next.asString();
    } while (!page.isEmpty());
    List<String> expected =
        in(found, "Notified").stream().map(number -> "Alert " + number).toList();
    assertThat(titles).as("alerts").doesNotHaveDuplicates();
    assertThat(without(expected, titles)).as("alerts that are missing").isEmpty();
    assertThat(without(titles, expected)).as("alerts that nobody asked for").isEmpty();
  }

  private static <T> List<T> without(List<T> all, Collection<T> some) {
    List<T> rest = new ArrayList<>(all);
    rest.removeAll(new HashSet<>(some));
    return rest;
  }

  /** A task counter tells of each crossing once: start and end take turns. */
  private static void crowdWasTold(List<JsonNode> told, int waiting) {
    Map<String, Integer> times = new HashMap<>();
    told.forEach(task -> times.merge(task.get("data").get("start").asString(), 1, Integer::sum));
    int open = times.getOrDefault("true", 0) - times.getOrDefault("false", 0);
    assertThat(open)
        .as("crossings told %s, now waiting %s", times, waiting)
        .isEqualTo(waiting >= CROWD ? 1 : 0);
  }

  /**
   * A state has the last change acknowledged, or one sent after it, in the node that goes with it.
   */
  private void statesHaveWhatWasAcknowledged(ServerClient client) {
    Map<String, JsonNode> nodes = client.nodes(states);
    TreeSet<String> references = new TreeSet<>();
    for (String title : List.of("Active", "Blocked")) {
      List<JsonNode> tasks = client.tasks(states, nodes.get(title).get("obj_id").asString());
      assertThat(tasks).as("tasks in '%s'", title).hasSize(nodes.get(title).get("count").asInt());
      for (JsonNode task : tasks) {
        String reference = task.get("ref").asString();
        assertThat(references.add(reference)).as("%s is there once", reference).isTrue();
        int number = Integer.parseInt(reference.substring("state-".length()));
        int change = task.get("data").get("change").asInt();
        assertThat(change)
            .as(reference)
            .isBetween(load.changed.get(number), load.changeSent.get(number));
        assertThat(title.toLowerCase(Locale.ROOT)).isEqualTo(Load.status(change));
      }
    }
    assertThat(references).hasSize(Load.STATES);
  }
}
