import { CircleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { explain } from './explain.ts';
import { texts } from './texts.ts';

interface StateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
}

/** Where there is nothing to show: why, and what to do about it. */
export function State({ icon: Icon, title, text, children }: StateProps) {
  return (
    <div className="state">
      <div className="state-icon" aria-hidden>
        <Icon size={20} />
      </div>
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {children && <div className="state-actions">{children}</div>}
    </div>
  );
}

interface ErrorStateProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { title, text } = explain(error);
  return (
    <div role="alert">
      <State icon={CircleAlert} title={title} text={text}>
        {onRetry && <Button onClick={onRetry}>{texts.retry}</Button>}
      </State>
    </div>
  );
}

export function Skeletons({ rows, height }: { readonly rows: number; readonly height: number }) {
  return (
    <div role="status" style={{ display: 'grid', gap: 8, padding: 16, alignContent: 'start' }}>
      <span className="hidden-visually">{texts.loading}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="skeleton" style={{ height }} />
      ))}
    </div>
  );
}
