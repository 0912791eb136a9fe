package io.millrace.engine.step;

/**
 * Notices that a task goes round in a circle of one, two or three nodes: {@code process-model.md}
 * §5.10. Counts how often each node was also the one so many steps before.
 */
final class LoopGuard {
  private static final int LONGEST_CIRCLE = 3;

  private final int repetitionsMax;
  private final int[] last = {-1, -1, -1};
  private final int[] matches = new int[LONGEST_CIRCLE];

  LoopGuard(int repetitionsMax) {
    this.repetitionsMax = repetitionsMax;
  }

  /** Hears of an entry; answers whether the task goes round. */
  boolean entered(int node) {
    boolean round = false;
    for (int circle = 1; circle <= LONGEST_CIRCLE; circle++) {
      boolean match = last[circle - 1] == node;
      matches[circle - 1] = match ? matches[circle - 1] + 1 : 0;
      round |= repetitionsMax > 0 && matches[circle - 1] > repetitionsMax * circle;
    }
    last[2] = last[1];
    last[1] = last[0];
    last[0] = node;
    return round;
  }
}
