package io.millrace.runtime.slot;

import io.millrace.engine.id.Slots;

/**
 * Which partition owns which slot: every partition a run of neighbouring slots, their lengths
 * differing by one at most. The table follows from the number of partitions alone, so it needs no
 * storage of its own.
 */
public final class SlotTable {
  private final int partitions;

  /**
   * @param partitions from 1 to {@link Slots#COUNT}
   */
  public SlotTable(int partitions) {
    if (partitions < 1 || partitions > Slots.COUNT) {
      throw new IllegalArgumentException(
          "Expected 1 to " + Slots.COUNT + " partitions, but got " + partitions);
    }
    this.partitions = partitions;
  }

  public int partitions() {
    return partitions;
  }

  /** The owner of a slot. */
  public int partitionOf(int slot) {
    if (slot < 0 || slot >= Slots.COUNT) {
      throw new IllegalArgumentException(
          "Expected a slot from 0 to " + (Slots.COUNT - 1) + ", but got " + slot);
    }
    return slot * partitions / Slots.COUNT;
  }

  public boolean owns(int partition, int slot) {
    return partitionOf(slot) == partition;
  }
}
