import { afterEach, describe, expect, it, vi } from 'vitest';
import { Backoff } from './backoff.ts';
import { connection, reportStream } from './connection.ts';
import { CounterStore } from './counterStore.ts';
import { readFrame } from './counterStream.ts';
import { ApiError, call, keepCsrfToken, whenSignedOut } from './http.ts';

afterEach(() => vi.unstubAllGlobals());

describe('counter frames', () => {
  const frame = (op: unknown) => JSON.stringify({ request_proc: 'ok', ops: [op] });

  it('reads the counters of the process it asked for', () => {
    const op = {
      type: 'monitor_show',
      obj: 'conv',
      obj_id: 5,
      list: [{ obj_id: 'n', in: 4, out: 1, count: 3 }],
    };
    expect(readFrame(frame(op), 5)).toEqual([['n', { in: 4, out: 1, count: 3 }]]);
    expect(readFrame(frame(op), 6)).toBeUndefined();
  });

  it.each([
    '0',
    '1',
    '',
    '{',
    'null',
    '[]',
    '{"ops":{}}',
    '{"ops":[{"type":"monitor_show","obj_id":5}]}',
  ])('takes nothing from %s', (text) => expect(readFrame(text, 5)).toBeUndefined());
});

describe('the counter store', () => {
  it('tells only the listeners of nodes that changed', () => {
    const store = new CounterStore();
    const a = vi.fn();
    const b = vi.fn();
    store.subscribe('a', a);
    const leave = store.subscribe('b', b);
    store.apply([['a', { in: 1, out: 0, count: 1 }]]);
    store.apply([['a', { in: 1, out: 0, count: 1 }]]);
    expect([a.mock.calls.length, b.mock.calls.length]).toEqual([1, 0]);
    leave();
    store.apply([['b', { in: 1, out: 0, count: 1 }]]);
    expect(b).not.toHaveBeenCalled();
    expect(store.read('b').in).toBe(1);
    expect(store.read('unknown')).toEqual({ in: 0, out: 0, count: 0 });
  });
});

describe('the connection', () => {
  it('is lost while any stream is broken', () => {
    reportStream('a', false);
    reportStream('b', false);
    reportStream('a', true);
    expect(connection.get()).toBe('lost');
    reportStream('b', true);
    expect(connection.get()).toBe('live');
  });

  it('waits longer after each failure, up to a limit', () => {
    const backoff = new Backoff();
    const waits = [1, 2, 3, 4, 5, 6, 7].map(() => backoff.nextMillis(1));
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
    backoff.succeeded();
    expect(backoff.nextMillis(0)).toBe(250);
  });
});

describe('calls', () => {
  const answer = (status: number, body: unknown, headers = {}) =>
    vi.stubGlobal(
      'fetch',
      vi.fn(async () => new Response(JSON.stringify(body), { status, headers })),
    );

  it('carries what the server said was wrong', async () => {
    answer(
      429,
      {
        error: { code: 'slow', field: 'login', value: null, expected: 'a pause', remedy: 'Wait.' },
      },
      { 'Retry-After': '7' },
    );
    const error = await call<ApiError>('/api/x').catch((thrown: ApiError) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error.code).toBe('slow');
    expect(error.detail).toEqual({
      field: 'login',
      value: undefined,
      expected: 'a pause',
      remedy: 'Wait.',
      retryAfterSeconds: 7,
    });
  });

  it('survives an error that is not JSON', async () => {
    vi.stubGlobal(
      'fetch',
      vi.fn(async () => new Response('<html>', { status: 502 })),
    );
    await expect(call('/api/x')).rejects.toMatchObject({ status: 502, code: 'http_502' });
  });

  it('knows when the server was not reached', async () => {
    vi.stubGlobal(
      'fetch',
      vi.fn(async () => Promise.reject(new TypeError('failed'))),
    );
    await expect(call('/api/x')).rejects.toMatchObject({ offline: true });
  });

  it('sends the token with changes only', async () => {
    answer(200, {});
    keepCsrfToken('t0k');
    await call('/api/x');
    await call('/api/x', { method: 'POST', body: {} });
    const headers = vi
      .mocked(fetch)
      .mock.calls.map(([, init]) => init?.headers as Record<string, string>);
    expect(headers.map((one) => one['X-Csrf-Token'])).toEqual([undefined, 't0k']);
  });

  it('says when the session ended, but not for a wrong password', async () => {
    const signedOut = vi.fn();
    whenSignedOut(signedOut);
    answer(401, { error: { code: 'not_signed_in' } });
    await call('/api/session', { method: 'POST', body: {} }).catch(() => {});
    expect(signedOut).not.toHaveBeenCalled();
    await call('/api/tree').catch(() => {});
    expect(signedOut).toHaveBeenCalledOnce();
  });
});
