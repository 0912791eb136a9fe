package io.millrace.engine.deploy;

/**
 * Limits that deploying enforces.
 *
 * @param nodesMax nodes of one process
 * @param logicsPerNodeMax logics of one node
 * @param timerMinimumSeconds shortest fixed time limit
 */
public record DeployLimits(int nodesMax, int logicsPerNodeMax, int timerMinimumSeconds) {
  public static final DeployLimits DEFAULT = new DeployLimits(5_000, 1_000, 30);

  /** For graphs that were let in before. */
  static final DeployLimits NONE = new DeployLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, 0);
}
