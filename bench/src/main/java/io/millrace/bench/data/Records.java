package io.millrace.bench.data;

import io.millrace.aws.cloudtrail.ReadLimits;
import io.millrace.aws.cloudtrail.RecordReader;
import io.millrace.aws.sample.SampleTrail;
import io.millrace.engine.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Records of a made-up day, each as often as wanted, always with an eventID of its own. */
public final class Records {
  private static final String MARK = "@@@@@@@@-@@@@-@@@@-@@@@-@@@@@@@@@@@@";

  private final Path folder;
  private final List<String> templates = new ArrayList<>();
  private long bytes;

  /** Makes the day's files in the folder and reads them. */
  public Records(Path folder) throws IOException {
    this.folder = folder;
    SampleTrail.write(folder, LocalDate.of(2026, 3, 3), 1);
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files =
          found
              .filter(file -> file.toString().endsWith(".json.gz"))
              .sorted(Comparator.comparing(file -> file.getFileName().toString()))
              .toList();
    }
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file);
          RecordReader reader = RecordReader.open(in, file.toString(), ReadLimits.DEFAULT)) {
        for (ObjectNode next = reader.next(); next != null; next = reader.next()) {
          String id = next.path("eventID").asString();
          String text = Json.text(next);
          templates.add(text.replace(id, MARK));
          bytes += text.length();
        }
      }
    }
  }

  public Path folder() {
    return folder;
  }

  public int size() {
    return templates.size();
  }

  /** Mean size of a record as compact JSON, bytes. */
  public long meanBytes() {
    return bytes / templates.size();
  }

  /** The eventID of the number. */
  public static String eventId(long number) {
    return "%08x-0000-4000-8000-%012x".formatted((int) (number * 0x9e3779b1L), number);
  }

  /** The record of a number, as JSON text. */
  public String text(long number) {
    return templates.get((int) (number % templates.size())).replace(MARK, eventId(number));
  }

  public byte[] utf8(long number) {
    return text(number).getBytes(StandardCharsets.UTF_8);
  }
}
