package io.millrace.server.compatible;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path below {@code /api/1} or {@code /api/2}, cut by hand: it is looked at with every request.
 *
 * @param version 1 or 2
 * @param kind the segment after it, such as {@code json}
 * @param rest the segments after that
 */
record ApiPath(int version, String kind, List<String> rest) {
  private static final int SEGMENTS_MAX = 12;

  /** Login, time and signature. */
  record Auth(String login, String time, String signature) {}

  static @Nullable ApiPath parse(String path) {
    if (!path.startsWith("/api/1/") && !path.startsWith("/api/2/")) {
      return null;
    }
    int version = path.charAt(5) - '0';
    String[] segments = path.substring(7).split("/", SEGMENTS_MAX);
    return segments[0].isEmpty()
        ? null
        : new ApiPath(version, segments[0], Arrays.asList(segments).subList(1, segments.length));
  }

  /** The credentials that start at a segment of the rest, or null when there are none. */
  @Nullable Auth auth(int from) {
    return rest.size() == from + 3
        ? new Auth(rest.get(from), rest.get(from + 1), rest.get(from + 2))
        : null;
  }
}
