package io.millrace.aws.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a made-up day of a small company's CloudTrail logs with an attack hidden in its night: the
 * folders and files of an organization trail's bucket, about 15 000 records. The same day and seed
 * give the same content; nothing in it belongs to anyone.
 */
public final class SampleTrail {
  /** The name under which a demonstration's bucket is published. */
  public static final String BUCKET = "brightmill-audit-logs";

  private static final String ORGANIZATION = "o-a1b2c3d4e5";
  private static final int FILE_MINUTES = 5;
  private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyy/MM/dd");
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmm'Z'");

  private final LocalDate day;
  private final Random random;
  private final Ids ids;

  private SampleTrail(LocalDate day, long seed) {
    this.day = day;
    this.random = new Random(seed);
    this.ids = new Ids(random);
  }

  /**
   * Writes the files below the folder, and beside them {@code story.md}, which tells what is
   * hidden.
   *
   * @param day the day that the records tell of
   */
  public static SampleReport write(Path folder, LocalDate day, long seed) throws IOException {
    return new SampleTrail(day, seed).writeTo(folder);
  }

  private SampleReport writeTo(Path folder) throws IOException {
    Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    Attack attack = new Attack(midnight, ids).told();
    List<SampleEvent> events = new ArrayList<>(attack.events());
    events.addAll(new Traffic(midnight, random, ids).ofTheDay());
    List<Path> files = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    long bytes = 0;
    for (Map.Entry<FileSlot, List<SampleEvent>> file : byFile(events).entrySet()) {
      String key = file.getKey().key(ids);
      Path path = folder.resolve(key);
      Files.createDirectories(folder.resolve(key.substring(0, key.lastIndexOf('/'))));
      writeFile(path, file.getValue());
      files.add(path);
      keys.add(key);
      bytes += Files.size(path);
    }
    Files.writeString(folder.resolve("story.md"), story(attack.hidden()));
    return new SampleReport(files, keys, events.size(), bytes, attack.hidden());
  }

  /** In order of delivery, then account and region, as {@code compareTo} of the slot says. */
  private record FileSlot(Instant delivered, String accountId, String region)
      implements Comparable<FileSlot> {
    String key(Ids ids) {
      var time = delivered.atOffset(ZoneOffset.UTC);
      return "AWSLogs/%s/%s/CloudTrail/%s/%s/%s_CloudTrail_%s_%s_%s.json.gz"
          .formatted(
              ORGANIZATION,
              accountId,
              region,
              FOLDER.format(time),
              accountId,
              region,
              STAMP.format(time),
              ids.tail(16));
    }

    @Override
    public int compareTo(FileSlot other) {
      int byTime = delivered.compareTo(other.delivered);
      int byAccount = byTime != 0 ? byTime : accountId.compareTo(other.accountId);
      return byAccount != 0 ? byAccount : region.compareTo(other.region);
    }
  }

  /** CloudTrail delivers about every five minutes, about five minutes late, in no order. */
  private Map<FileSlot, List<SampleEvent>> byFile(List<SampleEvent> events) {
    Map<FileSlot, List<SampleEvent>> byFile = new TreeMap<>();
    for (SampleEvent event : events) {
      long minute = event.time().getEpochSecond() / 60;
      long delivered = (minute / FILE_MINUTES + 2) * FILE_MINUTES * 60;
      FileSlot slot =
          new FileSlot(Instant.ofEpochSecond(delivered), event.accountId(), event.region());
      byFile.computeIfAbsent(slot, _ -> new ArrayList<>()).add(event);
    }
    byFile.values().forEach(list -> Collections.shuffle(list, random));
    return byFile;
  }

  private static void writeFile(Path path, List<SampleEvent> events) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write("{\"Records\":[".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < events.size(); i++) {
        String comma = i == 0 ? "" : ",";
        out.write((comma + Json.text(events.get(i).record())).getBytes(StandardCharsets.UTF_8));
      }
      out.write("]}".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String story(List<HiddenEvent> hidden) {
    StringBuilder text = new StringBuilder("# What is hidden in these logs\n\n");
    text.append("| time (UTC) | event | what happens | eventID |\n|---|---|---|---|\n");
    for (HiddenEvent event : hidden) {
      text.append(
          "| %s | %s | %s | %s |%n"
              .formatted(event.time(), event.eventName(), event.what(), event.eventId())
              .replace("\r", ""));
    }
    return text.toString();
  }
}
