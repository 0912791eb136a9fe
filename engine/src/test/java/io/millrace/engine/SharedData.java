package io.millrace.engine;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds third-party test data that is not part of the project. */
final class SharedData {
  private SharedData() {}

  /** A path below the shared folder; it need not exist. */
  static Path path(String relative) {
    String named = System.getProperty("millrace.shared", System.getenv("MILLRACE_SHARED"));
    if (named != null) {
      return Path.of(named, relative);
    }
    Path folder = Path.of("").toAbsolutePath();
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("shared/spec"))) {
        return at.resolve("shared").resolve(relative);
      }
    }
    return folder.resolve("shared").resolve(relative);
  }
}
