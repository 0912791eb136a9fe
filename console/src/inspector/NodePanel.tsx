import { X } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Count } from '../canvas/Count.tsx';
import { KIND_LOOK } from '../canvas/kinds.ts';
import { useCounts } from '../canvas/useCounts.ts';
import type { ProcessGraph, ProcessNode } from '../process/model.ts';
import { IconButton } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { texts } from '../ui/texts.ts';
import { Sentences } from './Sentences.tsx';
import './inspector.css';

interface NodePanelProps {
  readonly graph: ProcessGraph;
  readonly node: ProcessNode;
  readonly onSelect: (nodeId: string | undefined) => void;
  /** The tasks of the node, which scroll together with the rest of the panel. */
  readonly children: ReactNode;
  readonly scroller: Ref<HTMLElement>;
}

/** Everything about the chosen node: its numbers, what it does, and the tasks in it. */
export function NodePanel({ graph, node, onSelect, children, scroller }: NodePanelProps) {
  const { icon: Icon, colour } = KIND_LOOK[node.kind];
  const title = node.title || texts.canvas.untitled;
  return (
    <aside className="panel" aria-label={texts.node.panel(title)} ref={scroller}>
      <header className="panel-head">
        <span className={`card-icon big kind-${colour}`}>
          <Icon size={17} aria-hidden />
        </span>
        <div className="panel-title">
          <h2>{title}</h2>
          <p className="quiet">
            {texts.kinds[node.kind]}
            {node.escalation && `, ${texts.node.escalation}`}
          </p>
        </div>
        <IconButton label={texts.close} onClick={() => onSelect(undefined)}>
          <X size={16} />
        </IconButton>
      </header>
      <Counters node={node} />
      {node.description !== '' && <p className="panel-part">{node.description}</p>}
      <section className="panel-part">
        <h3>{texts.node.does}</h3>
        <Sentences node={node} graph={graph} onSelect={onSelect} />
      </section>
      <p className="panel-part panel-id quiet">
        {texts.node.id} <code>{node.id}</code> <CopyButton text={node.id} />
      </p>
      {children}
    </aside>
  );
}

function Counters({ node }: { readonly node: ProcessNode }) {
  const counts = useCounts(node.id);
  const end = node.kind === 'end';
  const shown = end
    ? [[counts.count, texts.canvas.total, texts.node.totalHint] as const]
    : ([
        [counts.in, texts.canvas.in, texts.node.inHint],
        [counts.out, texts.canvas.out, texts.node.outHint],
        [counts.count, texts.canvas.rest, texts.node.restHint],
      ] as const);
  return (
    <dl className="numbers" aria-label={texts.node.counters}>
      {shown.map(([value, label, hint]) => (
        <div key={label} title={hint}>
          <dt>{label}</dt>
          <dd>
            <Count value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
