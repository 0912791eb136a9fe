package io.millrace.aws.cloudtrail;

import static io.millrace.aws.testing.Records.gzip;
import static io.millrace.aws.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.aws.cloudtrail.TrailFileException.Reason;
import io.millrace.aws.testing.Records;
import io.millrace.aws.testing.Shared;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class RecordReaderTest {
  private static final String A = record("a");
  private static final String B = record("b");

  private record Read(List<String> ids, List<RecordProblem> problems, long problemsTotal) {}

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{\"Records\":[%s,%s]}",
        " \n\t {\"Records\" : [ %s , %s ] , \"more\" : {\"x\":[1]} } \n",
        "{\"first\":{\"Records\":1},\"Records\":[%s,%s]}",
        "[%s,%s]",
        "\n[\n%s\n,\n%s]",
        "%s\n%s\n",
        "%s\r\n\r\n%s",
        "{\"Records\":[%s]}\n{\"Records\":[%s]}\n",
        "\uFEFF{\"Records\":[%s,%s]}",
        "\uFEFF%s\n%s",
      })
  void everyFormIsReadPlainAndCompressed(String form) throws IOException {
    byte[] text = form.formatted(A, B).getBytes(StandardCharsets.UTF_8);
    assertThat(read(text).ids()).containsExactly("a", "b");
    assertThat(read(gzip(text)).ids()).containsExactly("a", "b");
  }

  @Test
  void aSingleRecordIsReadOnOneLineAndOnMany() throws IOException {
    assertThat(read(A).ids()).containsExactly("a");
    assertThat(read(A.replace(",", ",\n  ").replace("{", "{\n")).ids()).containsExactly("a");
  }

  @Test
  void aWrapperLongerThanTheLookAheadIsStreamed() throws IOException {
    assertThat(read(Records.file("r", 5_000)).ids()).hasSize(5_000).contains("r0", "r4999");
  }

  @Test
  void noRecordsAreNoError() throws IOException {
    assertThat(read("{\"Records\":[]}").ids()).isEmpty();
    assertThat(read("").ids()).isEmpty();
  }

  @Test
  void severalGzipMembersAreOneText() throws IOException {
    byte[] both =
        new SequenceInputStream(
                new ByteArrayInputStream(gzip((A + "\n").getBytes(StandardCharsets.UTF_8))),
                new ByteArrayInputStream(gzip(B.getBytes(StandardCharsets.UTF_8))))
            .readAllBytes();
    assertThat(read(both).ids()).containsExactly("a", "b");
  }

  @Test
  void anEventBridgeEnvelopeIsTakenOff() throws IOException {
    String envelope =
        "{\"version\":\"0\",\"detail-type\":\"AWS API Call via CloudTrail\",\"detail\":%s}";
    assertThat(read(envelope.formatted(A) + "\n" + B).ids()).containsExactly("a", "b");
  }

  @Test
  void numbersKeepTheirExactValue() throws IOException {
    String text =
        "{\"eventID\":\"n\",\"i\":9007199254740993,\"big\":123456789012345678901234567890,"
            + "\"d\":0.1000,\"e\":8.82145e-05}";
    try (RecordReader reader = open(text.getBytes(StandardCharsets.UTF_8), ReadLimits.DEFAULT)) {
      ObjectNode record = reader.next();
      assertThat(record.get("i").longValue()).isEqualTo(9007199254740993L);
      assertThat(record.get("big").toString()).isEqualTo("123456789012345678901234567890");
      assertThat(record.get("d").decimalValue()).isEqualTo(new BigDecimal("0.1000"));
      assertThat(record.get("e").decimalValue()).isEqualByComparingTo("0.0000882145");
    }
  }

  @Test
  void anElementThatIsNoObjectCostsOnlyItself() throws IOException {
    Read read = read("{\"Records\":[%s,7,[{}],null,%s]}".formatted(A, B));
    assertThat(read.ids()).containsExactly("a", "b");
    assertThat(read.problemsTotal()).isEqualTo(3);
    assertThat(read.problems().getFirst().index()).isEqualTo(1);
    assertThat(read.problems().getFirst().description()).startsWith("not an object, but a number");
  }

  @Test
  void aBadLineCostsOnlyItself() throws IOException {
    Read read = read(A + "\n{\"eventID\":\"cut\n]\n" + B + "\n");
    assertThat(read.ids()).containsExactly("a", "b");
    assertThat(read.problems()).extracting(RecordProblem::index).containsExactly(1L, 2L);
    assertThat(read.problems().getFirst().description()).startsWith("line 2 is not JSON");
  }

  @Test
  void aBadFirstLineDoesNotHideTheOthers() throws IOException {
    assertThat(read("{\"eventID\" oops}\n" + A + "\n" + B).ids()).containsExactly("a", "b");
  }

  @Test
  void tooDeepARecordCostsOnlyItself() throws IOException {
    String deep = "{\"eventID\":\"deep\",\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
    Read read = read("{\"Records\":[%s,%s,%s]}".formatted(A, deep, B));
    assertThat(read.ids()).containsExactly("a", "b");
    assertThat(read.problems().getFirst().description())
        .startsWith("nested deeper than 100 levels (depthMax)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"Records\":[%s,%s,%s]}", "%s\n%s\n%s"})
  void tooLargeARecordCostsOnlyItself(String form) throws IOException {
    String large = "{\"eventID\":\"large\",\"x\":[" + "\"0123456789\",".repeat(200) + "\"end\"]}";
    ReadLimits limits = new ReadLimits(1_000, 1 << 20, 200, 100, 10);
    Read read = read(form.formatted(A, large, B).getBytes(StandardCharsets.UTF_8), limits);
    assertThat(read.ids()).containsExactly("a", "b");
    assertThat(read.problems().getFirst().description()).contains("recordBytesMax");
  }

  @Test
  void invalidUtf8CostsOnlyItsLine() throws IOException {
    byte[] text = (A + "\n{\"eventID\":\"?\"}\n" + B).getBytes(StandardCharsets.UTF_8);
    text[new String(text, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xff;
    Read read = read(text);
    assertThat(read.ids()).containsExactly("a", "b");
    assertThat(read.problemsTotal()).isEqualTo(1);
  }

  @Test
  void aDamagedWrapperHandsOutWhatStandsBeforeTheDamage() throws IOException {
    List<String> ids = new ArrayList<>();
    TrailFileException e = failure("{\"Records\":[%s,%s,{\"x\":}]}".formatted(A, B), ids);
    assertThat(ids).containsExactly("a", "b");
    assertThat(e.reason()).isEqualTo(Reason.DAMAGED);
    assertThat(e).hasMessageContaining("'test.json'").hasMessageContaining("record 2");
    assertThat(e).hasMessageContaining("line 1, column");
  }

  @Test
  void aTruncatedWrapperIsTold() throws IOException {
    List<String> ids = new ArrayList<>();
    assertThat(failure("{\"Records\":[" + A + "," + B.substring(0, 30), ids).reason())
        .isEqualTo(Reason.TRUNCATED);
    assertThat(failure("{\"Records\":[" + A, new ArrayList<>()).reason())
        .isEqualTo(Reason.TRUNCATED);
    assertThat(ids).containsExactly("a");
  }

  @Test
  void truncatedGzipIsTold() {
    byte[] whole = gzip(Records.file("r", 20_000));
    List<String> ids = new ArrayList<>();
    assertThatThrownBy(
            () -> readAll(Arrays.copyOf(whole, whole.length / 2), ReadLimits.DEFAULT, ids))
        .isInstanceOfSatisfying(
            TrailFileException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TRUNCATED))
        .hasMessageContaining("gzip");
    assertThat(ids).isNotEmpty();
  }

  @Test
  void damagedGzipIsTold() {
    byte[] whole = gzip(Records.file("r", 20_000));
    Arrays.fill(whole, whole.length / 2, whole.length / 2 + 200, (byte) 0x5a);
    assertThatThrownBy(() -> readAll(whole, ReadLimits.DEFAULT, new ArrayList<>()))
        .isInstanceOf(TrailFileException.class);
  }

  @Test
  void aBombIsStoppedByItsRatio() {
    byte[] blanks = new byte[64 << 20];
    Arrays.fill(blanks, (byte) 32);
    byte[] bomb = gzip(blanks);
    assertThatThrownBy(() -> readAll(bomb, ReadLimits.DEFAULT, new ArrayList<>()))
        .isInstanceOfSatisfying(
            TrailFileException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE))
        .hasMessageContaining("ratioMax");
  }

  @Test
  void aBombOfBlanksAroundRecordsIsStoppedByItsTotal() {
    byte[] text =
        ("{\"Records\":[" + " ".repeat(1 << 20) + A + "]}").getBytes(StandardCharsets.UTF_8);
    ReadLimits limits = new ReadLimits(1 << 20, 1 << 19, 200, 100, 10);
    assertThatThrownBy(() -> readAll(text, limits, new ArrayList<>()))
        .hasMessageContaining("textBytesMax");
  }

  @Test
  void aDigestIsToldFromALog() {
    for (String digest :
        List.of(
            "{\"awsAccountId\":\"1\",\"digestStartTime\":\"t\",\"logFiles\":[]}",
            "{\"awsAccountId\":\"1\",\n\"digestStartTime\":\"t\",\n\"logFiles\":[]}")) {
      assertThatThrownBy(() -> read(digest))
          .isInstanceOfSatisfying(
              TrailFileException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DIGEST));
    }
  }

  @Test
  void jsonWithoutAnyRecordIsNotCloudTrail() {
    assertThatThrownBy(() -> read("{\"name\":\"package\",\"version\":\"1\"}"))
        .isInstanceOfSatisfying(
            TrailFileException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_CLOUDTRAIL));
  }

  @Test
  void anyBytesGiveRecordsOrTheReadersOwnError() {
    byte[] good = ("{\"Records\":[" + A + "," + B + "]}\n" + A).getBytes(StandardCharsets.UTF_8);
    Random random = new Random(7);
    for (int i = 0; i < 3_000; i++) {
      byte[] text = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int j = 0; j < 3 && text.length > 0; j++) {
        text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      }
      try {
        read(text);
      } catch (IOException e) {
        assertThat(e).isInstanceOf(TrailFileException.class);
      }
    }
  }

  @Test
  void everyPublishedFileIsRead() throws IOException {
    Path shared = Shared.cloudTrail();
    assertThat(recordsBelow(shared.resolve("stratus-detonations"))).isEqualTo(142);
    assertThat(recordsBelow(shared.resolve("invictus-stratus-logs"))).isEqualTo(1_233);
    assertThat(recordsBelow(shared.resolve("otrf-ec2-proxy-s3-exfiltration.jsonl"))).isEqualTo(103);
    Path chain = shared.resolve("vectors/digest-chain/objects/example-trail-bucket/AWSLogs");
    assertThat(recordsBelow(chain.resolve("111122223333/CloudTrail"))).isPositive();
    assertThatThrownBy(() -> recordsBelow(chain.resolve("111122223333/CloudTrail-Digest")))
        .isInstanceOfSatisfying(
            TrailFileException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DIGEST));
  }

  private static long recordsBelow(Path path) throws IOException {
    long records = 0;
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (RecordReader reader =
            RecordReader.open(Files.newInputStream(file), file.toString(), ReadLimits.DEFAULT)) {
          while (reader.next() != null) {
            records++;
          }
          assertThat(reader.problems()).isEmpty();
        }
      }
    }
    return records;
  }

  private static TrailFileException failure(String text, List<String> ids) {
    try {
      readAll(text.getBytes(StandardCharsets.UTF_8), ReadLimits.DEFAULT, ids);
    } catch (TrailFileException e) {
      return e;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("Expected an error");
  }

  private static Read read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Read read(byte[] text) throws IOException {
    return read(text, ReadLimits.DEFAULT);
  }

  private static Read read(byte[] text, ReadLimits limits) throws IOException {
    List<String> ids = new ArrayList<>();
    RecordReader reader = readAll(text, limits, ids);
    return new Read(ids, reader.problems(), reader.problemsTotal());
  }

  private static RecordReader readAll(byte[] text, ReadLimits limits, List<String> ids)
      throws IOException {
    try (RecordReader reader = open(text, limits)) {
      for (ObjectNode record = reader.next(); record != null; record = reader.next()) {
        ids.add(record.path("eventID").asString("?"));
      }
      return reader;
    }
  }

  private static RecordReader open(byte[] text, ReadLimits limits) throws IOException {
    InputStream in = new ByteArrayInputStream(text);
    return RecordReader.open(in, "test.json", limits);
  }
}
