package io.millrace.aws.replay;

import io.millrace.aws.cloudtrail.ReadLimits;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to replay.
 *
 * @param target name of the target, such as server and process: a state kept for another is ignored
 * @param stateFile where to keep how far it came, or null
 * @param restart ignore what an earlier replay kept
 * @param recordsMax records under way
 */
public record ReplayOptions(
    String target,
    Pace pace,
    @Nullable Path stateFile,
    boolean restart,
    int recordsMax,
    ReadLimits limits,
    ReplayClock clock) {

  /** As fast as possible, with nothing kept. */
  public static ReplayOptions of(String target) {
    return new ReplayOptions(
        target, new Pace.Fastest(), null, false, 2_000, ReadLimits.DEFAULT, ReplayClock.SYSTEM);
  }

  public ReplayOptions withPace(Pace other) {
    return new ReplayOptions(target, other, stateFile, restart, recordsMax, limits, clock);
  }

  public ReplayOptions withStateFile(@Nullable Path other, boolean startAnew) {
    return new ReplayOptions(target, pace, other, startAnew, recordsMax, limits, clock);
  }

  public ReplayOptions withClock(ReplayClock other) {
    return new ReplayOptions(target, pace, stateFile, restart, recordsMax, limits, other);
  }
}
