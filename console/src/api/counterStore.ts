import { applyCounts, NO_COUNTS, type NodeCounts } from '../process/counters.ts';

/**
 * The counters of one process outside of React: a card listens to its own node only, so a tick
 * draws just the cards whose numbers changed.
 */
export class CounterStore {
  private readonly counts = new Map<string, NodeCounts>();
  private readonly listeners = new Map<string, Set<() => void>>();

  read(nodeId: string): NodeCounts {
    return this.counts.get(nodeId) ?? NO_COUNTS;
  }

  subscribe(nodeId: string, listener: () => void): () => void {
    const known = this.listeners.get(nodeId) ?? new Set();
    known.add(listener);
    this.listeners.set(nodeId, known);
    return () => known.delete(listener);
  }

  apply(reading: Iterable<readonly [string, NodeCounts]>): void {
    for (const nodeId of applyCounts(this.counts, reading)) {
      for (const listener of this.listeners.get(nodeId) ?? []) listener();
    }
  }
}
