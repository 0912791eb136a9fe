import { describe, expect, it } from 'vitest';
import { duration, relativeTime } from './time.ts';

const NOW = 1_800_000_000_000;

describe('times', () => {
  it.each([
    [0, 'just now'],
    [44_000, 'just now'],
    [50_000, '1m ago'],
    [12 * 60_000, '12m ago'],
    [5 * 3_600_000, '5h ago'],
    [3 * 86_400_000, '3d ago'],
    [-2 * 3_600_000, 'in 2h'],
  ])('%d ms ago is %s', (past, said) => {
    expect(relativeTime(NOW - past, NOW)).toBe(said);
  });

  it.each([
    [12, '12 ms'],
    [3_400, '3.4 s'],
    [120_000, '2 min'],
    [5_400_000, '1.5 h'],
    [172_800_000, '2.0 d'],
  ])('%d ms lasts %s', (millis, said) => {
    expect(duration(millis)).toBe(said);
  });
});
