package io.millrace.aws.submit;

import java.util.List;

/**
 * What became of the records submitted through one window; all of it is durable.
 *
 * @param created new tasks
 * @param duplicates records whose task existed
 * @param refused records refused for good
 * @param refusals the first of these, with reasons
 */
public record SubmitTally(
    long created, long duplicates, long refused, List<RefusedRecord> refusals) {
  public SubmitTally {
    refusals = List.copyOf(refusals);
  }

  /** Records with a final outcome. */
  public long records() {
    return created + duplicates + refused;
  }
}
