import { Link } from '@tanstack/react-router';
import { ArrowLeft, Check, RotateCcw, Waypoints, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Alert } from '../api/wire.ts';
import { SeverityBadge } from '../ui/Badge.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { JsonTree } from '../ui/JsonTree.tsx';
import { RelativeTime } from '../ui/RelativeTime.tsx';
import { texts } from '../ui/texts.ts';
import { PHONE, useMedia } from '../ui/useMedia.ts';

interface AlertDetailProps {
  readonly alert: Alert;
  readonly onMark: (alert: Alert, acknowledged: boolean) => void;
  readonly onBack: () => void;
}

/** One alert in full: what happened, how often, to whom, and the way to its task. */
export function AlertDetail({ alert, onMark, onBack }: AlertDetailProps) {
  // A phone shows the alert alone, so it is the page's own heading there.
  const Title = useMedia(PHONE) ? 'h1' : 'h2';
  return (
    <article className="alert-detail" aria-label={alert.title}>
      <div className="alert-back">
        <IconButton label={texts.back} onClick={onBack}>
          <ArrowLeft size={18} />
        </IconButton>
      </div>
      <header>
        <div className="alert-badges">
          <SeverityBadge severity={alert.severity} />
          {alert.acknowledged && <Acknowledged alert={alert} />}
        </div>
        <Title>{alert.title}</Title>
        {alert.text !== '' && <p className="alert-words">{alert.text}</p>}
      </header>
      <div className="alert-actions">
        {alert.acknowledged ? (
          <Button onClick={() => onMark(alert, false)}>
            <RotateCcw size={15} aria-hidden />
            {texts.alerts.unacknowledge}
          </Button>
        ) : (
          <Button look="primary" onClick={() => onMark(alert, true)}>
            <Check size={15} aria-hidden />
            {texts.alerts.acknowledge}
          </Button>
        )}
        <Origins alert={alert} />
      </div>
      <dl className="alert-facts">
        <Fact name={texts.alerts.count}>
          {alert.count === 1 ? texts.alerts.once : texts.alerts.occurrences(alert.count)}
        </Fact>
        <Fact name={texts.alerts.last}>
          <RelativeTime millis={alert.lastMillis} />
        </Fact>
        {alert.count > 1 && (
          <Fact name={texts.alerts.first}>
            <RelativeTime millis={alert.firstMillis} />
          </Fact>
        )}
        <Fact name={texts.alerts.channel}>{alert.channel}</Fact>
        {alert.dedupKey !== '' && (
          <Fact name={texts.alerts.key}>
            <code className="alert-key">{alert.dedupKey}</code>
            <CopyButton text={alert.dedupKey} />
          </Fact>
        )}
      </dl>
      {Object.keys(alert.fields ?? {}).length > 0 && <Fields fields={alert.fields} />}
    </article>
  );
}

function Acknowledged({ alert }: { readonly alert: Alert }) {
  return (
    <span className="badge good">
      <Check size={12} aria-hidden />
      {alert.acknowledgedBy
        ? texts.alerts.acknowledgedBy(alert.acknowledgedBy)
        : texts.alerts.acknowledged}
      {alert.acknowledgedMillis && (
        <>
          {', '}
          <RelativeTime millis={alert.acknowledgedMillis} />
        </>
      )}
    </span>
  );
}

/** Where the alert came from: its task if it is known, else the node of its process. */
function Origins({ alert }: { readonly alert: Alert }) {
  if (!alert.processId) return null;
  const params = { processId: alert.processId };
  const node = alert.nodeId ?? undefined;
  return (
    <>
      {alert.taskId && (
        <Link
          to="/processes/$processId"
          params={params}
          search={{ node, task: alert.taskId }}
          className="button"
        >
          <Waypoints size={15} aria-hidden />
          {texts.alerts.openTask}
        </Link>
      )}
      <Link to="/processes/$processId" params={params} search={{ node }} className="button">
        <Workflow size={15} aria-hidden />
        {texts.alerts.openProcess}
      </Link>
    </>
  );
}

function Fields({ fields }: { readonly fields: Readonly<Record<string, unknown>> }) {
  const Title = useMedia(PHONE) ? 'h2' : 'h3';
  return (
    <section className="alert-fields">
      <Title className="alert-fields-title">{texts.alerts.fields}</Title>
      <dl>
        {Object.entries(fields).map(([name, value]) => (
          <Fact key={name} name={name}>
            {typeof value === 'object' && value !== null ? (
              <JsonTree value={value} />
            ) : (
              String(value)
            )}
          </Fact>
        ))}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="alert-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
