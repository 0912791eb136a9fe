import { Search } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState, type KeyboardEvent } from 'react';
import { KIND_LOOK } from '../canvas/kinds.ts';
import type { ProcessGraph, ProcessNode } from '../process/model.ts';
import { cardLine } from '../process/sentences.ts';
import { texts } from '../ui/texts.ts';
import { useShortcuts } from '../ui/useShortcuts.ts';
import './tasks.css';

const SHOWN_MAX = 30;

interface NodeFinderProps {
  readonly graph: ProcessGraph;
  readonly onSelect: (nodeId: string) => void;
}

/** Goes to a node by a part of its title, its summary or its id. */
export function NodeFinder({ graph, onSelect }: NodeFinderProps) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  useShortcuts({ n: () => setOpen(true) });
  const found = findNodes(graph, query);
  const pick = (node: ProcessNode | undefined) => {
    if (!node) return;
    setOpen(false);
    onSelect(node.id);
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) pick(found[0]);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button')];
    stops[stops.indexOf(document.activeElement as HTMLElement) + step]?.focus();
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="button finder-open">
        <Search size={14} aria-hidden />
        <span className="finder-words">{texts.canvas.find}</span>
        <span className="key" aria-hidden>
          n
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu finder"
          align="end"
          sideOffset={6}
          onKeyDown={press}
          aria-label={texts.canvas.find}
        >
          <input
            className="input"
            type="search"
            placeholder={texts.canvas.find}
            aria-label={texts.canvas.find}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
          <ul className="finder-list">
            {found.map((node) => (
              <li key={node.id}>
                <FoundNode node={node} onPick={() => pick(node)} />
              </li>
            ))}
          </ul>
          {found.length === 0 && <p className="menu-label">{texts.canvas.findNone}</p>}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function FoundNode({ node, onPick }: { readonly node: ProcessNode; readonly onPick: () => void }) {
  const { icon: Icon, colour } = KIND_LOOK[node.kind];
  return (
    <button type="button" className="finder-node" onClick={onPick}>
      <span className={`card-icon kind-${colour}`}>
        <Icon size={14} aria-hidden />
      </span>
      <span className="truncate">{node.title || texts.canvas.untitled}</span>
      <span className="truncate quiet finder-line">{cardLine(node)}</span>
    </button>
  );
}

export function findNodes(graph: ProcessGraph, query: string): ProcessNode[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (node: ProcessNode) => {
    const text =
      `${node.title} ${node.summary.join(' ')} ${texts.kinds[node.kind]} ${node.id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return graph.nodes.filter(fits).slice(0, SHOWN_MAX);
}
