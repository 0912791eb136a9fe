package io.millrace.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of the product. */
public final class Version {
  /** Such as {@code 0.1.0}. */
  public static final String NUMBER = read().replace("-SNAPSHOT", "");

  private Version() {}

  private static String read() {
    try (InputStream stream = Version.class.getResourceAsStream("version.txt")) {
      return stream == null
          ? "unknown"
          : new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
