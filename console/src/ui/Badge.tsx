import type { Severity } from '../api/wire.ts';
import { texts } from './texts.ts';

export function SeverityBadge({ severity }: { readonly severity: Severity }) {
  return <span className={`badge ${severity}`}>{texts.alerts.severities[severity]}</span>;
}

const LOOK_OF_STATUS: Readonly<Record<string, string>> = {
  active: 'good',
  actived: 'good',
  paused: 'medium',
  blocked: 'critical',
};

export function StatusBadge({ status }: { readonly status: string }) {
  const said = texts.status[status === 'actived' ? 'active' : status] ?? status;
  return <span className={`badge ${LOOK_OF_STATUS[status] ?? ''}`}>{said}</span>;
}
