import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Alert } from '../../src/api/wire.ts';
import { World } from './world.ts';

const LOGIN = 'admin';
const PASSWORD = 'millrace-demo-1';
const BODY_BYTES_MAX = 20_000_000;
const FAILURES_MAX = 5;
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

export interface MockOptions {
  readonly port?: number;
  readonly pages?: string;
  /** Milliseconds between ticks of counters and alerts; 0 = only by hand. */
  readonly countersMillis?: number;
  readonly alertsMillis?: number;
  readonly largeNodes?: number;
  readonly alerts?: number;
}

/** A stand-in for the real server with the same HTTP API, for development and tests. */
export class MockServer {
  readonly login = LOGIN;
  readonly password = PASSWORD;
  readonly world: World;
  url = '';
  private readonly http: Server;
  private readonly sockets = new WebSocketServer({ noServer: true });
  private readonly watchers = new Map<WebSocket, Set<number>>();
  private readonly streams = new Set<ServerResponse>();
  private readonly sessions = new Map<string, string>();
  private readonly timers: ReturnType<typeof setInterval>[] = [];
  private failures = 0;

  constructor(private readonly options: MockOptions = {}) {
    this.world = new World(Date.now(), options);
    this.http = createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => {
        send(response, 500, { error: { code: 'bug', expected: String(error) } });
      });
    });
    this.http.on('upgrade', (request, socket, head) => {
      if (!this.sessionOf(request)) return socket.destroy();
      this.sockets.handleUpgrade(request, socket, head, (ws) => this.watch(ws));
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((ready) =>
      this.http.listen(this.options.port ?? 0, '127.0.0.1', ready),
    );
    const address = this.http.address();
    if (address && typeof address === 'object') this.url = `http://127.0.0.1:${address.port}`;
    const { countersMillis = 1000, alertsMillis = 7000 } = this.options;
    if (countersMillis > 0) this.timers.push(setInterval(() => this.tick(), countersMillis));
    if (alertsMillis > 0) this.timers.push(setInterval(() => this.raise(), alertsMillis));
  }

  async stop(): Promise<void> {
    this.timers.forEach(clearInterval);
    this.breakStreams();
    this.http.closeAllConnections();
    await new Promise<void>((done) => this.http.close(() => done()));
  }

  tick(): void {
    const touched = this.world.tick(Date.now());
    for (const [socket, processes] of this.watchers) {
      for (const id of processes) if (touched.has(id)) this.sendCounts(socket, id);
    }
  }

  raise(story?: Partial<Alert>): Alert {
    const alert = this.world.raise(Date.now(), story);
    this.publish(alert);
    return alert;
  }

  /** Cuts every live line, as a restart of the server would. */
  breakStreams(): void {
    for (const socket of this.watchers.keys()) socket.terminate();
    for (const stream of this.streams) stream.destroy();
    this.watchers.clear();
    this.streams.clear();
  }

  forgetSessions(): void {
    this.sessions.clear();
  }

  private publish(alert: Alert): void {
    for (const stream of this.streams)
      stream.write(`event: alert\ndata: ${JSON.stringify(alert)}\n\n`);
  }

  private watch(socket: WebSocket): void {
    this.watchers.set(socket, new Set());
    socket.on('close', () => this.watchers.delete(socket));
    socket.on('message', (raw) => {
      const text = String(raw);
      if (text === '0') return socket.send('1');
      const op = JSON.parse(text).ops[0];
      if (op.status === 'off') return this.watchers.get(socket)?.delete(op.obj_id);
      this.watchers.get(socket)?.add(op.obj_id);
      this.sendCounts(socket, op.obj_id);
    });
  }

  private sendCounts(socket: WebSocket, processId: number): void {
    const list = [...(this.world.counts.get(processId) ?? [])].map(([obj_id, counts]) => ({
      obj_id,
      ...counts,
    }));
    const op = { type: 'monitor_show', obj: 'conv', obj_id: processId, proc: 'ok', list };
    socket.send(JSON.stringify({ request_proc: 'ok', ops: [op] }));
  }

  private sessionOf(request: IncomingMessage): string | undefined {
    const cookie = /millrace_session=([0-9a-f]+)/.exec(request.headers.cookie ?? '')?.[1];
    return cookie === undefined ? undefined : this.sessions.get(cookie);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://mock');
    if (!url.pathname.startsWith('/api/')) return this.sendPage(url.pathname, response);
    const route = `${request.method} ${url.pathname}`;
    if (route === 'POST /api/session') return this.signIn(request, response);
    const csrf = this.sessionOf(request);
    if (csrf === undefined) return refuse(response, 401, 'not_signed_in', 'Sign in first.');
    if (request.method !== 'GET' && request.headers['x-csrf-token'] !== csrf) {
      return refuse(response, 403, 'csrf', 'Load the page again.');
    }
    if (route === 'GET /api/session') return send(response, 200, session(csrf));
    if (route === 'DELETE /api/session') return this.signOut(response);
    if (route === 'GET /api/tree') return send(response, 200, { items: this.world.tree });
    if (route === 'POST /api/2/upload') return this.upload(request, response);
    if (route === 'GET /api/alerts/live') return this.stream(request, response);
    if (route === 'GET /api/alerts') return send(response, 200, this.listAlerts(url.searchParams));
    return this.answerObject(route, url.searchParams, response);
  }

  private answerObject(route: string, params: URLSearchParams, response: ServerResponse): void {
    const view = /^GET \/api\/processes\/(\d+)\/view$/.exec(route);
    if (view) return found(response, this.world.viewOf(Number(view[1])));
    const tasks = /^GET \/api\/processes\/(\d+)\/nodes\/([0-9a-f]+)\/tasks$/.exec(route);
    if (tasks) {
      const all = this.world.tasksIn(Number(tasks[1]), tasks[2]!);
      const offset = Number(params.get('offset') ?? 0);
      const limit = Number(params.get('limit') ?? 50);
      const page = all.slice(offset, offset + limit).map(({ path: _path, ...task }) => task);
      return send(response, 200, { tasks: page, more: offset + limit < all.length });
    }
    const task = /^GET \/api\/tasks\/(\d+)\/([0-9a-f]+)$/.exec(route);
    if (task) return found(response, this.world.taskOf(Number(task[1]), task[2]!));
    const alert = /^GET \/api\/alerts\/(\w+)$/.exec(route);
    if (alert)
      return found(
        response,
        this.world.alerts.find((one) => one.id === alert[1]),
      );
    const mark = /^POST \/api\/alerts\/(\w+)\/(acknowledge|unacknowledge)$/.exec(route);
    if (mark) return this.mark(mark[1]!, mark[2] === 'acknowledge', response);
    refuse(response, 404, 'no_route', 'Update the console.');
  }

  private mark(id: string, acknowledged: boolean, response: ServerResponse): void {
    const alert = this.world.alerts.find((one) => one.id === id);
    if (!alert) return refuse(response, 404, 'not_found', 'It may have been removed.');
    alert.acknowledged = acknowledged;
    alert.acknowledgedBy = acknowledged ? LOGIN : null;
    alert.acknowledgedMillis = acknowledged ? Date.now() : null;
    this.publish(alert);
    send(response, 200, alert);
  }

  private listAlerts(params: URLSearchParams): unknown {
    const query = (params.get('query') ?? '').toLowerCase();
    const severity = params.get('severity');
    const acknowledged = params.get('acknowledged');
    const before = Number(params.get('before') ?? Infinity);
    const limit = Number(params.get('limit') ?? 50);
    const matching = this.world.alerts
      .filter((alert) => !severity || severity.split(',').includes(alert.severity))
      .filter((alert) => acknowledged === null || String(alert.acknowledged) === acknowledged)
      .filter((alert) =>
        `${alert.title} ${alert.text} ${JSON.stringify(alert.fields)}`
          .toLowerCase()
          .includes(query),
      )
      .toSorted((a, b) => b.lastMillis - a.lastMillis);
    const rest = matching.filter((alert) => alert.lastMillis < before);
    const alerts = rest.slice(0, limit);
    const counts: Record<string, number> = { unacknowledged: 0 };
    for (const alert of this.world.alerts) {
      if (alert.acknowledged) continue;
      counts.unacknowledged!++;
      counts[alert.severity] = (counts[alert.severity] ?? 0) + 1;
    }
    const next = rest.length > limit ? String(alerts.at(-1)!.lastMillis) : null;
    return { alerts, next, counts };
  }

  private async signIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { login, password } = JSON.parse(String(await readBody(request)));
    if (this.failures >= FAILURES_MAX) {
      this.failures = 0;
      response.setHeader('Retry-After', '30');
      return refuse(response, 429, 'too_many_attempts', 'Wait and try again.');
    }
    if (login !== LOGIN || password !== PASSWORD) {
      this.failures++;
      return refuse(response, 401, 'wrong_credentials', 'Check the user name and the password.');
    }
    this.failures = 0;
    const id = randomBytes(16).toString('hex');
    const csrf = randomBytes(16).toString('hex');
    this.sessions.set(id, csrf);
    response.setHeader('Set-Cookie', `millrace_session=${id}; HttpOnly; SameSite=Strict; Path=/`);
    send(response, 200, session(csrf));
  }

  private signOut(response: ServerResponse): void {
    response.setHeader('Set-Cookie', 'millrace_session=; HttpOnly; Path=/; Max-Age=0');
    send(response, 200, {});
  }

  private stream(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(': hello\n\n');
    this.streams.add(response);
    request.on('close', () => this.streams.delete(response));
  }

  /** Reads the file part of the upload; titles with “broken” come back paused with an error. */
  private async upload(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = await new Response(new Uint8Array(await readBody(request)), {
      headers: { 'Content-Type': request.headers['content-type'] ?? '' },
    }).formData();
    const file = form.get('scheme');
    const text = file instanceof File ? await file.text() : '';
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      const op = { proc: 'error', description: 'Invalid scheme: the file is not JSON' };
      return send(response, 200, { request_proc: 'ok', ops: [op] });
    }
    const objects = (Array.isArray(parsed) ? parsed : [parsed]) as {
      obj_type: number;
      obj_id: number;
      title: string;
    }[];
    const scheme = this.world.importObjects(Number(form.get('folder_id')), objects);
    const broken = scheme.filter((one) => one.title.includes('broken'));
    for (const one of broken)
      this.world.tree.find((item) => item.id === one.obj_id)!.status = 'paused';
    const errors = broken.map((one) => ({
      obj: 'conv',
      obj_id: one.obj_id,
      title: one.title,
      count: 1,
      destinations: [
        {
          obj: 'node',
          obj_id: '65f0c0de0000000000000099',
          title: 'Ask the oracle',
          count: 1,
          errors: ['logics[0].type: "api_oracle" is not a logic that this version runs'],
        },
      ],
    }));
    send(response, 200, { request_proc: 'ok', ops: [{ proc: 'ok', scheme, errors }] });
  }

  private sendPage(path: string, response: ServerResponse): void {
    const pages = this.options.pages;
    if (pages === undefined)
      return refuse(response, 404, 'no_pages', 'Use the development server.');
    const wanted = join(pages, normalize(path));
    const known = wanted.startsWith(pages) && existsSync(wanted) && statSync(wanted).isFile();
    const file = known ? wanted : join(pages, 'index.html');
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': POLICY });
    response.end(readFileSync(file));
  }
}

function session(csrf: string): unknown {
  return { user: { id: 1, name: 'Administrator', administrator: true }, csrf };
}

function found(response: ServerResponse, body: unknown): void {
  if (body === undefined) return refuse(response, 404, 'not_found', 'It may have been removed.');
  send(response, 200, body);
}

function refuse(response: ServerResponse, status: number, code: string, remedy: string): void {
  send(response, status, { error: { code, field: null, value: null, expected: null, remedy } });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > BODY_BYTES_MAX) throw new Error('The body is too large.');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
