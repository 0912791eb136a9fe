import { describe, expect, it } from 'vitest';
import { applyCounts, shortCount, type NodeCounts } from './counters.ts';

describe('counters', () => {
  it('names only the nodes whose numbers changed', () => {
    const known = new Map<string, NodeCounts>([
      ['a', { in: 1, out: 1, count: 0 }],
      ['b', { in: 2, out: 1, count: 1 }],
    ]);
    const before = known.get('a');
    const changed = applyCounts(known, [
      ['a', { in: 1, out: 1, count: 0 }],
      ['b', { in: 3, out: 1, count: 2 }],
      ['c', { in: 1, out: 0, count: 1 }],
    ]);
    expect(changed).toEqual(['b', 'c']);
    expect(known.get('a')).toBe(before);
    expect(known.get('b')).toEqual({ in: 3, out: 1, count: 2 });
  });

  it.each([
    [0, '0'],
    [9_999, '9999'],
    [10_000, '10.0k'],
    [12_399, '12.3k'],
    [999_999, '999k'],
    [4_567_890, '4.56M'],
    [1_000_000_000, '1.00G'],
    [2_500_000_000_000, '2.50T'],
  ])('shows %d as %s, in at most five characters', (value, shown) => {
    expect(shortCount(value)).toBe(shown);
    expect(shown.length).toBeLessThanOrEqual(5);
  });
});
