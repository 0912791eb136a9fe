import { useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { AlertStream } from '../api/alertStream.ts';
import { alertCountsQuery, alertQuery, type AlertFilter } from '../api/queries.ts';
import type { Alert, AlertPage } from '../api/wire.ts';
import { mergeAlert } from './merge.ts';

const COUNTS_PACE_MILLIS = 1_000;

/** Keeps every list, the open alert and the badge in step with what happens. */
export function useAlertFeed(onNew: (alert: Alert) => void): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    let recount: ReturnType<typeof setTimeout> | undefined;
    const stream = new AlertStream({
      arrived(alert) {
        showAlert(queryClient, alert);
        if (alert.count === 1 && !alert.acknowledged) onNew(alert);
        // A burst of alerts asks for the counts once, not once each.
        recount ??= setTimeout(() => {
          recount = undefined;
          void queryClient.invalidateQueries({ queryKey: alertCountsQuery.queryKey });
        }, COUNTS_PACE_MILLIS);
      },
      resumed: () => void queryClient.invalidateQueries({ queryKey: ['alerts'] }),
    });
    return () => {
      clearTimeout(recount);
      stream.close();
    };
  }, [queryClient, onNew]);
}

export function showAlert(queryClient: QueryClient, alert: Alert): void {
  queryClient.setQueryData(alertQuery(alert.id).queryKey, alert);
  const lists = queryClient.getQueryCache().findAll({ queryKey: ['alerts', 'list'] });
  for (const { queryKey } of lists) {
    const filter = queryKey[2] as AlertFilter;
    queryClient.setQueryData<InfiniteData<AlertPage, string | undefined>>(queryKey, (data) =>
      data ? mergeAlert(data, alert, filter) : data,
    );
  }
}
