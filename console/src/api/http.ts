/** What went wrong with a call, in the server's own words where it gave them. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: ErrorDetail,
  ) {
    super(detail.remedy ?? detail.expected ?? code);
    this.name = 'ApiError';
  }

  /** The server was not reached at all. */
  get offline(): boolean {
    return this.status === 0;
  }
}

export interface ErrorDetail {
  readonly field?: string;
  readonly value?: string;
  readonly expected?: string;
  readonly remedy?: string;
  readonly retryAfterSeconds?: number;
}

const TIMEOUT_MILLIS = 30_000;

let csrfToken = '';
let onSignedOut: () => void = () => {};

/** The token that the server wants back with every change. */
export function keepCsrfToken(token: string): void {
  csrfToken = token;
}

/** Called when the server no longer knows the session. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly body?: unknown;
  readonly form?: FormData;
  readonly signal?: AbortSignal;
  readonly timeoutMillis?: number;
}

/** Calls the API; throws `ApiError` for everything that is not a good answer. */
export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  const method = options.method ?? 'GET';
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET' && csrfToken !== '') headers['X-Csrf-Token'] = csrfToken;
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  const limit = AbortSignal.timeout(options.timeoutMillis ?? TIMEOUT_MILLIS);
  const response = await reach(path, {
    method,
    headers,
    credentials: 'same-origin',
    body: options.form ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
    signal: options.signal ? AbortSignal.any([options.signal, limit]) : limit,
  });
  if (response.ok) return (await readJson(response)) as T;
  const error = await errorOf(response);
  if (response.status === 401 && !path.startsWith('/api/session')) onSignedOut();
  throw error;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, 'unreachable', {});
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(response.status, 'not_json', {});
  }
}

async function errorOf(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  const retryAfterSeconds = Number.isFinite(retryAfter) ? retryAfter : undefined;
  const body = await response.json().catch(() => undefined);
  const error = body?.error;
  if (typeof error !== 'object' || error === null) {
    return new ApiError(response.status, `http_${response.status}`, { retryAfterSeconds });
  }
  return new ApiError(response.status, String(error.code ?? `http_${response.status}`), {
    field: optionalText(error.field),
    value: optionalText(error.value),
    expected: optionalText(error.expected),
    remedy: optionalText(error.remedy),
    retryAfterSeconds,
  });
}

function optionalText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
