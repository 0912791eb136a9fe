/** The process as the page knows it: read from a view, never changed by drawing it. */

export type NodeKind =
  | 'start'
  | 'end'
  | 'condition'
  | 'set'
  | 'copy'
  | 'call'
  | 'code'
  | 'rpc'
  | 'reply'
  | 'callback'
  | 'queue'
  | 'fetch'
  | 'sum'
  | 'form'
  | 'database'
  | 'git'
  | 'notify'
  | 'delay'
  | 'other';

export type EdgeKind = 'go' | 'condition' | 'error' | 'time' | 'count';

export type EndIcon = 'success' | 'error' | 'none';

/** A logic or semaphore with its wire fields; `sentences` turns it into words. */
export type Step = Readonly<Record<string, unknown>>;

export interface Exit {
  readonly to: string;
  readonly kind: EdgeKind;
  readonly label: string;
}

export interface ProcessNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly title: string;
  readonly description: string;
  readonly x: number;
  readonly y: number;
  /** Drawn as a small dot instead of a card, as its author folded it. */
  readonly small: boolean;
  /** Only handles errors of other nodes; drawn quietly. */
  readonly escalation: boolean;
  readonly endIcon: EndIcon;
  readonly logics: readonly Step[];
  readonly semaphores: readonly Step[];
  readonly summary: readonly string[];
  readonly exits: readonly Exit[];
}

export interface ProcessEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  readonly label: string;
}

export interface ProcessGraph {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly status: string;
  readonly state: boolean;
  readonly version: number;
  readonly folderId: number;
  readonly nodes: readonly ProcessNode[];
  readonly byId: ReadonlyMap<string, ProcessNode>;
  readonly edges: readonly ProcessEdge[];
}
