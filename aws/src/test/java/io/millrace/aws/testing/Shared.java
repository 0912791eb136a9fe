package io.millrace.aws.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Third-party test data that is not part of the project; tests without it skip visibly. */
public final class Shared {
  private Shared() {}

  public static Path cloudTrail() {
    Path found = find();
    assumeTrue(found != null, "no shared test data (MILLRACE_SHARED, or ../shared)");
    return found;
  }

  private static Path find() {
    String named = System.getProperty("MILLRACE_SHARED", System.getenv("MILLRACE_SHARED"));
    if (named != null) {
      Path path = Path.of(named, "data", "cloudtrail");
      return Files.isDirectory(path) ? path : null;
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path path = at.resolve("shared/data/cloudtrail");
      if (Files.isDirectory(path)) {
        return path;
      }
    }
    return null;
  }
}
