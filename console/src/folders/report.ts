import type { ImportAnswer, ImportFault } from '../api/wire.ts';

/** What became of an uploaded file, flat enough to be read. */
export interface Report {
  readonly imported: readonly ImportedItem[];
  readonly faults: readonly FaultyProcess[];
  /** Set when nothing was imported. */
  readonly failure?: string;
}

export interface ImportedItem {
  readonly id: number;
  readonly kind: 'folder' | 'process' | 'other';
  readonly title: string;
  readonly oldId: number | undefined;
}

export interface FaultyProcess {
  readonly id: number;
  readonly title: string;
  readonly faults: readonly {
    readonly where: string;
    readonly nodeId: string;
    readonly what: string;
  }[];
}

export function readReport(answer: ImportAnswer): Report {
  const imported = (answer.scheme ?? []).map((object): ImportedItem => ({
    id: object.obj_id,
    kind: kindOf(object.obj_type),
    title: object.title,
    oldId: object.old_obj_id ?? undefined,
  }));
  if (answer.proc !== 'ok' && imported.length === 0) {
    return { imported, faults: [], failure: answer.description ?? '' };
  }
  return { imported, faults: (answer.errors ?? []).flatMap((fault) => faultyProcesses(fault)) };
}

function kindOf(type: string | number): ImportedItem['kind'] {
  if (type === 'folder' || type === 0) return 'folder';
  return type === 'conv' || type === 1 ? 'process' : 'other';
}

/** The server nests faults by folder, process and node; people need process, node, text. */
function faultyProcesses(fault: ImportFault): FaultyProcess[] {
  if (fault.obj === 'folder') return (fault.destinations ?? []).flatMap(faultyProcesses);
  const faults = collectFaults(fault, '', '');
  return [{ id: Number(fault.obj_id ?? 0), title: fault.title ?? '', faults }];
}

function collectFaults(
  fault: ImportFault,
  where: string,
  nodeId: string,
): FaultyProcess['faults'][number][] {
  const own = (fault.errors ?? []).map((error) => ({ where, nodeId, what: textOf(error) }));
  const below = (fault.destinations ?? []).flatMap((inner) =>
    collectFaults(
      inner,
      inner.title ?? '',
      inner.obj === 'node' ? String(inner.obj_id ?? '') : nodeId,
    ),
  );
  return [...own, ...below];
}

function textOf(error: unknown): string {
  if (typeof error === 'string') return error;
  if (typeof error === 'object' && error !== null && 'description' in error)
    return String(error.description);
  return JSON.stringify(error);
}
