package io.millrace.engine.command;

import java.time.ZoneId;

/**
 * Limits and switches of the engine; the same in every partition of an installation.
 *
 * @param taskBytesMaxProcess largest task data of a process, bytes of compact JSON
 * @param taskBytesMaxState largest task data of a state diagram, bytes of compact JSON
 * @param movesPerActivationMax moves after which an activation yields to others
 * @param loopGuardLimit repetitions of a circle of at most three nodes after which a task is
 *     stopped; 0: no such guard
 * @param movesWithoutRestMax moves without resting after which a task is stopped
 * @param timerMinimumSeconds used for dynamic time limits that are not a time
 * @param httpTimeoutMillis wait for the answer to an API call
 * @param httpResponseBytesMax largest answer to an API call
 * @param permitWaitMillis wait for one of the node's {@code max_threads}
 * @param permitsDefault {@code max_threads} of a node that does not say
 * @param pathStepsMax steps of a task's path that are kept
 * @param copyTrace whether copies carry {@code __copy_*__} parameters
 * @param copyStripSystem whether copies lose {@code __conveyor_*__} parameters
 * @param zone time zone of date functions
 */
public record EngineSettings(
    int taskBytesMaxProcess,
    int taskBytesMaxState,
    int movesPerActivationMax,
    int loopGuardLimit,
    int movesWithoutRestMax,
    int timerMinimumSeconds,
    long httpTimeoutMillis,
    long httpResponseBytesMax,
    long permitWaitMillis,
    int permitsDefault,
    int pathStepsMax,
    boolean copyTrace,
    boolean copyStripSystem,
    ZoneId zone) {
  public static final EngineSettings DEFAULT =
      new EngineSettings(
          1_048_576,
          1_048_576,
          1_000,
          50,
          10_000,
          30,
          60_000,
          5_242_880,
          600_000,
          5,
          100,
          false,
          false,
          ZoneId.of("UTC"));
}
