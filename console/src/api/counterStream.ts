import type { NodeCounts } from '../process/counters.ts';
import { Backoff } from './backoff.ts';
import { reportStream } from './connection.ts';

const KEEP_ALIVE_MILLIS = 15_000;
/** Two keep-alives without any frame: the line is dead even if nobody closed it. */
const SILENCE_MILLIS_MAX = 35_000;
const STREAM = 'counters';

type Listener = (counts: [string, NodeCounts][]) => void;

/**
 * Live counters of one process over the compatible WebSocket channel. It comes back by itself after
 * a break, subscribes again, and the server then sends all counters anew, so nothing is missed.
 */
export class CounterStream {
  private socket: WebSocket | undefined;
  private readonly backoff = new Backoff();
  private retry: ReturnType<typeof setTimeout> | undefined;
  private keepAlive: ReturnType<typeof setInterval> | undefined;
  private heardMillis = 0;
  private closed = false;

  constructor(
    private readonly processId: number,
    private readonly listener: Listener,
  ) {
    this.open();
    addEventListener('online', this.reopenNow);
  }

  close(): void {
    this.closed = true;
    removeEventListener('online', this.reopenNow);
    clearTimeout(this.retry);
    this.drop();
    reportStream(STREAM, true);
  }

  private open(): void {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/api/1/sock_json`);
    this.socket = socket;
    this.heardMillis = Date.now();
    socket.addEventListener('open', () => this.opened(socket));
    socket.addEventListener('message', (event) => this.heard(String(event.data)));
    socket.addEventListener('close', () => this.lost(socket));
  }

  private opened(socket: WebSocket): void {
    const { processId } = this;
    const op = { type: 'monitor_show', obj: 'conv', obj_id: processId, status: 'on' };
    socket.send(JSON.stringify({ ops: [op] }));
    this.keepAlive = setInterval(() => this.ping(socket), KEEP_ALIVE_MILLIS);
  }

  private ping(socket: WebSocket): void {
    if (Date.now() - this.heardMillis > SILENCE_MILLIS_MAX) this.lost(socket);
    else if (socket.readyState === WebSocket.OPEN) socket.send('0');
  }

  private heard(frame: string): void {
    this.heardMillis = Date.now();
    const counts = readFrame(frame, this.processId);
    if (!counts) return;
    this.backoff.succeeded();
    reportStream(STREAM, true);
    this.listener(counts);
  }

  private lost(socket: WebSocket): void {
    if (this.closed || socket !== this.socket) return;
    this.drop();
    reportStream(STREAM, false);
    this.retry = setTimeout(() => this.open(), this.backoff.nextMillis(Math.random()));
  }

  private readonly reopenNow = (): void => {
    if (this.socket) return;
    clearTimeout(this.retry);
    this.open();
  };

  private drop(): void {
    clearInterval(this.keepAlive);
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
  }
}

/** The counters in a frame, or undefined when it carries none for this process. */
export function readFrame(frame: string, processId: number): [string, NodeCounts][] | undefined {
  if (frame === '0' || frame === '1') return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(frame);
  } catch {
    return undefined;
  }
  const ops = (parsed as { ops?: WireOp[] } | null)?.ops;
  if (!Array.isArray(ops)) return undefined;
  const op = ops.find((one) => one.type === 'monitor_show' && Number(one.obj_id) === processId);
  if (!op || !Array.isArray(op.list)) return undefined;
  return op.list.map((one) => [
    one.obj_id,
    { in: Number(one.in ?? 0), out: Number(one.out ?? 0), count: Number(one.count ?? 0) },
  ]);
}

interface WireOp {
  readonly type?: string;
  readonly obj_id?: number | string;
  readonly list?: { obj_id: string; in?: number; out?: number; count?: number }[];
}
