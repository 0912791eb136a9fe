package io.millrace.aws.solution;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.command.ProcessSource;
import io.millrace.engine.deploy.DeployCheck;
import io.millrace.engine.deploy.TargetLookup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The file itself: it deploys without a word, holds together, and can be read on the canvas. */
class PackTest {
  private static final int CARD_WIDTH = 212;
  private static final int CARD_HEIGHT = 78;
  private static final int DOT = 40;
  private static final int FREE_AROUND = 20;

  static Stream<ProcessSource> processes() {
    return Pack.processes().stream();
  }

  @Test
  void itIsAFolderWithFourProcesses() {
    List<String> titles = new ArrayList<>();
    for (JsonNode element : Pack.elements()) {
      titles.add(element.path("obj_type").asInt() + " " + element.path("title").stringValue());
    }
    assertThat(titles)
        .containsExactly(
            "1 01 - Event router",
            "1 02 - Non-API checks",
            "1 03 - API checks",
            "1 04 - Message",
            "0 CloudTrail monitoring");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("processes")
  void everyProcessDeploysWithoutProblems(ProcessSource process) {
    Set<String> known = Set.of("1001", "1002", "1003", "1004");
    TargetLookup targets =
        id -> known.contains(id) ? TargetLookup.Standing.ACTIVE : TargetLookup.Standing.NOT_FOUND;
    assertThat(DeployCheck.check(process, false, targets)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("processes")
  void everyNodeCanBeReachedAndEveryEdgeLeadsSomewhere(ProcessSource process) {
    Map<String, JsonNode> nodes = new HashMap<>();
    String start = "";
    for (JsonNode node : process.scheme().path("nodes")) {
      String id = node.path("id").stringValue();
      assertThat(nodes.put(id, node)).as("id %s twice", id).isNull();
      start = node.path("obj_type").asInt() == 1 ? id : start;
    }
    Set<String> reached = new HashSet<>(Set.of(start));
    ArrayDeque<String> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      for (String target : targets(nodes.get(next.remove()))) {
        assertThat(nodes).containsKey(target);
        if (reached.add(target)) {
          next.add(target);
        }
      }
    }
    assertThat(reached).isEqualTo(nodes.keySet());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("processes")
  void noTwoNodesTouch(ProcessSource process) {
    List<Box> boxes = new ArrayList<>();
    for (JsonNode node : process.scheme().path("nodes")) {
      Box box = Box.of(node);
      assertThat(boxes).as("near %s", box).noneMatch(box::touches);
      boxes.add(box);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("processes")
  void everyNodeSaysWhatItIsFor(ProcessSource process) {
    for (JsonNode node : process.scheme().path("nodes")) {
      assertThat(node.path("description").stringValue()).as(node.toString()).isNotBlank();
      assertThat(node.path("title").stringValue()).hasSizeLessThanOrEqualTo(30);
    }
  }

  private static List<String> targets(JsonNode node) {
    List<String> targets = new ArrayList<>();
    for (String list : List.of("logics", "semaphors")) {
      for (JsonNode logic : node.path("condition").path(list)) {
        for (String field : List.of("to_node_id", "err_node_id", "esc_node_id")) {
          if (logic.has(field)) {
            targets.add(logic.path(field).stringValue());
          }
        }
      }
    }
    return targets;
  }

  /** Where the canvas draws a node: a card's {@code x} is its left edge, a dot's its middle. */
  private record Box(String title, int left, int top, int right, int bottom) {
    static Box of(JsonNode node) {
      int x = node.path("x").asInt();
      int y = node.path("y").asInt();
      String title = node.path("title").stringValue();
      return node.path("extra").stringValue().contains("collapse")
          ? new Box(title, x - DOT / 2, y, x + DOT / 2, y + DOT)
          : new Box(title, x - 6, y, x - 6 + CARD_WIDTH, y + CARD_HEIGHT);
    }

    boolean touches(Box other) {
      return left < other.right + FREE_AROUND
          && other.left < right + FREE_AROUND
          && top < other.bottom + FREE_AROUND
          && other.top < bottom + FREE_AROUND;
    }
  }
}
