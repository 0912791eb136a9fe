import type { WireView } from '../process/parse.ts';

/** The shapes of the HTTP API, as far as the console uses them. */

export interface User {
  id: number;
  name: string;
  administrator: boolean;
}

export interface Session {
  user: User;
  csrf: string;
}

export interface TreeItem {
  id: number;
  kind: 'folder' | 'process';
  parentId: number;
  title: string;
  description?: string | null;
  status?: string;
  convType?: string;
  liveTasks?: number;
}

export type ProcessView = WireView;

export interface TaskSummary {
  id: string;
  ref: string | null;
  status: string;
  createMillis: number;
  changeMillis: number;
  data: Record<string, unknown>;
}

export interface TaskPage {
  tasks: TaskSummary[];
  more: boolean;
}

export interface PathStep {
  nodeId: string;
  title: string;
  timeMillis: number;
}

export interface Task extends TaskSummary {
  nodeId: string;
  nodeTitle: string;
  userId: number;
  archived: boolean;
  path: PathStep[];
}

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Alert {
  id: string;
  dedupKey: string;
  title: string;
  text: string;
  severity: Severity;
  fields: Record<string, unknown>;
  channel: string;
  count: number;
  firstMillis: number;
  lastMillis: number;
  acknowledged: boolean;
  acknowledgedBy?: string | null;
  acknowledgedMillis?: number | null;
  processId?: number | null;
  nodeId?: string | null;
  taskId?: string | null;
}

export interface AlertPage {
  alerts: Alert[];
  next?: string | null;
  counts: Partial<Record<Severity | 'unacknowledged', number>>;
}

export interface ImportedObject {
  obj_id: number;
  obj_type: string | number;
  title: string;
  old_obj_id?: number | null;
}

export interface ImportFault {
  obj: string;
  obj_id?: number | string;
  title?: string;
  count?: number;
  destinations?: ImportFault[];
  errors?: unknown[];
}

export interface ImportAnswer {
  proc: string;
  description?: string;
  scheme?: ImportedObject[];
  errors?: ImportFault[];
}
