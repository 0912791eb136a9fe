import type {
  EdgeKind,
  EndIcon,
  Exit,
  NodeKind,
  ProcessEdge,
  ProcessGraph,
  ProcessNode,
  Step,
} from './model.ts';
import { NO_COUNTS, type NodeCounts } from './counters.ts';

/** A process view as the server sends it; every field may be missing in an old server. */
export interface WireView {
  id: number;
  title: string;
  description?: string | null;
  status: string;
  convType?: string;
  version?: number;
  folderId?: number;
  nodes: WireNode[];
  counts?: Record<string, Partial<NodeCounts>>;
}

export interface WireNode {
  id: string;
  type: number;
  title?: string | null;
  description?: string | null;
  x: number;
  y: number;
  icon?: string | null;
  modeForm?: string | null;
  logics?: Step[];
  semaphors?: Step[];
  summary?: string[];
  edges?: { to: string; kind: string; label?: string | null }[];
}

const START = 1;
const FINAL = 2;
const ESCALATION = 3;

/** Kind of a node by its first logic that does something; names are the format's. */
const KIND_OF_LOGIC: Readonly<Record<string, NodeKind>> = {
  go_if_const: 'condition',
  set_param: 'set',
  api_copy: 'copy',
  api: 'call',
  api_code: 'code',
  api_rpc: 'rpc',
  api_rpc_reply: 'reply',
  api_callback: 'callback',
  api_queue: 'queue',
  api_get_task: 'fetch',
  api_sum: 'sum',
  api_form: 'form',
  db_call: 'database',
  git_call: 'git',
  api_git: 'git',
  millrace_notify: 'notify',
};

const EDGE_KINDS: readonly string[] = ['go', 'condition', 'error', 'time', 'count'];

/** Reads a view; edges to nodes that do not exist are dropped, because nothing can be drawn there. */
export function parseView(view: WireView): ProcessGraph {
  const nodes = view.nodes.map(parseNode);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const edges = nodes.flatMap((node) => edgesOf(node, byId));
  return {
    id: view.id,
    title: view.title,
    description: view.description ?? '',
    status: view.status === 'actived' ? 'active' : view.status,
    state: view.convType === 'state',
    version: view.version ?? 0,
    folderId: view.folderId ?? 0,
    nodes,
    byId,
    edges,
  };
}

/** Exits of one kind to one node are one line, whose label names all of their conditions. */
function edgesOf(node: ProcessNode, byId: ReadonlyMap<string, ProcessNode>): ProcessEdge[] {
  const lines = new Map<string, { exit: Exit; labels: string[] }>();
  for (const exit of node.exits) {
    if (!byId.has(exit.to)) continue;
    const key = `${exit.kind} ${exit.to}`;
    const line = lines.get(key) ?? { exit, labels: [] };
    if (exit.label !== '') line.labels.push(exit.label);
    lines.set(key, line);
  }
  return [...lines.values()].map(({ exit, labels }) => ({
    id: `${node.id} ${exit.kind} ${exit.to}`,
    from: node.id,
    to: exit.to,
    kind: exit.kind,
    label: labels.join(' or '),
  }));
}

export function parseCounts(view: WireView): [string, NodeCounts][] {
  return Object.entries(view.counts ?? {}).map(([id, counts]) => [id, { ...NO_COUNTS, ...counts }]);
}

function parseNode(wire: WireNode): ProcessNode {
  const logics = wire.logics ?? [];
  const semaphores = wire.semaphors ?? [];
  return {
    id: wire.id,
    kind: kindOf(wire.type, logics, semaphores),
    title: wire.title?.trim() ?? '',
    description: wire.description?.trim() ?? '',
    x: wire.x,
    y: wire.y,
    small: wire.modeForm === 'collapse' || (wire.modeForm == null && isEndpoint(wire.type)),
    escalation: wire.type === ESCALATION,
    endIcon: endIcon(wire.icon),
    logics,
    semaphores,
    summary: wire.summary ?? [],
    exits: (wire.edges ?? []).map(parseExit),
  };
}

function isEndpoint(type: number): boolean {
  return type === START || type === FINAL;
}

function kindOf(type: number, logics: readonly Step[], semaphores: readonly Step[]): NodeKind {
  if (type === START) return 'start';
  if (type === FINAL) return 'end';
  for (const logic of logics) {
    const kind = KIND_OF_LOGIC[String(logic.type)];
    if (kind) return kind;
    if (logic.type !== 'go') return 'other';
  }
  return semaphores.some((semaphore) => semaphore.type === 'time') ? 'delay' : 'other';
}

function parseExit(wire: { to: string; kind: string; label?: string | null }): Exit {
  const kind = EDGE_KINDS.includes(wire.kind) ? (wire.kind as EdgeKind) : 'go';
  return { to: wire.to, kind, label: wire.label ?? '' };
}

function endIcon(icon: string | null | undefined): EndIcon {
  return icon === 'success' || icon === 'error' ? icon : 'none';
}
