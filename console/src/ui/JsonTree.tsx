import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { texts } from './texts.ts';

const OPEN_DEPTH = 1;
const CHILDREN_SHOWN = 100;

/** JSON as a tree that opens level by level; long lists show their first hundred. */
export function JsonTree({ value }: { readonly value: unknown }) {
  const children = childrenOf(value);
  if (!children) return <div className="json">{<Leaf value={value} />}</div>;
  if (children.length === 0) return <p className="quiet">{texts.json.empty}</p>;
  return (
    <div className="json">
      <Children entries={children} depth={0} />
    </div>
  );
}

type Entries = readonly (readonly [string, unknown])[];

function childrenOf(value: unknown): Entries | undefined {
  return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
}

function Children({ entries, depth }: { readonly entries: Entries; readonly depth: number }) {
  const [shown, setShown] = useState(CHILDREN_SHOWN);
  const hidden = entries.length - shown;
  return (
    <>
      {entries.slice(0, shown).map(([name, value]) => (
        <Row key={name} name={name} value={value} depth={depth} />
      ))}
      {hidden > 0 && (
        <button type="button" className="json-toggle" onClick={() => setShown(shown * 10)}>
          {texts.json.more(hidden)}
        </button>
      )}
    </>
  );
}

function Row({
  name,
  value,
  depth,
}: {
  readonly name: string;
  readonly value: unknown;
  readonly depth: number;
}) {
  const children = childrenOf(value);
  const [open, setOpen] = useState(depth < OPEN_DEPTH);
  if (!children || children.length === 0) {
    return (
      <div className="json-row json-leaf">
        <span className="json-key">{name}</span>
        <Leaf value={value} />
      </div>
    );
  }
  const size = Array.isArray(value)
    ? texts.json.array(children.length)
    : texts.json.object(children.length);
  return (
    <div>
      <div className="json-row">
        <button
          type="button"
          className="json-toggle"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight size={13} aria-hidden />
          <span className="json-key">{name}</span>
        </button>
        {!open && <span className="quiet">{size}</span>}
      </div>
      {open && (
        <ul>
          <li>
            <Children entries={children} depth={depth + 1} />
          </li>
        </ul>
      )}
    </div>
  );
}

function Leaf({ value }: { readonly value: unknown }) {
  if (typeof value === 'string')
    return <span className="json-string">{value === '' ? '""' : value}</span>;
  if (typeof value === 'number') return <span className="json-number">{value}</span>;
  return <span className="json-other">{JSON.stringify(value)}</span>;
}
