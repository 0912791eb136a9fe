import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { CounterStore } from '../api/counterStore.ts';
import type { NodeCounts } from '../process/counters.ts';

export const CountersContext = createContext(new CounterStore());

/** The counters of one node; draws again only when they change. */
export function useCounts(nodeId: string): NodeCounts {
  const store = useContext(CountersContext);
  const subscribe = useCallback(
    (listener: () => void) => store.subscribe(nodeId, listener),
    [store, nodeId],
  );
  return useSyncExternalStore(subscribe, () => store.read(nodeId));
}
