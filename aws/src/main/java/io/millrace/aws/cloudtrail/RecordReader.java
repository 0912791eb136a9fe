package io.millrace.aws.cloudtrail;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Streams the records of one log file: gzip or plain; wrapper object, bare array, single record or
 * one record a line, told by content. Memory is bounded by one record, whatever the file's size; a
 * bad record is skipped and reported as long as the file's structure lets the reader go on.
 *
 * <p>Not thread-safe. Closing it closes the stream.
 */
public final class RecordReader implements Closeable {
  private final BoundedText text;
  private final Problems problems;
  private final String name;
  private final RecordFeed feed;
  private long recordsRead;

  private RecordReader(BoundedText text, Problems problems, String name, RecordFeed feed) {
    this.text = text;
    this.problems = problems;
    this.name = name;
    this.feed = feed;
  }

  /**
   * Opens a file's content.
   *
   * @param name how errors call the file
   * @throws TrailFileException when the beginning cannot be read as JSON text
   */
  public static RecordReader open(InputStream in, String name, ReadLimits limits)
      throws IOException {
    BoundedText text = new BoundedText(in, name, limits);
    Problems problems = new Problems(limits.problemsMax());
    TreeBuilder builder = new TreeBuilder(limits);
    RecordFeed feed =
        new ContentForm(text, builder, limits.recordBytesMax()).feed(problems, limits, name);
    return new RecordReader(text, problems, name, feed);
  }

  /**
   * The next record, or null after the last one.
   *
   * @throws TrailFileException when the file cannot be read further, or held objects but no record
   *     of CloudTrail
   */
  public @Nullable ObjectNode next() throws IOException {
    while (true) {
      ObjectNode object = feed.next();
      if (object == null) {
        if (recordsRead == 0 && problems.total() > 0) {
          throw new TrailFileException(
              TrailFileException.Reason.NOT_CLOUDTRAIL,
              "File '%s' holds no CloudTrail record; first object: %s"
                  .formatted(name, problems.kept().getFirst().description()));
        }
        return null;
      }
      if (object.has("digestStartTime")) {
        throw new TrailFileException(
            TrailFileException.Reason.DIGEST,
            "File '%s' is a digest of integrity validation, not a log".formatted(name));
      }
      ObjectNode record = TrailRecord.unwrapped(object);
      if (TrailRecord.isRecord(record)) {
        recordsRead++;
        return record;
      }
      problems.add(
          problems.indexNow() - 1,
          "no CloudTrail record: it has none of eventVersion, eventTime, eventID, eventName");
    }
  }

  /** Records handed out. */
  public long recordsRead() {
    return recordsRead;
  }

  /** Records skipped. */
  public long problemsTotal() {
    return problems.total();
  }

  /** The first skipped records. */
  public List<RecordProblem> problems() {
    return problems.kept();
  }

  /** Bytes taken from the file so far, as they lie there. */
  public long fileBytes() {
    return text.fileBytes();
  }

  /** Bytes of text so far, decompressed. */
  public long textBytes() {
    return text.textBytes();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
