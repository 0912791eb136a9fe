import { Backoff } from './backoff.ts';
import { reportStream } from './connection.ts';
import type { Alert } from './wire.ts';

const STREAM = 'alerts';

export interface AlertListener {
  arrived(alert: Alert): void;
  /** The stream is back after a break: alerts may have been missed, read them again. */
  resumed(): void;
}

/** Alerts as they happen (server-sent events). Comes back by itself, and says so when it did. */
export class AlertStream {
  private source: EventSource | undefined;
  private readonly backoff = new Backoff();
  private retry: ReturnType<typeof setTimeout> | undefined;
  private broken = false;

  constructor(private readonly listener: AlertListener) {
    this.open();
    addEventListener('online', this.reopenNow);
  }

  close(): void {
    removeEventListener('online', this.reopenNow);
    clearTimeout(this.retry);
    this.source?.close();
    this.source = undefined;
    reportStream(STREAM, true);
  }

  private open(): void {
    const source = new EventSource('/api/alerts/live');
    this.source = source;
    source.addEventListener('open', () => this.opened());
    source.addEventListener('alert', (event) => this.heard((event as MessageEvent<string>).data));
    source.addEventListener('error', () => this.lost(source));
  }

  private opened(): void {
    this.backoff.succeeded();
    reportStream(STREAM, true);
    if (this.broken) this.listener.resumed();
    this.broken = false;
  }

  private heard(data: string): void {
    try {
      this.listener.arrived(JSON.parse(data) as Alert);
    } catch {
      // A frame cut by a break; the alert is read again when the stream resumes.
      this.broken = true;
    }
  }

  /** The browser's own retry gives up after an error answer, so the pace is ours. */
  private lost(source: EventSource): void {
    if (source !== this.source) return;
    source.close();
    this.source = undefined;
    this.broken = true;
    reportStream(STREAM, false);
    this.retry = setTimeout(() => this.open(), this.backoff.nextMillis(Math.random()));
  }

  private readonly reopenNow = (): void => {
    if (this.source) return;
    clearTimeout(this.retry);
    this.open();
  };
}
