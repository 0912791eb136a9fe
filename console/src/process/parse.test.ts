import { describe, expect, it } from 'vitest';
import { parseCounts, parseView, type WireNode } from './parse.ts';

const view = (nodes: Partial<WireNode>[]) => ({
  id: 7,
  title: 'Router',
  status: 'actived',
  nodes: nodes.map((node) => ({ id: 'n', type: 0, x: 0, y: 0, ...node })),
});

describe('reading a view', () => {
  it.each([
    [{ type: 1 }, 'start'],
    [{ type: 2 }, 'end'],
    [{ logics: [{ type: 'go_if_const' }, { type: 'go' }] }, 'condition'],
    [{ logics: [{ type: 'set_param' }, { type: 'go_if_const' }] }, 'set'],
    [{ logics: [{ type: 'api_copy' }, { type: 'go' }] }, 'copy'],
    [{ logics: [{ type: 'millrace_notify' }] }, 'notify'],
    [{ semaphors: [{ type: 'time' }] }, 'delay'],
    [{ logics: [{ type: 'from_the_future' }] }, 'other'],
    [{ logics: [] }, 'other'],
  ])('knows the kind of %j: %s', (node, kind) => {
    expect(parseView(view([node])).nodes[0]?.kind).toBe(kind);
  });

  it('takes the old spelling of the status', () => {
    expect(parseView(view([])).status).toBe('active');
  });

  it('drops edges to nodes that do not exist', () => {
    const graph = parseView(
      view([
        {
          id: 'a',
          edges: [
            { to: 'gone', kind: 'go' },
            { to: 'b', kind: 'go' },
          ],
        },
        { id: 'b' },
      ]),
    );
    expect(graph.edges.map((edge) => edge.to)).toEqual(['b']);
  });

  it('draws exits of one kind to one node as one line with all conditions', () => {
    const graph = parseView(
      view([
        {
          id: 'a',
          edges: [
            { to: 'b', kind: 'condition', label: 'x = 1' },
            { to: 'b', kind: 'condition', label: 'x = 2' },
            { to: 'b', kind: 'error', label: 'error' },
          ],
        },
        { id: 'b' },
      ]),
    );
    expect(graph.edges.map(({ kind, label }) => [kind, label])).toEqual([
      ['condition', 'x = 1 or x = 2'],
      ['error', 'error'],
    ]);
  });

  it('folds a node as its author did, and ends when nothing is said', () => {
    const small = (node: Partial<WireNode>) => parseView(view([node])).nodes[0]?.small;
    expect(small({ modeForm: 'collapse' })).toBe(true);
    expect(small({ modeForm: 'expand', type: 2 })).toBe(false);
    expect(small({ modeForm: null, type: 2 })).toBe(true);
    expect(small({ modeForm: null, type: 0 })).toBe(false);
  });

  it('reads an unknown kind of edge as a plain one', () => {
    const graph = parseView(view([{ id: 'a', edges: [{ to: 'a', kind: 'teleport' }] }]));
    expect(graph.edges[0]?.kind).toBe('go');
  });

  it('fills counters that the server left out', () => {
    expect(parseCounts({ ...view([]), counts: { a: { in: 3 } } })).toEqual([
      ['a', { in: 3, out: 0, count: 0 }],
    ]);
  });
});
