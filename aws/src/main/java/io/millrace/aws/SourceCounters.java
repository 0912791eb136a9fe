package io.millrace.aws;

import io.millrace.aws.cloudtrail.KeyKind;
import java.util.Map;

/**
 * What a queue source has done since it started; all counters only grow.
 *
 * @param name the queue's name in the settings
 * @param received messages received, repeated receipts included
 * @param deleted messages finished and removed
 * @param objects files read to the end
 * @param records records with a durable outcome
 * @param duplicates records whose task existed
 * @param refused records the process refused for good
 * @param badRecords records that could not be read within a readable file
 * @param skipped objects passed over, by what they are
 * @param control messages parts that ask for nothing: tests, validation, removals
 * @param poison receipts of messages in no known form
 * @param failed receipts of messages whose files could not be finished; they come again
 * @param pollFailures polls that got no answer
 * @param overloads times that the engine asked to wait
 * @param inFlight messages being worked on now
 * @param lagMillis age of the message that was finished last, from its sending to its removal
 */
public record SourceCounters(
    String name,
    long received,
    long deleted,
    long objects,
    long records,
    long duplicates,
    long refused,
    long badRecords,
    Map<KeyKind, Long> skipped,
    long control,
    long poison,
    long failed,
    long pollFailures,
    long overloads,
    long inFlight,
    long lagMillis) {
  public SourceCounters {
    skipped = Map.copyOf(skipped);
  }
}
