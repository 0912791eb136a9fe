import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  readAlert,
  readAlerts,
  readProcess,
  readTask,
  readTasks,
  readTree,
  type AlertQuery,
} from './calls.ts';

/** What the pages read, with the keys under which it is kept. */

const TASKS_PAGE = 50;
const ALERTS_PAGE = 100;

export const treeQuery = queryOptions({
  queryKey: ['tree'],
  queryFn: ({ signal }) => readTree(signal),
  staleTime: 10_000,
  refetchInterval: 30_000,
});

export const processQuery = (processId: number) =>
  queryOptions({
    queryKey: ['process', processId],
    queryFn: ({ signal }) => readProcess(processId, signal),
    staleTime: 30_000,
  });

export const tasksQuery = (processId: number, nodeId: string) =>
  infiniteQueryOptions({
    queryKey: ['tasks', processId, nodeId],
    queryFn: ({ signal, pageParam }) =>
      readTasks({ processId, nodeId, offset: pageParam, limit: TASKS_PAGE }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, all) =>
      last.more ? all.reduce((sum, page) => sum + page.tasks.length, 0) : undefined,
    staleTime: 5_000,
  });

export const taskQuery = (processId: number, taskId: string) =>
  queryOptions({
    queryKey: ['task', processId, taskId],
    queryFn: ({ signal }) => readTask(processId, taskId, signal),
    staleTime: 2_000,
  });

export type AlertFilter = Omit<AlertQuery, 'before' | 'limit'>;

export const alertsQuery = (filter: AlertFilter) =>
  infiniteQueryOptions({
    queryKey: ['alerts', 'list', filter],
    queryFn: ({ signal, pageParam }) =>
      readAlerts({ ...filter, before: pageParam, limit: ALERTS_PAGE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: 10_000,
  });

export const alertQuery = (alertId: string) =>
  queryOptions({
    queryKey: ['alerts', 'one', alertId],
    queryFn: ({ signal }) => readAlert(alertId, signal),
    staleTime: 10_000,
  });

/** How many alerts are open, over all filters. */
export const alertCountsQuery = queryOptions({
  queryKey: ['alerts', 'counts'],
  queryFn: async ({ signal }) =>
    (await readAlerts({ query: '', severity: '', acknowledged: false, limit: 1 }, signal)).counts,
  staleTime: 10_000,
  refetchInterval: 60_000,
});
