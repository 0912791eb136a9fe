import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowUp } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Alert } from '../api/wire.ts';
import { RelativeTime } from '../ui/RelativeTime.tsx';
import { texts } from '../ui/texts.ts';

const ROW_HEIGHT = 68;
const OVERSCAN = 10;

interface AlertListProps {
  readonly alerts: readonly Alert[];
  readonly selected: string | undefined;
  readonly onSelect: (alertId: string) => void;
  readonly onEnd: () => void;
}

/** Alerts, newest first. What arrives while someone reads further down does not move the list. */
export function AlertList({ alerts, selected, onSelect, onEnd }: AlertListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: alerts.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    getItemKey: (index) => alerts[index]?.id ?? index,
  });
  const fresh = useSteadyScroll(alerts, scroller);
  const visible = rows.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= alerts.length - OVERSCAN) onEnd();
  }, [last, alerts.length, onEnd]);

  const selectedAt = alerts.findIndex((alert) => alert.id === selected);
  useEffect(() => {
    if (selectedAt >= 0) rows.scrollToIndex(selectedAt, { align: 'auto' });
    // Follows the choice, not the list: arrivals must not scroll back to it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [selected]);

  return (
    <div className="alert-list">
      {fresh > 0 && (
        <button
          type="button"
          className="alert-fresh"
          onClick={() => scroller.current?.scrollTo({ top: 0, behavior: 'smooth' })}
        >
          <ArrowUp size={13} aria-hidden />
          {texts.alerts.fresh(fresh)}
        </button>
      )}
      <div className="alert-scroll" ref={scroller}>
        <ul
          className="alert-rows"
          aria-label={texts.alerts.title}
          style={{ height: rows.getTotalSize() }}
        >
          {visible.map((row) => {
            const alert = alerts[row.index]!;
            return (
              <li key={row.key} style={{ translate: `0 ${row.start}px` }}>
                <AlertRow alert={alert} current={alert.id === selected} onSelect={onSelect} />
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}

/**
 * Rows that appear above what is being read shift the scroll by their height, so that it stands
 * still; answers how many of them were not seen yet.
 */
function useSteadyScroll(
  alerts: readonly Alert[],
  scroller: React.RefObject<HTMLDivElement | null>,
): number {
  const [fresh, setFresh] = useState(0);
  const top = useRef(alerts[0]?.id);
  useLayoutEffect(() => {
    const above = alerts.findIndex((alert) => alert.id === top.current);
    top.current = alerts[0]?.id;
    const element = scroller.current;
    if (!element || above <= 0 || element.scrollTop < ROW_HEIGHT / 2) return;
    element.scrollTop += above * ROW_HEIGHT;
    setFresh((before) => before + above);
  }, [alerts, scroller]);
  useEffect(() => {
    const element = scroller.current;
    const clear = () => element && element.scrollTop < ROW_HEIGHT / 2 && setFresh(0);
    element?.addEventListener('scroll', clear, { passive: true });
    return () => element?.removeEventListener('scroll', clear);
  }, [scroller]);
  return fresh;
}

interface AlertRowProps {
  readonly alert: Alert;
  readonly current: boolean;
  readonly onSelect: (alertId: string) => void;
}

function AlertRow({ alert, current, onSelect }: AlertRowProps) {
  return (
    <button
      type="button"
      className={`alert-row ${alert.acknowledged ? 'done' : ''}`}
      data-alert={alert.id}
      aria-current={current}
      onClick={() => onSelect(alert.id)}
    >
      <span className={`alert-mark ${alert.severity}`}>
        <span className="hidden-visually">{texts.alerts.severities[alert.severity]}</span>
      </span>
      <span className="alert-title truncate">{alert.title}</span>
      <span className="alert-when quiet">
        <RelativeTime millis={alert.lastMillis} />
      </span>
      <span className="alert-text truncate">{alert.text}</span>
      <span className="alert-count num">
        {alert.count > 1 ? `×${alert.count.toLocaleString('en')}` : ''}
      </span>
    </button>
  );
}
