package io.millrace.aws.cloudtrail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Finds out from the beginning of a text how its records are laid out. Reads no more than it needs:
 * 8 KB tell a wrapper, the first line tells the rest.
 */
final class ContentForm {
  private static final int LOOK_BYTES = 8 << 10;

  private final InputStream in;
  private final TreeBuilder builder;
  private final int lookBytesMax;
  private byte[] seen = new byte[LOOK_BYTES];
  private int length;

  private enum Form {
    TOKENS,
    LINES,
    UNDECIDED
  }

  ContentForm(InputStream in, TreeBuilder builder, int lookBytesMax) {
    this.in = in;
    this.builder = builder;
    this.lookBytesMax = Math.max(lookBytesMax, LOOK_BYTES);
  }

  RecordFeed feed(Problems problems, ReadLimits limits, String name) throws IOException {
    Form form = form();
    int start = startsWithByteOrderMark() ? 3 : 0;
    InputStream all =
        new SequenceInputStream(new ByteArrayInputStream(seen, start, length - start), in);
    return form == Form.LINES
        ? new LineFeed(new Lines(all, limits.recordBytesMax()), builder, problems)
        : new TokenFeed(all, builder, problems, name);
  }

  private Form form() throws IOException {
    while (true) {
      boolean more = fill();
      Form form = judged(!more);
      if (form != Form.UNDECIDED) {
        return form;
      }
      if (!more || seen.length >= lookBytesMax) {
        return Form.TOKENS;
      }
      seen = Arrays.copyOf(seen, Math.min(seen.length * 4, lookBytesMax));
    }
  }

  /** Fills the look-ahead; false when the text ended before it was full. */
  private boolean fill() throws IOException {
    while (length < seen.length) {
      int count = in.read(seen, length, seen.length - length);
      if (count < 0) {
        return false;
      }
      length += count;
    }
    return true;
  }

  private Form judged(boolean complete) {
    int from = startsWithByteOrderMark() ? 3 : 0;
    while (from < length && isSpace(seen[from])) {
      from++;
    }
    if (from == length) {
      return complete ? Form.TOKENS : Form.UNDECIDED;
    }
    if (seen[from] == '[') {
      return Form.TOKENS;
    }
    int lineEnd = from;
    while (lineEnd < length && seen[lineEnd] != '\n') {
      lineEnd++;
    }
    boolean wholeLine = lineEnd < length || complete;
    return judgedByFirstLine(from, lineEnd, wholeLine, lineEnd < length);
  }

  private Form judgedByFirstLine(int from, int lineEnd, boolean wholeLine, boolean moreLines) {
    try (JsonParser parser = builder.parser(seen, from, lineEnd - from)) {
      Form certain = firstObject(parser, lineEnd - from, wholeLine);
      if (certain != Form.UNDECIDED || !wholeLine) {
        return certain;
      }
    } catch (JacksonException e) {
      // Damage within the first line: others may be good.
      return wholeLine ? (moreLines ? Form.LINES : Form.TOKENS) : Form.UNDECIDED;
    }
    return Form.LINES;
  }

  /** Looks through the first line's object; undecided when it is complete and no wrapper. */
  private static Form firstObject(JsonParser parser, int length, boolean wholeLine) {
    try {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Form.UNDECIDED;
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        boolean records = "Records".equals(parser.currentName());
        boolean digest = "digestStartTime".equals(parser.currentName());
        JsonToken value = parser.nextToken();
        if (digest || (records && value == JsonToken.START_ARRAY)) {
          return Form.TOKENS;
        }
        parser.skipChildren();
      }
      return Form.UNDECIDED;
    } catch (JacksonException e) {
      // Nothing wrong up to the end of what is seen: an object over several lines, or a long one.
      if (parser.currentLocation().getByteOffset() >= length) {
        return wholeLine ? Form.TOKENS : Form.UNDECIDED;
      }
      throw e;
    }
  }

  private boolean startsWithByteOrderMark() {
    return length >= 3
        && (seen[0] & 0xff) == 0xef
        && (seen[1] & 0xff) == 0xbb
        && (seen[2] & 0xff) == 0xbf;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
