import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { ProcessView, TaskPage, TaskSummary, TreeItem } from '../../src/api/wire.ts';
import { MockServer } from '../mock/server.ts';
import { Browser, type OpenOptions } from './browser.ts';

/**
 * The server under test: the one named by MILLRACE_URL (with MILLRACE_USER, MILLRACE_PASSWORD), or
 * a mock server with the same API. Tests that make things happen need the mock and say so.
 */
export interface Target {
  readonly url: string;
  readonly login: string;
  readonly password: string;
  readonly mock: MockServer | undefined;
  stop(): Promise<void>;
}

export const REAL = process.env.MILLRACE_URL !== undefined;

const PAGES = fileURLToPath(new URL('../../dist', import.meta.url));

export async function startTarget(
  options: { largeNodes?: number; alerts?: number } = {},
): Promise<Target> {
  const url = process.env.MILLRACE_URL;
  if (url !== undefined) {
    return {
      url: url.replace(/\/$/, ''),
      login: process.env.MILLRACE_USER ?? 'admin',
      password: process.env.MILLRACE_PASSWORD ?? '',
      mock: undefined,
      stop: async () => {},
    };
  }
  const mock = new MockServer({ pages: PAGES, countersMillis: 0, alertsMillis: 0, ...options });
  await mock.start();
  return {
    url: mock.url,
    login: mock.login,
    password: mock.password,
    mock,
    stop: () => mock.stop(),
  };
}

export async function openSignedIn(
  target: Target,
  options: OpenOptions = {},
  path = '/',
): Promise<Browser> {
  const browser = await Browser.open(target.url, options);
  await browser.signIn(target.login, target.password, path);
  return browser;
}

async function get<T>(page: Page, path: string): Promise<T> {
  const response = await page.request.get(new URL(path, page.url()).href);
  if (!response.ok()) throw new Error(`${path} answered ${response.status()}.`);
  return (await response.json()) as T;
}

export async function readTree(page: Page): Promise<TreeItem[]> {
  return (await get<{ items: TreeItem[] }>(page, '/api/tree')).items;
}

export interface Found {
  readonly view: ProcessView;
  readonly node: ProcessView['nodes'][number];
  readonly task: TaskSummary;
}

/** A process with a titled node in which a task can be looked at. */
export async function findTask(page: Page): Promise<Found> {
  for (const item of await readTree(page)) {
    if (item.kind !== 'process') continue;
    const view = await get<ProcessView>(page, `/api/processes/${item.id}/view`);
    if (view.nodes.length < 3) continue;
    for (const node of view.nodes) {
      const path = `/api/processes/${item.id}/nodes/${node.id}/tasks?limit=1&offset=0&order=newest`;
      const { tasks } = await get<TaskPage>(page, path);
      if (node.title && tasks[0]) return { view, node, task: tasks[0] };
    }
  }
  throw new Error('No process of this server holds a task; run some through it first.');
}

/** An export of our own: one process that works, and one whose logic nobody knows. */
export function exportFile(): { name: string; mimeType: string; buffer: Buffer } {
  const start = '5f0000000000000000000001';
  const set = '5f0000000000000000000002';
  const end = '5f0000000000000000000003';
  const node = (
    id: string,
    type: number,
    title: string,
    x: number,
    y: number,
    logics: unknown[],
  ) => ({
    id,
    obj_type: type,
    condition: { logics, semaphors: [] },
    title,
    description: '',
    x,
    y,
    extra: JSON.stringify({ modeForm: type === 0 ? 'expand' : 'collapse', icon: '' }),
  });
  const process = (id: number, title: string, logic: Record<string, unknown>) => ({
    obj_type: 1,
    obj_id: id,
    parent_id: 900,
    title,
    description: '',
    status: 'active',
    params: [],
    conv_type: 'process',
    scheme: {
      nodes: [
        node(start, 1, 'Start', 300, 0, [{ type: 'go', to_node_id: set }]),
        node(set, 0, 'Ask the oracle', 200, 120, [logic, { type: 'go', to_node_id: end }]),
        node(end, 2, 'Done', 300, 280, []),
      ],
      web_settings: [[], []],
    },
  });
  const objects = [
    process(901, 'Imported process', {
      type: 'set_param',
      extra: { seen: 'yes' },
      extra_type: { seen: 'string' },
    }),
    process(902, 'Imported, but broken', { type: 'api_oracle' }),
    { obj_type: 0, obj_id: 900, parent_id: 0, title: 'Imported folder', description: null },
  ];
  return {
    name: 'folder.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(objects)),
  };
}
