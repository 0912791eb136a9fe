import { Store } from './store.ts';

/** Whether live news arrives: `lost` after a stream broke and until it is back. */
export type Connection = 'live' | 'lost';

const broken = new Set<string>();

export const connection = new Store<Connection>('live');

/** Each stream reports under its own name; the page is live when none is broken. */
export function reportStream(name: string, live: boolean): void {
  if (live) broken.delete(name);
  else broken.add(name);
  connection.set(broken.size === 0 ? 'live' : 'lost');
}
