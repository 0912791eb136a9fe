import { texts } from './texts.ts';

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

const JUST_NOW_MILLIS = 45_000;
const relativeFormat = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'narrow' });

/** `4 min ago`, as people say it; the exact time belongs beside it, see `exactTime`. */
export function relativeTime(millis: number, nowMillis: number): string {
  const past = nowMillis - millis;
  if (Math.abs(past) < JUST_NOW_MILLIS) return texts.time.now;
  for (const [unit, size] of UNITS) {
    if (Math.abs(past) >= size) return relativeFormat.format(-Math.round(past / size), unit);
  }
  return relativeFormat.format(past > 0 ? -1 : 1, 'minute');
}

const exactFormat = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'long',
});

export function exactTime(millis: number): string {
  return exactFormat.format(millis);
}

const clockFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

export function clockTime(millis: number): string {
  return `${clockFormat.format(millis)}.${String(Math.floor(millis % 1000)).padStart(3, '0')}`;
}

/** `+12 ms`, `+3.4 s`, `+2 min`: how long a step took. */
export function duration(millis: number): string {
  if (millis < 1000) return `${Math.round(millis)} ms`;
  if (millis < 60_000) return `${(millis / 1000).toFixed(1)} s`;
  if (millis < 3_600_000) return `${Math.round(millis / 60_000)} min`;
  if (millis < 86_400_000) return `${(millis / 3_600_000).toFixed(1)} h`;
  return `${(millis / 86_400_000).toFixed(1)} d`;
}
