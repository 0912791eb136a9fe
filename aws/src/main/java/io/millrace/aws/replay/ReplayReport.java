package io.millrace.aws.replay;

import io.millrace.aws.cloudtrail.RecordProblem;
import io.millrace.aws.submit.SubmitTally;
import java.util.List;

/**
 * What a replay did; all of it is durable.
 *
 * @param files files read to the end, those of earlier runs included
 * @param resumedRecords records passed over because an earlier run had made them durable
 * @param failures files that could not be read (to the end)
 * @param badRecordsTotal records skipped in readable files
 * @param badRecords the first of these
 * @param cancelled whether it was ended early; it can be resumed
 */
public record ReplayReport(
    int files,
    SubmitTally tally,
    long resumedRecords,
    List<FileFailure> failures,
    long badRecordsTotal,
    List<BadRecord> badRecords,
    boolean cancelled) {
  public ReplayReport {
    failures = List.copyOf(failures);
    badRecords = List.copyOf(badRecords);
  }

  /** A file that could not be read (to the end), and why. */
  public record FileFailure(ReplayFile file, String description) {}

  /** A record that was skipped. */
  public record BadRecord(ReplayFile file, RecordProblem problem) {}
}
