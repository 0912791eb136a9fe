package io.millrace.aws.cloudtrail;

import java.util.ArrayList;
import java.util.List;

/** Counts the records of a file and keeps the first reasons for skipping some. */
final class Problems {
  private final int keepMax;
  private final List<RecordProblem> kept = new ArrayList<>();
  private long total;
  private long records;

  Problems(int keepMax) {
    this.keepMax = keepMax;
  }

  /** A record begins; answers its index. */
  long nextIndex() {
    return records++;
  }

  long indexNow() {
    return records;
  }

  void add(long index, String description) {
    total++;
    if (kept.size() < keepMax) {
      kept.add(new RecordProblem(index, description));
    }
  }

  long total() {
    return total;
  }

  List<RecordProblem> kept() {
    return List.copyOf(kept);
  }
}
