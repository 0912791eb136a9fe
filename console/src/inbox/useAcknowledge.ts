import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { acknowledge } from '../api/calls.ts';
import { alertCountsQuery } from '../api/queries.ts';
import { sessionQuery } from '../api/session.ts';
import type { Alert } from '../api/wire.ts';
import { texts } from '../ui/texts.ts';
import { toast } from '../ui/toasts.ts';
import { showAlert } from './useAlertFeed.ts';

/** Acknowledges or reopens an alert at once on the page, with undo, and takes it back if refused. */
export function useAcknowledge() {
  const queryClient = useQueryClient();
  return useCallback(
    async function mark(alert: Alert, acknowledged: boolean, undoable = true): Promise<void> {
      const name = queryClient.getQueryData(sessionQuery.queryKey)?.user.name ?? null;
      const marked: Alert = {
        ...alert,
        acknowledged,
        acknowledgedBy: acknowledged ? name : null,
        acknowledgedMillis: acknowledged ? Date.now() : null,
      };
      showAlert(queryClient, marked);
      try {
        await acknowledge(alert.id, acknowledged);
        const said = acknowledged ? texts.alerts.didAcknowledge : texts.alerts.didReopen;
        const undo = { label: texts.undo, run: () => void mark(marked, !acknowledged, false) };
        toast(said(alert.title), undoable ? undo : undefined);
      } catch {
        showAlert(queryClient, alert);
        toast(texts.alerts.markFailed, {
          label: texts.retry,
          run: () => void mark(alert, acknowledged, undoable),
        });
      }
      await queryClient.invalidateQueries({ queryKey: alertCountsQuery.queryKey });
    },
    [queryClient],
  );
}
