package io.millrace.aws.solution;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.aws.testing.Shared;
import io.millrace.engine.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cases that others have labelled, where they concern our detections. The maps from their rules to
 * ours name every case that we judge otherwise, with the reason; any other difference fails.
 */
class LabelledCasesTest {
  private final PackRun pack = new PackRun();

  /** How the cases of one rule came out. */
  private record Tally(int right, int explained) {
    Tally plus(boolean isRight) {
      return isRight ? new Tally(right + 1, explained) : new Tally(right, explained + 1);
    }

    static Tally sum(Iterable<Tally> all) {
      int right = 0;
      int explained = 0;
      for (Tally one : all) {
        right += one.right();
        explained += one.explained();
      }
      return new Tally(right, explained);
    }
  }

  @Test
  void theRuleCasesComeOutRight() throws IOException {
    Path file = Shared.cloudTrail().resolve("panther-rule-cases.jsonl");
    Map<String, Tally> tallies = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    Map<String, Set<String>> explained = new HashMap<>();
    JsonNode map = resource("panther-mapping.json");
    for (JsonNode line : lines(file)) {
      JsonNode mapped = map.path(line.path("rule").stringValue());
      if (mapped.isMissingNode()) {
        continue;
      }
      String rule = line.path("rule").stringValue();
      String name = line.path("case").stringValue();
      Set<String> fired = new TreeSet<>(pack.rulesOf((ObjectNode) line.path("event")));
      boolean ours = fired.stream().anyMatch(strings(mapped.path("ours"))::contains);
      boolean right = ours == line.path("expected").asBoolean();
      boolean excused = mapped.path("differences").has(name);
      if (!right && excused) {
        explained.computeIfAbsent(rule, _ -> new TreeSet<>()).add(name);
      } else if (!right) {
        wrong.add(rule + ": " + name + ", expected " + line.path("expected") + ", fired " + fired);
      }
      tallies.merge(rule, new Tally(0, 0).plus(right), (a, b) -> a.plus(right));
    }
    Tally all = Tally.sum(tallies.values());
    System.out.printf(
        "Labelled rule cases: %d rules, %d right, %d different for a reason, %d wrong%n",
        tallies.size(), all.right(), all.explained(), wrong.size());
    assertThat(wrong).isEmpty();
    assertThat(tallies.keySet()).as("mapped rules that have cases").isEqualTo(names(map));
    assertThat(differences(map)).as("differences that are real").isEqualTo(explained);
  }

  @Test
  void theOtherLabelledCasesComeOutRight() throws IOException {
    Path folder = Shared.cloudTrail();
    JsonNode map = resource("other-mapping.json");
    List<String> wrong = new ArrayList<>();
    int right = 0;
    int different = 0;
    for (String name : names(map)) {
      for (JsonNode line : lines(folder.resolve(name))) {
        JsonNode mapped = map.path(name).path(line.path("case").stringValue());
        if (mapped.isMissingNode()) {
          continue;
        }
        JsonNode event = line.path("event");
        List<String> fired =
            pack.rulesOf((ObjectNode) (event.has("detail") ? event.path("detail") : event));
        if (!fired.equals(strings(mapped.path("alerts")))) {
          wrong.add(name + ": " + line.path("case") + ", fired " + fired);
        } else if (mapped.has("differs")) {
          different++;
        } else {
          right++;
        }
      }
    }
    System.out.printf(
        "Other labelled cases: %d right, %d different for a reason, %d wrong%n",
        right, different, wrong.size());
    assertThat(wrong).isEmpty();
    assertThat(right).isEqualTo(17);
  }

  private static JsonNode resource(String name) throws IOException {
    try (var in =
        Objects.requireNonNull(LabelledCasesTest.class.getResourceAsStream("/solution/" + name))) {
      return Json.parse(in.readAllBytes());
    }
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(Json::parse).toList();
    }
  }

  private static List<String> strings(JsonNode array) {
    List<String> all = new ArrayList<>();
    array.forEach(one -> all.add(one.stringValue()));
    return all;
  }

  private static Set<String> names(JsonNode object) {
    return new TreeSet<>(object.propertyNames());
  }

  private static Map<String, Set<String>> differences(JsonNode map) {
    Map<String, Set<String>> all = new HashMap<>();
    for (String rule : names(map)) {
      Set<String> cases = names(map.path(rule).path("differences"));
      if (!cases.isEmpty()) {
        all.put(rule, cases);
      }
    }
    return all;
  }
}
