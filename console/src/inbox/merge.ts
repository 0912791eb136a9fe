import type { InfiniteData } from '@tanstack/react-query';
import type { AlertFilter } from '../api/queries.ts';
import type { Alert, AlertPage } from '../api/wire.ts';

type Pages = InfiniteData<AlertPage, string | undefined>;

/**
 * Puts an alert that arrived or changed into a list that is already read: in place when the list
 * has it, on top when it is new and fits, out when it no longer fits the filter.
 */
export function mergeAlert(data: Pages, alert: Alert, filter: AlertFilter): Pages {
  const fits = fitsFilter(alert, filter);
  const known = data.pages.some((page) => page.alerts.some((one) => one.id === alert.id));
  if (!known && !fits) return data;
  const pages = data.pages.map((page) => ({
    ...page,
    alerts: page.alerts.flatMap((one) => (one.id === alert.id ? (fits ? [alert] : []) : [one])),
  }));
  const first = pages[0];
  if (!known && first) pages[0] = { ...first, alerts: [alert, ...first.alerts] };
  return { ...data, pages };
}

/** The server decides what a search finds; this is as near as a page can come without asking. */
export function fitsFilter(alert: Alert, filter: AlertFilter): boolean {
  if (filter.severity !== '' && alert.severity !== filter.severity) return false;
  if (filter.acknowledged !== undefined && alert.acknowledged !== filter.acknowledged) return false;
  if (filter.query === '') return true;
  const text = `${alert.title} ${alert.text} ${JSON.stringify(alert.fields)}`.toLowerCase();
  return filter.query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
