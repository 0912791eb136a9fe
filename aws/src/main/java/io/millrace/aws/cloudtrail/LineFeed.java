package io.millrace.aws.cloudtrail;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records one a line (NDJSON). A bad line costs only itself, whatever is wrong with it: that is
 * what this form is for.
 */
final class LineFeed implements RecordFeed {
  private final Lines lines;
  private final TreeBuilder builder;
  private final Problems problems;

  LineFeed(Lines lines, TreeBuilder builder, Problems problems) {
    this.lines = lines;
    this.builder = builder;
    this.problems = problems;
  }

  @Override
  public @Nullable ObjectNode next() throws IOException {
    while (lines.next()) {
      if (lines.blank()) {
        continue;
      }
      long index = problems.nextIndex();
      ObjectNode record = lines.tooLong() ? tooLong(index) : parsed(index);
      if (record != null) {
        return record;
      }
    }
    return null;
  }

  private @Nullable ObjectNode tooLong(long index) {
    problems.add(
        index,
        "line %d is longer than %,d bytes (recordBytesMax)".formatted(lines.number(), lines.max()));
    return null;
  }

  private @Nullable ObjectNode parsed(long index) {
    try (JsonParser parser = builder.parser(lines.buffer(), 0, lines.length())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        problems.add(index, "line %d is not an object".formatted(lines.number()));
        return null;
      }
      ObjectNode record = builder.object(parser);
      if (record == null) {
        problems.add(index, "line %d is %s".formatted(lines.number(), builder.problem()));
        return null;
      }
      if (parser.nextToken() != null) {
        problems.add(index, "line %d has more text after its object".formatted(lines.number()));
        return null;
      }
      return record;
    } catch (JacksonException e) {
      problems.add(
          index, "line %d is not JSON: %s".formatted(lines.number(), e.getOriginalMessage()));
      return null;
    }
  }
}
