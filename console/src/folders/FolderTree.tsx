import { ChevronRight } from 'lucide-react';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { ErrorState } from '../ui/State.tsx';
import { texts } from '../ui/texts.ts';
import { ItemIcon, ItemLink } from './ItemLink.tsx';
import { keyOf, visibleRows, type Tree, type TreeRow } from './tree.ts';
import { useOpenFolders } from './useOpenFolders.ts';
import './folders.css';

const INDENT = 14;

interface FolderTreeProps {
  readonly tree: Tree | undefined;
  readonly error: unknown;
  readonly onRetry: () => void;
  /** Key of the item whose page is shown. */
  readonly current: string | undefined;
}

/** The folders as a tree that is walked with the arrow keys, as the ARIA tree pattern says. */
export function FolderTree({ tree, error, onRetry, current }: FolderTreeProps) {
  const { open, toggle } = useOpenFolders(tree, current);
  const rows = useMemo(() => (tree ? visibleRows(tree, open) : []), [tree, open]);
  const [focused, setFocused] = useState<string>();
  const list = useRef<HTMLUListElement>(null);
  if (error && !tree) return <ErrorState error={error} onRetry={onRetry} />;

  const keys = rows.map((row) => keyOf(row.item));
  const reachable = [focused, current, keys[0]].find((key) => key && keys.includes(key));
  const focusRow = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    setFocused(keyOf(row.item));
    list.current?.querySelector<HTMLElement>(`[data-key="${keyOf(row.item)}"]`)?.focus();
  };
  const press = (event: KeyboardEvent, row: TreeRow, index: number) => {
    const move = movement(event.key, rows, row, index);
    if (move === undefined) return;
    event.preventDefault();
    if (move === 'toggle') toggle(row.item.id);
    else focusRow(move);
  };

  return (
    <ul ref={list} role="tree" aria-label={texts.tree.label} className="tree">
      {rows.map((row, index) => {
        const key = keyOf(row.item);
        return (
          <li key={key} role="none" className="tree-row">
            <ItemLink
              item={row.item}
              role="treeitem"
              data-key={key}
              className="tree-item"
              aria-level={row.depth + 1}
              aria-expanded={row.expandable ? row.open : undefined}
              aria-selected={key === current}
              tabIndex={key === reachable ? 0 : -1}
              style={{ paddingLeft: 26 + row.depth * INDENT }}
              onFocus={() => setFocused(key)}
              onKeyDown={(event) => press(event, row, index)}
            >
              <ItemIcon item={row.item} />
              <span className="truncate" title={row.item.title}>
                {row.item.title}
              </span>
              {row.item.status === 'paused' && <PausedDot />}
            </ItemLink>
            {row.expandable && (
              <button
                type="button"
                className="tree-toggle"
                tabIndex={-1}
                aria-hidden
                data-open={row.open}
                style={{ left: 4 + row.depth * INDENT }}
                onClick={() => toggle(row.item.id)}
              >
                <ChevronRight size={14} />
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function PausedDot() {
  return (
    <span className="tree-paused" title={texts.status.paused}>
      <span className="hidden-visually">{texts.status.paused}</span>
    </span>
  );
}

function movement(
  key: string,
  rows: readonly TreeRow[],
  row: TreeRow,
  index: number,
): number | 'toggle' | undefined {
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index - 1;
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case 'ArrowRight':
      if (!row.expandable) return undefined;
      return row.open ? index + 1 : 'toggle';
    case 'ArrowLeft':
      if (row.open) return 'toggle';
      return rows.findLastIndex((other, at) => at < index && other.depth < row.depth);
    default:
      return undefined;
  }
}
