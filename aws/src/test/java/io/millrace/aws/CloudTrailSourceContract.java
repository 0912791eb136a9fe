package io.millrace.aws;

import static io.millrace.aws.testing.Records.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.aws.cloudtrail.KeyKind;
import io.millrace.aws.cloudtrail.ReadLimits;
import io.millrace.aws.submit.HostSink;
import io.millrace.aws.testing.FakeHost;
import io.millrace.aws.testing.Records;
import io.millrace.engine.command.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a source promises, whatever serves bucket and queue. */
abstract class CloudTrailSourceContract {
  private static final String FOLDER =
      "AWSLogs/o-abcde12345/111122223333/CloudTrail/eu-west-1/2026/01/02/";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final FakeHost host = new FakeHost();
  private Place place;
  private CloudTrailSource source;

  abstract Place open() throws Exception;

  @BeforeEach
  void begin() throws Exception {
    place = open();
  }

  @AfterEach
  void end() throws InterruptedException {
    if (source != null) {
      source.stop(Duration.ZERO);
    }
    place.close();
    host.close();
  }

  @Test
  void aFileBecomesTasksAndItsMessageGoes() throws Exception {
    String key = FOLDER + "with blank+plus=ü(1).json.gz";
    place.put(key, gzip(Records.file("e", 3_000)));
    place.send(notification(key));
    start();
    awaitDeleted(1);
    assertThat(host.tasks).hasSize(3_000).containsKey("42/e2999");
    SourceCounters counters = counters();
    assertThat(counters.records()).isEqualTo(3_000);
    assertThat(counters.objects()).isEqualTo(1);
    assertThat(counters.lagMillis()).isNotNegative();
    assertThat(place.messages()).isZero();
  }

  @Test
  void oneMessageMayNameManyFilesAndSomeHoldNoRecords() throws Exception {
    String digest = "AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2026/01/02/d.json.gz";
    place.put(FOLDER + "a.json.gz", gzip(Records.file("a", 2)));
    place.put(FOLDER + "b.json", Records.file("b", 2));
    place.put("upload.json", "{\"name\":\"not a log\"}".getBytes(StandardCharsets.UTF_8));
    place.put("digest.json", "{\"digestStartTime\":\"t\"}".getBytes(StandardCharsets.UTF_8));
    place.send(
        notification(
            FOLDER + "a.json.gz",
            digest,
            FOLDER,
            "photo.png",
            "upload.json",
            "digest.json",
            FOLDER + "b.json"));
    start();
    awaitDeleted(1);
    assertThat(host.tasks).hasSize(4);
    assertThat(counters().skipped())
        .containsEntry(KeyKind.DIGEST, 2L)
        .containsEntry(KeyKind.PLACEHOLDER, 1L)
        .containsEntry(KeyKind.FOREIGN, 2L);
  }

  @Test
  void controlMessagesAndRecordsInMessagesAreHandled() {
    place.send("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"trail\"}");
    place.send(
        "{\"detail-type\":\"AWS API Call via CloudTrail\",\"source\":\"aws.ec2\",\"detail\":"
            + Records.record("inline")
            + "}");
    start();
    awaitDeleted(2);
    assertThat(host.tasks).containsOnlyKeys("42/inline");
    assertThat(counters().control()).isEqualTo(1);
  }

  @Test
  void aFileThatIsAnnouncedTwiceCreatesNothingTwice() throws Exception {
    place.put(FOLDER + "a.json.gz", gzip(Records.file("a", 50)));
    place.send(notification(FOLDER + "a.json.gz"));
    place.send(notification(FOLDER + "a.json.gz"));
    start();
    awaitDeleted(2);
    assertThat(host.tasks).hasSize(50);
    assertThat(counters().duplicates()).isEqualTo(50);
  }

  @Test
  void whatIsNoNotificationGoesToTheDeadLetterQueue() {
    place.send("hello");
    start();
    await().atMost(PATIENCE).until(() -> place.deadMessages() == 1);
    assertThat(counters().poison()).isEqualTo(Place.RECEIVES_MAX);
    assertThat(counters().deleted()).isZero();
    assertThat(place.messages()).isZero();
  }

  @Test
  void aDamagedFileGoesToTheDeadLetterQueue() throws Exception {
    byte[] whole = gzip(Records.file("a", 5_000));
    place.put(FOLDER + "a.json.gz", Arrays.copyOf(whole, whole.length / 2));
    place.send(notification(FOLDER + "a.json.gz"));
    start();
    await().atMost(PATIENCE).until(() -> place.deadMessages() == 1);
    assertThat(counters().failed()).isEqualTo(Place.RECEIVES_MAX);
    assertThat(host.tasks).as("what stands before the damage").isNotEmpty();
  }

  @Test
  void aMissingFileGoesToTheDeadLetterQueue() {
    place.send(notification(FOLDER + "missing.json.gz"));
    start();
    await().atMost(PATIENCE).until(() -> place.deadMessages() == 1);
    assertThat(counters().failed()).isEqualTo(Place.RECEIVES_MAX);
  }

  /**
   * Goal: a file that takes longer than the visibility timeout is not delivered again. Method: the
   * engine answers only after two and a half timeouts. Pass: one receipt, one delete.
   */
  @Test
  void aMessageIsHeldWhileItsFileIsWorkedOn() throws Exception {
    Queue<Runnable> held = new ConcurrentLinkedQueue<>();
    Executor answering = host.replies;
    host.replies = held::add;
    place.put(FOLDER + "a.json.gz", gzip(Records.file("a", 10)));
    place.send(notification(FOLDER + "a.json.gz"));
    start();
    await().atMost(PATIENCE).until(() -> held.size() == 10);
    await()
        .during(Duration.ofSeconds(5))
        .atMost(PATIENCE)
        .until(() -> counters().received() == 1 && counters().deleted() == 0);
    host.replies = answering;
    held.forEach(Runnable::run);
    awaitDeleted(1);
    assertThat(counters().received()).isEqualTo(1);
    assertThat(host.tasks).hasSize(10);
  }

  /** The records are durable, the delete never happens: the next reader creates nothing. */
  @Test
  void aCrashBetweenSubmitAndDeleteCreatesNothingTwice() throws Exception {
    Queue<Runnable> held = new ConcurrentLinkedQueue<>();
    Executor answering = host.replies;
    host.replies = held::add;
    place.put(FOLDER + "a.json.gz", gzip(Records.file("a", 10)));
    place.send(notification(FOLDER + "a.json.gz"));
    start();
    await().atMost(PATIENCE).until(() -> held.size() == 10);
    source.stop(Duration.ZERO);
    held.forEach(Runnable::run);
    assertThat(host.tasks).hasSize(10);
    host.replies = answering;
    start();
    awaitDeleted(1);
    assertThat(counters().duplicates()).isEqualTo(10);
    assertThat(host.tasks).hasSize(10);
  }

  @Test
  void anOrderlyStopLetsAFileFinish() throws Exception {
    Queue<Runnable> held = new ConcurrentLinkedQueue<>();
    host.replies = held::add;
    place.put(FOLDER + "a.json.gz", gzip(Records.file("a", 10)));
    place.send(notification(FOLDER + "a.json.gz"));
    start();
    await().atMost(PATIENCE).until(() -> held.size() == 10);
    CloudTrailSource running = source;
    Thread stopping =
        Thread.ofVirtual()
            .start(() -> {
              try {
                running.stop(PATIENCE);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    held.forEach(Runnable::run);
    assertThat(stopping.join(PATIENCE)).isTrue();
    assertThat(counters().deleted()).isEqualTo(1);
    assertThat(place.messages()).isZero();
  }

  @Test
  void aPausedProcessLosesNothing() throws Exception {
    host.processRefusal = Refusal.PROCESS_NOT_ACTIVE;
    place.put(FOLDER + "a.json.gz", gzip(Records.file("a", 10)));
    place.send(notification(FOLDER + "a.json.gz"));
    start();
    await().atMost(PATIENCE).until(() -> counters().failed() == 1);
    host.processRefusal = null;
    awaitDeleted(1);
    assertThat(host.tasks).hasSize(10);
  }

  @Test
  void overloadIsWaitedOut() throws Exception {
    host.overloads.set(200);
    place.put(FOLDER + "a.json.gz", gzip(Records.file("a", 500)));
    place.send(notification(FOLDER + "a.json.gz"));
    start();
    awaitDeleted(1);
    assertThat(host.tasks).hasSize(500);
    assertThat(counters().overloads()).isPositive();
  }

  @Test
  void aRefusedRecordAndABadLineCostOnlyThemselves() throws Exception {
    host.refusedReference = "a1";
    String lines =
        Records.record("a0") + "\noops\n" + Records.record("a1") + "\n" + Records.record("a2");
    place.put(FOLDER + "a.json", lines.getBytes(StandardCharsets.UTF_8));
    place.send(notification(FOLDER + "a.json"));
    start();
    awaitDeleted(1);
    assertThat(host.tasks).containsOnlyKeys("42/a0", "42/a2");
    assertThat(counters().refused()).isEqualTo(1);
    assertThat(counters().badRecords()).isEqualTo(1);
  }

  @Test
  void queuesAreReadSideBySideEachIntoItsProcess() throws Exception {
    try (Place other = open()) {
      place.put(FOLDER + "a.json", Records.file("a", 3));
      place.send(notification(FOLDER + "a.json"));
      other.put(FOLDER + "b.json", Records.file("b", 4));
      other.send(notification(FOLDER + "b.json"));
      source =
          new CloudTrailSource(
              List.of(settings("one", place, 42), settings("two", other, 43)),
              queue -> new HostSink(host, queue.processId(), 1));
      source.start();
      await()
          .atMost(PATIENCE)
          .until(() -> source.counters().stream().allMatch(queue -> queue.deleted() == 1));
      assertThat(host.tasks)
          .containsOnlyKeys("42/a0", "42/a1", "42/a2", "43/b0", "43/b1", "43/b2", "43/b3");
      assertThat(source.counters()).extracting(SourceCounters::name).containsExactly("one", "two");
      source.stop(PATIENCE);
    }
  }

  private void start() {
    source =
        new CloudTrailSource(
            List.of(settings("queue", place, 42)),
            queue -> new HostSink(host, queue.processId(), 1));
    source.start();
  }

  private static QueueSettings settings(String name, Place place, long processId) {
    return new QueueSettings(
        name,
        place.queueUrl(),
        processId,
        place.access(),
        2,
        100,
        2,
        1,
        1,
        64 << 20,
        ReadLimits.DEFAULT);
  }

  private SourceCounters counters() {
    return source.counters().getFirst();
  }

  private void awaitDeleted(long messages) {
    await().atMost(PATIENCE).until(() -> counters().deleted() == messages);
  }

  private static String notification(String... keys) {
    return Stream.of(keys)
        .map(key ->
            "{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"%s\"},\"object\":{\"key\":\"%s\",\"size\":9}}}"
                .formatted(Place.BUCKET, URLEncoder.encode(key, StandardCharsets.UTF_8)))
        .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
  }
}
