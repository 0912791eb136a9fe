package io.millrace.aws.replay;

import static io.millrace.aws.testing.Records.gzip;
import static io.millrace.aws.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.aws.submit.HostSink;
import io.millrace.aws.submit.TaskSink;
import io.millrace.aws.testing.FakeHost;
import io.millrace.aws.testing.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  @TempDir Path folder;
  private final FakeHost host = new FakeHost();
  private final TaskSink sink = new HostSink(host, 42, 1);

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void foldersFilesAndGlobsAreFoundInOrderOfDelivery() throws IOException {
    Path late =
        write(
            "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/01/02/111122223333_CloudTrail_eu-west-1_20260102T1010Z_a.json.gz",
            "");
    Path early =
        write(
            "AWSLogs/444455556666/CloudTrail/eu-west-1/2026/01/02/444455556666_CloudTrail_eu-west-1_20260102T1005Z_b.json.gz",
            "");
    write("AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2026/01/02/d.json.gz", "");
    write("readme.txt", "");
    write(".state.json", "");
    Path line = write("x/y.jsonl", "");
    assertThat(found(folder.toString())).containsExactly(line, early, late);
    assertThat(found(folder + "/**/*_20260102T1005Z_*.gz")).containsExactly(early);
    assertThat(found(line.toString(), folder + "/x/*.jsonl")).containsExactly(line);
    assertThatThrownBy(() -> found(folder + "/none")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> found(folder + "/*.png")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void everyRecordOfEveryFileBecomesATask() throws Exception {
    write("a.json", Records.file("a", 700));
    write("b.json.gz", gzip(Records.file("b", 5)));
    write("c.jsonl", (record("c0") + "\noops\n" + record("a1")).getBytes());
    AtomicReference<ReplayProgress> last = new AtomicReference<>();
    ReplayReport report = replay(ReplayOptions.of("t"), last::set);
    assertThat(report.tally().created()).isEqualTo(706);
    assertThat(report.tally().duplicates()).isEqualTo(1);
    assertThat(report.badRecordsTotal()).isEqualTo(1);
    assertThat(report.badRecords().getFirst().problem().description()).contains("line 2");
    assertThat(report.files()).isEqualTo(3);
    assertThat(last.get().bytesDone()).isEqualTo(last.get().bytesTotal()).isPositive();
    assertThat(host.tasks).hasSize(706);
  }

  @Test
  void aFileThatCannotBeReadDoesNotStopTheOthers() throws Exception {
    byte[] whole = gzip(Records.file("a", 5_000));
    write("a.json.gz", Arrays.copyOf(whole, whole.length / 2));
    write("b.json", Records.file("b", 5));
    ReplayReport report = replay(ReplayOptions.of("t"), _ -> {});
    assertThat(report.failures())
        .singleElement()
        .satisfies(f -> assertThat(f.description()).contains("gzip"));
    assertThat(host.tasks).containsKey("42/b4").containsKey("42/a0");
  }

  @Test
  void whatIsDoneIsNotSentAgain() throws Exception {
    write("a.json", Records.file("a", 10));
    ReplayOptions options = ReplayOptions.of("t").withStateFile(folder.resolve(".state"), false);
    replay(options, _ -> {});
    write("b.json", Records.file("b", 3));
    host.submits.set(0);
    ReplayReport second = replay(options, _ -> {});
    assertThat(host.submits.get()).isEqualTo(3);
    assertThat(second.resumedRecords()).isEqualTo(10);
    host.submits.set(0);
    replay(options.withStateFile(folder.resolve(".state"), true), _ -> {});
    assertThat(host.submits.get()).as("--restart").isEqualTo(13);
    host.submits.set(0);
    replay(ReplayOptions.of("other").withStateFile(folder.resolve(".state"), false), _ -> {});
    assertThat(host.submits.get()).as("another target").isEqualTo(13);
  }

  @Test
  void aCancelledReplayGoesOnWhereItWas() throws Exception {
    write("a.json", Records.file("a", 2_000));
    write("b.json", Records.file("b", 2_000));
    ReplayOptions options = ReplayOptions.of("t").withStateFile(folder.resolve(".state"), false);
    AtomicReference<Replay> running = new AtomicReference<>();
    Replay replay =
        new Replay(
            ReplayFiles.find(List.of(folder.toString())),
            sink,
            options,
            progress -> {
              if (progress.records() >= 2_600) {
                running.get().cancel();
              }
            });
    running.set(replay);
    ReplayReport first = replay.run();
    assertThat(first.cancelled()).isTrue();
    assertThat(first.tally().records()).isEqualTo(2_600);
    host.submits.set(0);
    ReplayReport second = replay(options, _ -> {});
    assertThat(second.resumedRecords()).isEqualTo(2_600);
    assertThat(host.submits.get()).isEqualTo(1_400);
    assertThat(host.tasks).hasSize(4_000);
  }

  @Test
  void aFailedTargetLeavesAStateThatSaysNothingTooMuch() throws Exception {
    write("a.json", Records.file("a", 10));
    host.unavailable = true;
    ReplayOptions options = ReplayOptions.of("t").withStateFile(folder.resolve(".state"), false);
    assertThatThrownBy(() -> replay(options, _ -> {})).hasMessage("the store failed");
    host.unavailable = false;
    assertThat(replay(options, _ -> {}).tally().records()).isEqualTo(10);
    assertThat(host.tasks).hasSize(10);
  }

  @Test
  void eventPaceSortsAndSpacesRecordsByTheirTime() throws Exception {
    String file =
        String.join(
            "\n",
            record("third", "2026-01-01T00:02:00Z"),
            record("first", "2026-01-01T00:00:00Z"),
            record("second", "2026-01-01T00:01:00Z"));
    write("a.jsonl", file.getBytes());
    VirtualClock clock = new VirtualClock();
    List<String> order = new ArrayList<>();
    TaskSink noted =
        record -> {
          order.add(record.path("eventID").stringValue() + "@" + clock.millis);
          return sink.submit(record);
        };
    new Replay(
            ReplayFiles.find(List.of(folder.toString())),
            noted,
            ReplayOptions.of("t").withPace(new Pace.EventTime(60)).withClock(clock),
            _ -> {})
        .run();
    assertThat(order).containsExactly("first@0", "second@1000", "third@2000");
  }

  private static final class VirtualClock implements ReplayClock {
    private long millis;

    @Override
    public long millis() {
      return millis;
    }

    @Override
    public void sleep(long sleepMillis) {
      millis += sleepMillis;
    }
  }

  private ReplayReport replay(ReplayOptions options, ReplayListener listener) throws Exception {
    return new Replay(ReplayFiles.find(List.of(folder.toString())), sink, options, listener).run();
  }

  private List<Path> found(String... inputs) throws IOException {
    return ReplayFiles.find(List.of(inputs)).stream().map(ReplayFile::path).toList();
  }

  private Path write(String name, String text) throws IOException {
    return write(name, text.getBytes());
  }

  private Path write(String name, byte[] text) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.write(path, text);
  }
}
