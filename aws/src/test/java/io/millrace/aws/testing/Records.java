package io.millrace.aws.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Small log files for tests. */
public final class Records {
  private Records() {}

  public static String record(String id) {
    return record(id, "2026-01-02T03:04:05Z");
  }

  public static String record(String id, String time) {
    return "{\"eventVersion\":\"1.08\",\"eventID\":\"%s\",\"eventTime\":\"%s\",\"eventName\":\"RunInstances\"}"
        .formatted(id, time);
  }

  /** A file with records {@code prefix0}, {@code prefix1}, … */
  public static byte[] file(String prefix, int records) {
    return IntStream.range(0, records)
        .mapToObj(i -> record(prefix + i))
        .collect(Collectors.joining(",", "{\"Records\":[", "]}"))
        .getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] gzip(byte[] text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
