package io.millrace.simulation.world;

/**
 * How often things go wrong, in thousandths of the events of a run.
 *
 * @param crashes the whole host dies and is opened again
 * @param doubled an effect's result comes twice
 * @param failed an effect fails
 * @param jumps the clock jumps ahead or back
 */
public record Faults(int crashes, int doubled, int failed, int jumps) {
  /** Nothing goes wrong. */
  public static final Faults NONE = new Faults(0, 0, 0, 0);

  /** Everything goes wrong now and then. */
  public static final Faults ALL = new Faults(25, 100, 200, 20);
}
