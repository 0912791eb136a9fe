package io.millrace.aws.cloudtrail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

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
      JsonToken token = parser.nextToken();
      if (token != JsonToken.START_OBJECT) {
        return wholeLine ? Form.LINES : Form.UNDECIDED;
      }
      while ((token = parser.nextToken()) != JsonToken.END_OBJECT) {
        boolean records = "Records".equals(parser.currentName());
        token = parser.nextToken();
        if (records && token == JsonToken.START_ARRAY) {
          return Form.TOKENS;
        }
        if ("digestStartTime".equals(parser.currentName())) {
          return Form.TOKENS;
        }
        parser.skipChildren();
      }
      return wholeLine ? Form.LINES : Form.UNDECIDED;
    } catch (UnexpectedEndOfInputException e) {
      // An object over several lines, or one line that is longer than what was looked at.
      return wholeLine ? Form.TOKENS : Form.UNDECIDED;
    } catch (JacksonException e) {
      return moreLines ? Form.LINES : wholeLine ? Form.TOKENS : Form.UNDECIDED;
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
