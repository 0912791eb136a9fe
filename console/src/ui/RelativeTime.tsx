import { useSyncExternalStore } from 'react';
import { Store } from '../api/store.ts';
import { exactTime, relativeTime } from './time.ts';

const TICK_MILLIS = 15_000;

/** One clock for all times of the page; it runs only while a time is shown. */
const clock = new Store(Date.now());
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function watchClock(listener: () => void): () => void {
  if (watchers++ === 0) {
    clock.set(Date.now());
    timer = setInterval(() => clock.set(Date.now()), TICK_MILLIS);
  }
  const stop = clock.subscribe(listener);
  return () => {
    stop();
    if (--watchers === 0) clearInterval(timer);
  };
}

export function RelativeTime({ millis }: { readonly millis: number }) {
  const now = useSyncExternalStore(watchClock, clock.get);
  return (
    <time className="num" dateTime={new Date(millis).toISOString()} title={exactTime(millis)}>
      {relativeTime(millis, Math.max(now, 0))}
    </time>
  );
}
