import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { ArrowDownToLine, ArrowUpFromLine } from 'lucide-react';
import { memo } from 'react';
import type { ProcessNode } from '../process/model.ts';
import { cardLine } from '../process/sentences.ts';
import { texts } from '../ui/texts.ts';
import { Count } from './Count.tsx';
import { ERROR_END_ICON, KIND_LOOK } from './kinds.ts';
import { useCounts } from './useCounts.ts';

export type CanvasNode = Node<{ node: ProcessNode }, 'card' | 'dot'>;

/** The card of a node: what it is, what it does, and its live counters. */
export const NodeCard = memo(function NodeCard({ data: { node } }: NodeProps<CanvasNode>) {
  const { icon: Icon, colour } = KIND_LOOK[node.kind];
  const line = cardLine(node);
  return (
    <div className={`card kind-${colour} ${node.escalation ? 'escalation' : ''}`}>
      <Anchors />
      <Name node={node} />
      <div className="card-head" aria-hidden>
        <span className="card-icon">
          <Icon size={14} />
        </span>
        <span className="card-title">{node.title || texts.kinds[node.kind]}</span>
      </div>
      <div className="card-line">{line}</div>
      <CardCounters nodeId={node.id} />
    </div>
  );
});

const CardCounters = memo(function CardCounters({ nodeId }: { readonly nodeId: string }) {
  const counts = useCounts(nodeId);
  return (
    <div className="card-counts" data-testid="counts">
      <span className="card-flow" title={texts.node.inHint}>
        <ArrowDownToLine size={11} aria-hidden />
        <Count value={counts.in} />
      </span>
      <span className="card-flow" title={texts.node.outHint}>
        <ArrowUpFromLine size={11} aria-hidden />
        <Count value={counts.out} />
      </span>
      <span className={`card-rest ${counts.count > 0 ? 'some' : ''}`} title={texts.node.restHint}>
        <Count value={counts.count} />
      </span>
    </div>
  );
});

/** A folded node: start, end, and what its author did not want in the way. */
export const NodeDot = memo(function NodeDot({ data: { node } }: NodeProps<CanvasNode>) {
  const { icon, colour } = KIND_LOOK[node.kind];
  const Icon = node.kind === 'end' && node.endIcon === 'error' ? ERROR_END_ICON : icon;
  const shape = node.kind === 'start' ? 'round kind-start' : node.kind === 'end' ? 'round' : '';
  const look = node.kind === 'end' ? `end-${node.endIcon}` : '';
  return (
    <div className={`dot kind-${colour} ${shape} ${look} ${node.escalation ? 'escalation' : ''}`}>
      <Anchors />
      <Name node={node} />
      <Icon size={16} aria-hidden />
      <DotCount node={node} />
      {node.title !== '' && (
        <span className="dot-title" aria-hidden>
          {node.title}
        </span>
      )}
    </div>
  );
});

function DotCount({ node }: { readonly node: ProcessNode }) {
  const counts = useCounts(node.id);
  const value = node.kind === 'start' ? counts.in : counts.count;
  const hidden = node.kind !== 'start' && node.kind !== 'end' && value === 0;
  const hint = node.kind === 'end' ? texts.node.totalHint : texts.node.restHint;
  return (
    <span
      className={`dot-count ${hidden ? 'none' : ''}`}
      title={node.kind === 'start' ? texts.node.inHint : hint}
    >
      <Count value={value} />
    </span>
  );
}

/** How the node is called by those who hear it; it is there at every level of detail. */
function Name({ node }: { readonly node: ProcessNode }) {
  const title = node.title || texts.canvas.untitled;
  return (
    <span className="hidden-visually node-name">
      {texts.canvas.card(title, texts.kinds[node.kind])}
    </span>
  );
}

/** The canvas library wants to know where lines dock; ours are routed by `process/route.ts`. */
function Anchors() {
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} className="anchor" />
      <Handle type="source" position={Position.Right} isConnectable={false} className="anchor" />
    </>
  );
}
