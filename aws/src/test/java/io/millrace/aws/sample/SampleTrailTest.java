package io.millrace.aws.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.aws.cloudtrail.KeyKind;
import io.millrace.aws.cloudtrail.ReadLimits;
import io.millrace.aws.cloudtrail.RecordReader;
import io.millrace.aws.cloudtrail.TrailKey;
import io.millrace.aws.cloudtrail.TrailRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class SampleTrailTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  @TempDir static Path folder;
  static SampleReport report;
  static final Map<String, ObjectNode> RECORDS = new LinkedHashMap<>();

  @BeforeAll
  static void write() throws IOException {
    report = SampleTrail.write(folder, DAY, 1);
    for (Path file : report.files()) {
      try (RecordReader reader =
          RecordReader.open(Files.newInputStream(file), file.toString(), ReadLimits.DEFAULT)) {
        for (ObjectNode record = reader.next(); record != null; record = reader.next()) {
          RECORDS.put(TrailRecord.reference(record), record);
        }
        assertThat(reader.problemsTotal()).isZero();
      }
    }
  }

  @Test
  void itIsADayOfASmallCompany() {
    assertThat(RECORDS).hasSize(report.records());
    assertThat(report.records()).isBetween(12_000, 20_000);
    assertThat(RECORDS.values())
        .allSatisfy(record -> {
          assertThat(record.path("eventVersion").isString()).isTrue();
          assertThat(record.path("eventTime").stringValue()).startsWith("2026-11-20T");
          assertThat(record.path("userIdentity").isObject()).isTrue();
          assertThat(record.path("recipientAccountId").stringValue()).matches("\\d{12}");
        });
  }

  @Test
  void theFilesLieAsInABucket() {
    assertThat(report.keys())
        .allSatisfy(key -> {
          assertThat(TrailKey.of(key).kind()).isEqualTo(KeyKind.LOG);
          assertThat(TrailKey.of(key).organizationId()).isEqualTo("o-a1b2c3d4e5");
        });
    assertThat(report.keys()).hasSameSizeAs(report.files()).doesNotHaveDuplicates();
  }

  @Test
  void everyStepOfTheStoryIsThere() {
    assertThat(report.hidden())
        .isNotEmpty()
        .allSatisfy(hidden ->
            assertThat(RECORDS.get(hidden.eventId()).path("eventName").stringValue())
                .isEqualTo(hidden.eventName()));
    assertThat(report.hidden())
        .extracting(HiddenEvent::eventName)
        .contains(
            "ConsoleLogin",
            "CreateAccessKey",
            "AttachUserPolicy",
            "AuthorizeSecurityGroupIngress",
            "RequestSpotInstances",
            "RunInstances",
            "BidEvictedEvent",
            "TerminateInstances",
            "PutBucketPolicy",
            "DeleteDetector",
            "StopConfigurationRecorder",
            "ScheduleKeyDeletion",
            "StopLogging");
    assertThat(report.hidden()).isSortedAccordingTo(Comparator.comparing(HiddenEvent::time));
  }

  @Test
  void theStoryIsWrittenDown() throws IOException {
    assertThat(Files.readString(folder.resolve("story.md")))
        .contains(report.hidden().getFirst().eventId(), report.hidden().getLast().eventId());
  }

  @Test
  void onlyTheAttackCallsFromTheForeignAddress() {
    long foreign =
        RECORDS.values().stream()
            .filter(record -> "203.0.113.77".equals(record.path("sourceIPAddress").stringValue()))
            .count();
    assertThat(foreign).isBetween(20L, 40L);
  }

  @Test
  void theSameSeedGivesTheSameDay(@TempDir Path other) throws IOException {
    SampleReport again = SampleTrail.write(other, DAY, 1);
    assertThat(again.keys()).isEqualTo(report.keys());
    assertThat(again.hidden()).isEqualTo(report.hidden());
    assertThat(Files.mismatch(again.files().getFirst(), report.files().getFirst())).isEqualTo(-1);
  }
}
