import { Search, X } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { SEVERITIES } from '../api/wire.ts';
import { IconButton } from '../ui/Button.tsx';
import { texts } from '../ui/texts.ts';

export type Show = 'open' | 'acknowledged' | 'all';

export interface InboxFilter {
  readonly query: string;
  readonly severity: string;
  readonly show: Show;
}

const SHOWS: readonly Show[] = ['open', 'acknowledged', 'all'];
const TYPING_PAUSE_MILLIS = 200;

interface AlertFiltersProps {
  readonly filter: InboxFilter;
  readonly counts: Readonly<Partial<Record<string, number>>>;
  readonly onChange: (change: Partial<InboxFilter>) => void;
}

export function AlertFilters({ filter, counts, onChange }: AlertFiltersProps) {
  return (
    <div className="alert-filters">
      <AlertSearch query={filter.query} onQuery={(query) => onChange({ query })} />
      <div className="alert-choices">
        <ToggleGroup.Root
          type="single"
          className="switch"
          aria-label={texts.alerts.show}
          value={filter.show}
          onValueChange={(show) => show && onChange({ show: show as Show })}
        >
          {SHOWS.map((show) => (
            <ToggleGroup.Item key={show} value={show}>
              {texts.alerts[show]}
            </ToggleGroup.Item>
          ))}
        </ToggleGroup.Root>
        <select
          className="select"
          aria-label={texts.alerts.severity}
          value={filter.severity}
          onChange={(event) => onChange({ severity: event.target.value })}
        >
          <option value="">{texts.alerts.anySeverity}</option>
          {SEVERITIES.map((severity) => (
            <option key={severity} value={severity}>
              {texts.alerts.severities[severity]}
              {counts[severity] ? ` (${counts[severity]})` : ''}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}

function AlertSearch({
  query,
  onQuery,
}: {
  readonly query: string;
  readonly onQuery: (query: string) => void;
}) {
  const [typed, setTyped] = useState(query);
  const latest = useRef(onQuery);
  useEffect(() => {
    latest.current = onQuery;
  });
  useEffect(() => setTyped(query), [query]);
  useEffect(() => {
    if (typed === query) return;
    const timer = setTimeout(() => latest.current(typed), TYPING_PAUSE_MILLIS);
    return () => clearTimeout(timer);
  }, [typed, query]);
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') event.currentTarget.blur();
    if (event.key === 'Enter') onQuery(typed);
  };
  return (
    <div className="search">
      <Search size={15} aria-hidden />
      <input
        id="alert-search"
        type="search"
        className="input"
        placeholder={texts.alerts.search}
        aria-label={texts.alerts.search}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={press}
      />
      <span className="after">
        {typed === '' ? (
          <span className="key" aria-hidden>
            /
          </span>
        ) : (
          <IconButton small label={texts.tree.clear} onClick={() => (setTyped(''), onQuery(''))}>
            <X size={14} />
          </IconButton>
        )}
      </span>
    </div>
  );
}
