package io.millrace.aws.replay;

import io.millrace.aws.cloudtrail.RecordReader;
import io.millrace.aws.cloudtrail.TrailRecord;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hands out a file's records by event time. Larger files are sorted piece by piece: the memory is
 * bounded, and AWS's own files are smaller than a piece.
 */
final class SortedRecords {
  private static final int PIECE_RECORDS = 20_000;

  private final Deque<ObjectNode> sorted = new ArrayDeque<>();
  private @Nullable IOException failure;

  private record Timed(long eventMillis, ObjectNode record) {}

  @Nullable ObjectNode next(RecordReader reader) throws IOException {
    if (sorted.isEmpty()) {
      IOException failed = failure;
      if (failed != null) {
        failure = null;
        throw failed;
      }
      fill(reader);
    }
    if (sorted.isEmpty() && failure != null) {
      return next(reader);
    }
    return sorted.pollFirst();
  }

  /** A record without a time stays behind the one before it. */
  private void fill(RecordReader reader) throws IOException {
    List<Timed> piece = new ArrayList<>();
    long last = Long.MIN_VALUE;
    try {
      ObjectNode record;
      while (piece.size() < PIECE_RECORDS && (record = reader.next()) != null) {
        last = TrailRecord.eventTimeMillis(record).orElse(last);
        piece.add(new Timed(last, record));
      }
    } catch (IOException e) {
      // What was read before the damage is good, and goes first.
      failure = e;
    }
    piece.sort(Comparator.comparingLong(Timed::eventMillis));
    piece.forEach(timed -> sorted.add(timed.record()));
  }
}
