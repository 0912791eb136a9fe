import { call } from './http.ts';
import type {
  Alert,
  AlertPage,
  ImportAnswer,
  ProcessView,
  Session,
  Task,
  TaskPage,
  TreeItem,
} from './wire.ts';

/** Every call that the console makes, by its name; nothing else in the console knows a path. */

const UPLOAD_TIMEOUT_MILLIS = 300_000;

export function readSession(): Promise<Session> {
  return call('/api/session');
}

export function signIn(login: string, password: string): Promise<Session> {
  return call('/api/session', { method: 'POST', body: { login, password } });
}

export function signOut(): Promise<void> {
  return call('/api/session', { method: 'DELETE' });
}

export async function readTree(signal?: AbortSignal): Promise<TreeItem[]> {
  return (await call<{ items: TreeItem[] }>('/api/tree', { signal })).items;
}

export function readProcess(processId: number, signal?: AbortSignal): Promise<ProcessView> {
  return call(`/api/processes/${processId}/view`, { signal });
}

export interface TaskQuery {
  readonly processId: number;
  readonly nodeId: string;
  readonly offset: number;
  readonly limit: number;
}

export function readTasks(query: TaskQuery, signal?: AbortSignal): Promise<TaskPage> {
  const { processId, nodeId, offset, limit } = query;
  const path = `/api/processes/${processId}/nodes/${encodeURIComponent(nodeId)}/tasks`;
  return call(`${path}?limit=${limit}&offset=${offset}&order=newest`, { signal });
}

export function readTask(processId: number, taskId: string, signal?: AbortSignal): Promise<Task> {
  return call(`/api/tasks/${processId}/${encodeURIComponent(taskId)}`, { signal });
}

export interface AlertQuery {
  readonly query: string;
  readonly severity: string;
  readonly acknowledged: boolean | undefined;
  readonly before?: string;
  readonly limit: number;
}

export function readAlerts(query: AlertQuery, signal?: AbortSignal): Promise<AlertPage> {
  const params = new URLSearchParams({ limit: String(query.limit) });
  if (query.query !== '') params.set('query', query.query);
  if (query.severity !== '') params.set('severity', query.severity);
  if (query.acknowledged !== undefined) params.set('acknowledged', String(query.acknowledged));
  if (query.before !== undefined) params.set('before', query.before);
  return call(`/api/alerts?${params}`, { signal });
}

export function readAlert(alertId: string, signal?: AbortSignal): Promise<Alert> {
  return call(`/api/alerts/${encodeURIComponent(alertId)}`, { signal });
}

export function acknowledge(alertId: string, acknowledged: boolean): Promise<unknown> {
  const verb = acknowledged ? 'acknowledge' : 'unacknowledge';
  return call(`/api/alerts/${encodeURIComponent(alertId)}/${verb}`, { method: 'POST' });
}

/** Uploads an export file into a folder and answers what the server made of it. */
export async function importFile(folderId: number, file: File): Promise<ImportAnswer> {
  const form = new FormData();
  form.set('type', 'create');
  form.set('obj', 'obj_scheme');
  form.set('folder_id', String(folderId));
  form.set('async', 'false');
  form.set('scheme', file, file.name);
  const answer = await call<{ request_proc: string; ops?: ImportAnswer[] }>('/api/2/upload', {
    method: 'POST',
    form,
    timeoutMillis: UPLOAD_TIMEOUT_MILLIS,
  });
  return answer.ops?.[0] ?? { proc: 'error' };
}
