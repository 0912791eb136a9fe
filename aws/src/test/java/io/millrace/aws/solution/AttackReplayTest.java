package io.millrace.aws.solution;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.aws.sample.HiddenEvent;
import io.millrace.aws.sample.SampleReport;
import io.millrace.aws.sample.SampleTrail;
import io.millrace.aws.testing.Shared;
import io.millrace.engine.command.Effect;
import io.millrace.engine.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whole attacks run through the pack: each is seen, and the inbox stays readable. */
class AttackReplayTest {
  private final PackRun pack = new PackRun();

  @TempDir private Path folder;

  @Test
  void everyStepOfTheSampleDayRaisesAnAlertAndLittleElseDoes() throws IOException {
    SampleReport sample = SampleTrail.write(folder, LocalDate.of(2026, 11, 20), 1);
    Set<String> groups = new TreeSet<>();
    Set<String> alerted = new TreeSet<>();
    for (Path file : sample.files()) {
      for (ObjectNode record : gzipped(file)) {
        for (Effect.Notify alert : pack.alertsOf(record)) {
          groups.add(alert.dedupKey());
          alerted.add(record.path("eventID").stringValue());
        }
      }
    }
    System.out.printf(
        "Sample day: %d alerts of %d records in %d entries%n",
        alerted.size(), sample.records(), groups.size());
    assertThat(sample.hidden())
        .extracting(HiddenEvent::eventId)
        .allSatisfy(id -> assertThat(alerted).contains(id));
    assertThat(groups).hasSizeLessThanOrEqualTo(60);
    assertThat(alerted.size() - sample.hidden().size()).as("other alerts").isLessThan(10);
  }

  @Test
  void everyRecordedTechniqueRaisesAnAlert() throws IOException {
    List<Path> files = filesIn(Shared.cloudTrail().resolve("stratus-detonations"));
    List<String> unseen = new ArrayList<>();
    for (Path file : files) {
      Set<String> rules = new TreeSet<>();
      for (ObjectNode record : records(Json.parse(Files.readAllBytes(file)))) {
        rules.addAll(pack.rulesOf(record));
      }
      System.out.printf("%s: %s%n", file.getFileName(), rules);
      if (rules.isEmpty()) {
        unseen.add(file.getFileName().toString());
      }
    }
    assertThat(files).hasSize(18);
    assertThat(unseen).isEmpty();
  }

  @Test
  void anIncidentOfADayIsTensOfEntries() throws IOException {
    Set<String> groups = new TreeSet<>();
    int records = 0;
    int alerts = 0;
    for (Path file : filesIn(Shared.cloudTrail().resolve("invictus-stratus-logs"))) {
      for (ObjectNode record : records(Json.parse(Files.readAllBytes(file)))) {
        records++;
        for (Effect.Notify alert : pack.alertsOf(record)) {
          alerts++;
          groups.add(alert.dedupKey());
        }
      }
    }
    System.out.printf(
        "Incident: %d alerts of %d records in %d entries%n", alerts, records, groups.size());
    assertThat(records).isEqualTo(1233);
    assertThat(groups).hasSizeBetween(10, 99);
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static List<ObjectNode> gzipped(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return records(Json.parse(in.readAllBytes()));
    }
  }

  private static List<ObjectNode> records(JsonNode file) {
    List<ObjectNode> records = new ArrayList<>();
    for (JsonNode record : file.isArray() ? file : file.path("Records")) {
      records.add((ObjectNode) record);
    }
    return records;
  }
}
