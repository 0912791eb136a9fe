import type { InfiniteData } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { AlertFilter } from '../api/queries.ts';
import type { Alert, AlertPage } from '../api/wire.ts';
import { fitsFilter, mergeAlert } from './merge.ts';

const alert = (id: string, change: Partial<Alert> = {}): Alert => ({
  id,
  dedupKey: '',
  title: `Alert ${id}`,
  text: '',
  severity: 'high',
  fields: {},
  channel: 'inbox',
  count: 1,
  firstMillis: 0,
  lastMillis: 0,
  acknowledged: false,
  ...change,
});

const pages = (...lists: Alert[][]): InfiniteData<AlertPage, string | undefined> => ({
  pages: lists.map((alerts) => ({ alerts, counts: {} })),
  pageParams: [],
});

const OPEN: AlertFilter = { query: '', severity: '', acknowledged: false };
const ids = (data: InfiniteData<AlertPage, string | undefined>) =>
  data.pages.map((page) => page.alerts.map((one) => one.id).join());

describe('an alert that arrives', () => {
  it('goes on top when it is new', () => {
    expect(ids(mergeAlert(pages([alert('1')], [alert('0')]), alert('2'), OPEN))).toEqual([
      '2,1',
      '0',
    ]);
  });

  it('stays in its place when the list has it, so that nothing jumps', () => {
    const merged = mergeAlert(pages([alert('2'), alert('1')]), alert('1', { count: 5 }), OPEN);
    expect(ids(merged)).toEqual(['2,1']);
    expect(merged.pages[0]?.alerts[1]?.count).toBe(5);
  });

  it('leaves when it no longer fits', () => {
    expect(ids(mergeAlert(pages([alert('1')]), alert('1', { acknowledged: true }), OPEN))).toEqual([
      '',
    ]);
  });

  it('changes nothing when it does not fit', () => {
    const data = pages([alert('1')]);
    expect(mergeAlert(data, alert('2', { severity: 'low' }), { ...OPEN, severity: 'high' })).toBe(
      data,
    );
  });

  it.each<[Partial<AlertFilter>, boolean]>([
    [{ query: 'ROOT signed' }, true],
    [{ query: 'eu-central' }, true],
    [{ query: 'root berlin' }, false],
    [{ acknowledged: undefined }, true],
    [{ acknowledged: true }, false],
    [{ severity: 'critical' }, false],
  ])('fits %j: %s', (filter, fits) => {
    const one = alert('1', { title: 'Root signed in', fields: { Region: 'eu-central-1' } });
    expect(fitsFilter(one, { ...OPEN, ...filter })).toBe(fits);
  });
});
