/** What a node counts: entries, leaves and the tasks that rest in it now. */
export interface NodeCounts {
  readonly in: number;
  readonly out: number;
  readonly count: number;
}

export const NO_COUNTS: NodeCounts = { in: 0, out: 0, count: 0 };

/**
 * Applies a reading to the known counters and names the nodes that differ. Unchanged nodes keep
 * their object, so that only changed cards draw again.
 */
export function applyCounts(
  known: Map<string, NodeCounts>,
  reading: Iterable<readonly [string, NodeCounts]>,
): string[] {
  const changed: string[] = [];
  for (const [nodeId, next] of reading) {
    const before = known.get(nodeId);
    if (before && before.in === next.in && before.out === next.out && before.count === next.count) {
      continue;
    }
    known.set(nodeId, { in: next.in, out: next.out, count: next.count });
    changed.push(nodeId);
  }
  return changed;
}

const UNITS: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

/** At most five characters: 0…9999 in full, then 12.3k, 4.56M; a card never grows with its count. */
export function shortCount(value: number): string {
  if (value < 10_000) return String(value);
  for (const [size, unit] of UNITS) {
    if (value < size) continue;
    const scaled = value / size;
    const digits = scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2;
    const shown = Math.floor(scaled * 10 ** digits) / 10 ** digits;
    return `${shown.toFixed(digits)}${unit}`;
  }
  return String(value);
}
