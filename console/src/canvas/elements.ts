import { Position } from '@xyflow/react';
import { boxOf } from '../process/geometry.ts';
import type { ProcessGraph } from '../process/model.ts';
import { pathOf, routeEdges } from '../process/route.ts';
import type { CanvasEdge } from './EdgeLine.tsx';
import type { CanvasNode } from './NodeCard.tsx';

export interface Elements {
  readonly nodes: CanvasNode[];
  readonly edges: CanvasEdge[];
}

/** Everything that can be drawn of a process, with sizes known before the first paint. */
export function elementsOf(graph: ProcessGraph): Elements {
  const boxes = new Map(graph.nodes.map((node) => [node.id, boxOf(node)]));
  const routes = routeEdges(boxes, graph.edges);
  const nodes = graph.nodes.map((node): CanvasNode => {
    const box = boxes.get(node.id)!;
    const width = box.right - box.left;
    const height = box.bottom - box.top;
    const anchor = { y: height / 2, width: 1, height: 1 };
    return {
      id: node.id,
      type: node.small ? 'dot' : 'card',
      position: { x: box.left, y: box.top },
      width,
      height,
      measured: { width, height },
      handles: [
        { type: 'target', position: Position.Left, x: 0, ...anchor },
        { type: 'source', position: Position.Right, x: width, ...anchor },
      ],
      data: { node },
      ariaRole: 'button',
    };
  });
  const edges = graph.edges.map((edge): CanvasEdge => {
    const route = routes.get(edge.id)!;
    return {
      id: edge.id,
      type: 'line',
      source: edge.from,
      target: edge.to,
      data: {
        kind: edge.kind,
        path: pathOf(route.points),
        label: edge.label,
        place: route.label,
        emphasis: 'none',
      },
    };
  });
  return { nodes, edges };
}

/** Marks the chosen node and the way a task took; untouched elements keep their objects. */
export function emphasise(
  elements: Elements,
  selected: string | undefined,
  path: readonly string[],
): Elements {
  const visited = new Set(path);
  const taken = new Set(path.slice(1).map((nodeId, index) => `${path[index]} ${nodeId}`));
  const nodes = elements.nodes.map((node) => {
    const className = path.length === 0 ? '' : visited.has(node.id) ? 'on-path' : 'off-path';
    const isSelected = node.id === selected;
    if (className === '' && !isSelected) return node;
    return { ...node, className, selected: isSelected };
  });
  if (path.length === 0 && selected === undefined) return { nodes, edges: elements.edges };
  const edges = elements.edges.map((edge) => {
    if (path.length === 0) {
      const touches = edge.source === selected || edge.target === selected;
      return touches ? withEmphasis(edge, 'on') : edge;
    }
    return withEmphasis(edge, taken.has(`${edge.source} ${edge.target}`) ? 'on' : 'off');
  });
  return { nodes, edges };
}

function withEmphasis(edge: CanvasEdge, emphasis: 'on' | 'off'): CanvasEdge {
  return { ...edge, zIndex: emphasis === 'on' ? 1 : 0, data: { ...edge.data!, emphasis } };
}
