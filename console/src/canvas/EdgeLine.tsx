import type { Edge, EdgeProps } from '@xyflow/react';
import { memo } from 'react';
import type { EdgeKind } from '../process/model.ts';
import type { LabelPlace } from '../process/route.ts';

export type CanvasEdge = Edge<
  {
    kind: EdgeKind;
    path: string;
    label: string;
    place: LabelPlace;
    emphasis: 'none' | 'on' | 'off';
  },
  'line'
>;

export const EDGE_KINDS: readonly EdgeKind[] = ['go', 'condition', 'error', 'time', 'count'];

/** An exit drawn along its route, coloured by kind, with its condition in words. */
export const EdgeLine = memo(function EdgeLine({ data }: EdgeProps<CanvasEdge>) {
  if (!data) return null;
  const { kind, path, label, place, emphasis } = data;
  return (
    <g className={`line line-${kind} emphasis-${emphasis}`}>
      <path d={path} className="line-path" markerEnd={`url(#arrow-${kind})`} fill="none" />
      {label !== '' && (
        <text
          x={place.x}
          y={place.y}
          className="line-label"
          textAnchor={place.anchor}
          dominantBaseline="central"
        >
          {shorten(label, place.charsMax)}
          <title>{label}</title>
        </text>
      )}
    </g>
  );
});

function shorten(label: string, charsMax: number): string {
  return label.length <= charsMax ? label : `${label.slice(0, charsMax - 1).trimEnd()}…`;
}

/** One arrow head for each kind, shared by all lines. */
export function Arrows() {
  return (
    <svg className="arrows" aria-hidden>
      <defs>
        {EDGE_KINDS.map((kind) => (
          <marker
            key={kind}
            id={`arrow-${kind}`}
            className={`arrow line-${kind}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0.5 0.8 7.5 4 0.5 7.2Z" />
          </marker>
        ))}
      </defs>
    </svg>
  );
}
