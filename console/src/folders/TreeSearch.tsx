import { Search, X } from 'lucide-react';
import { useRef, type KeyboardEvent } from 'react';
import { IconButton } from '../ui/Button.tsx';
import { texts } from '../ui/texts.ts';
import { ItemIcon, ItemLink } from './ItemLink.tsx';
import { ancestorsOf, keyOf, searchTree, type Tree } from './tree.ts';
import './folders.css';

interface TreeSearchProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
}

export function TreeSearchField({ query, onQuery }: TreeSearchProps) {
  const field = useRef<HTMLInputElement>(null);
  const press = (event: KeyboardEvent) => {
    const first = document.querySelector<HTMLElement>('.tree-results a');
    if (event.key === 'Escape') {
      onQuery('');
      field.current?.blur();
    } else if (event.key === 'ArrowDown' && first) {
      event.preventDefault();
      first.focus();
    } else if (event.key === 'Enter') first?.click();
  };
  return (
    <div className="search" role="search">
      <Search size={15} aria-hidden />
      <input
        ref={field}
        id="tree-search"
        type="search"
        className="input"
        placeholder={texts.tree.search}
        aria-label={texts.tree.search}
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={press}
      />
      <span className="after">
        {query === '' ? (
          <span className="key" aria-hidden>
            /
          </span>
        ) : (
          <IconButton small label={texts.tree.clear} onClick={() => onQuery('')}>
            <X size={14} />
          </IconButton>
        )}
      </span>
    </div>
  );
}

export function TreeResults({
  tree,
  query,
  onPick,
}: {
  readonly tree: Tree;
  readonly query: string;
  readonly onPick: () => void;
}) {
  const results = searchTree(tree, query);
  const move = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const row = event.currentTarget.parentElement;
    const next = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling;
    (next?.querySelector<HTMLElement>('a') ?? document.getElementById('tree-search'))?.focus();
  };
  return (
    <>
      <p className="hidden-visually" role="status">
        {texts.tree.results(results.length)}
      </p>
      {results.length === 0 && <p className="tree-none">{texts.tree.none(query)}</p>}
      <ul className="tree-results">
        {results.map((item) => (
          <li key={keyOf(item)}>
            <ItemLink item={item} className="tree-result" onClick={onPick} onKeyDown={move}>
              <ItemIcon item={item} />
              <span className="truncate">{item.title}</span>
              <span className="tree-where truncate">
                {ancestorsOf(tree, item.parentId)
                  .map((folder) => folder.title)
                  .join(' / ') || texts.workspace}
              </span>
            </ItemLink>
          </li>
        ))}
      </ul>
    </>
  );
}
