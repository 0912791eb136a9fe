import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { BellOff, Inbox, MousePointerClick, SearchX } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { alertCountsQuery, alertQuery, alertsQuery, type AlertFilter } from '../api/queries.ts';
import type { Alert } from '../api/wire.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorState, Skeletons, State } from '../ui/State.tsx';
import { texts } from '../ui/texts.ts';
import { useShortcuts } from '../ui/useShortcuts.ts';
import { useTitle } from '../ui/useTitle.ts';
import { AlertDetail } from './AlertDetail.tsx';
import { AlertFilters, type InboxFilter } from './AlertFilters.tsx';
import { AlertList } from './AlertList.tsx';
import { useAcknowledge } from './useAcknowledge.ts';
import './inbox.css';

const route = getRouteApi('/shell/inbox');
const NO_ALERTS: readonly Alert[] = [];

/** Alerts as they arrive: read, judged with j, k and e, and followed to their tasks. */
export function InboxPage() {
  const { filter, selected, change, select } = useInboxAddress();
  const query = useInfiniteQuery(alertsQuery(wireFilter(filter)));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const alerts = useMemo(
    () => query.data?.pages.flatMap((page) => page.alerts) ?? NO_ALERTS,
    [query.data],
  );
  const alert = useSelected(alerts, selected);
  const counts = useQuery(alertCountsQuery).data ?? {};
  const mark = useAcknowledge();
  useTitle(texts.alerts.title);

  const at = alerts.findIndex((one) => one.id === selected);
  const go = (index: number) => {
    const next = alerts[Math.max(0, Math.min(alerts.length - 1, index))];
    if (next) select(next.id);
  };
  const markAndGoOn = (one: Alert, acknowledged: boolean) => {
    const leaves = filter.show !== 'all' && acknowledged !== (filter.show === 'acknowledged');
    if (leaves && at >= 0) select((alerts[at + 1] ?? alerts[at - 1])?.id);
    void mark(one, acknowledged);
  };
  useShortcuts({
    j: () => go(at + 1),
    k: () => go(at < 0 ? 0 : at - 1),
    ArrowDown: () => go(at + 1),
    ArrowUp: () => go(at < 0 ? 0 : at - 1),
    e: () => alert && markAndGoOn(alert, !alert.acknowledged),
    Escape: () => select(undefined),
    '/': () => document.getElementById('alert-search')?.focus(),
  });
  const readOn = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  return (
    <div className="inbox" data-detail={selected !== undefined}>
      <section className="inbox-list" aria-label={texts.alerts.title}>
        <header className="inbox-head">
          <h1>{texts.alerts.title}</h1>
          <p className="quiet num">{texts.alerts.unread(counts.unacknowledged ?? 0)}</p>
        </header>
        <AlertFilters filter={filter} counts={counts} onChange={change} />
        {query.isPending && <Skeletons rows={6} height={44} />}
        {query.isError && <ErrorState error={query.error} onRetry={query.refetch} />}
        {query.isSuccess && alerts.length === 0 && (
          <Nothing
            filter={filter}
            onClear={() => change({ query: '', severity: '', show: 'open' })}
          />
        )}
        {alerts.length > 0 && (
          <AlertList alerts={alerts} selected={selected} onSelect={select} onEnd={readOn} />
        )}
      </section>
      <section className="inbox-detail" aria-live="off">
        {alert && (
          <AlertDetail alert={alert} onMark={markAndGoOn} onBack={() => select(undefined)} />
        )}
        {!alert && selected !== undefined && <Missing alertId={selected} />}
        {!alert && selected === undefined && alerts.length > 0 && (
          <State icon={MousePointerClick} title={texts.alerts.pickTitle} text={texts.alerts.pick} />
        )}
      </section>
    </div>
  );
}

/** Filter and choice live in the address: a link shows a colleague the same. */
function useInboxAddress() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const filter: InboxFilter = {
    query: search.q ?? '',
    severity: search.severity ?? '',
    show: search.show ?? 'open',
  };
  const change = (next: Partial<InboxFilter>) => {
    const merged = { ...filter, ...next };
    void navigate({
      replace: true,
      search: {
        q: merged.query || undefined,
        severity: merged.severity || undefined,
        show: merged.show === 'open' ? undefined : merged.show,
      },
    });
  };
  const select = useCallback(
    (alert: string | undefined) =>
      void navigate({ search: (before) => ({ ...before, alert }), replace: alert !== undefined }),
    [navigate],
  );
  return { filter, selected: search.alert, change, select };
}

function wireFilter(filter: InboxFilter): AlertFilter {
  const acknowledged = filter.show === 'all' ? undefined : filter.show === 'acknowledged';
  return { query: filter.query.trim(), severity: filter.severity, acknowledged };
}

/** From the list when it is there, else read by itself: a link may point past the filter. */
function useSelected(alerts: readonly Alert[], selected: string | undefined): Alert | undefined {
  const listed = alerts.find((one) => one.id === selected);
  const { data } = useQuery({
    ...alertQuery(selected ?? ''),
    enabled: selected !== undefined && listed === undefined,
  });
  return listed ?? (selected === undefined ? undefined : data);
}

function Missing({ alertId }: { readonly alertId: string }) {
  const { error, refetch, isPending } = useQuery(alertQuery(alertId));
  if (isPending) return <Skeletons rows={4} height={32} />;
  return error ? <ErrorState error={error} onRetry={refetch} /> : null;
}

function Nothing({
  filter,
  onClear,
}: {
  readonly filter: InboxFilter;
  readonly onClear: () => void;
}) {
  if (filter.query !== '' || filter.severity !== '') {
    return (
      <State icon={SearchX} title={texts.alerts.noMatchTitle} text={texts.alerts.noMatch}>
        <Button onClick={onClear}>{texts.alerts.clear}</Button>
      </State>
    );
  }
  return filter.show === 'open' ? (
    <State icon={BellOff} title={texts.alerts.noneTitle} text={texts.alerts.none} />
  ) : (
    <State icon={Inbox} title={texts.alerts.neverTitle} text={texts.alerts.never} />
  );
}
