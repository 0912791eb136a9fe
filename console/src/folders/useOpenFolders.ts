import { useCallback, useEffect, useState } from 'react';
import { ancestorsOf, type Tree } from './tree.ts';

const KEY = 'millrace.openFolders';

/** Which folders are open: as left the last time, and always down to the current page. */
export function useOpenFolders(tree: Tree | undefined, current: string | undefined) {
  const [open, setOpen] = useState<ReadonlySet<number>>(readSaved);
  const keep = useCallback((change: (open: Set<number>) => void) => {
    setOpen((before) => {
      const next = new Set(before);
      change(next);
      save(next);
      return next;
    });
  }, []);
  const known = tree !== undefined;
  useEffect(() => {
    const item = current === undefined ? undefined : tree?.byKey.get(current);
    if (!tree || !item) return;
    const above = ancestorsOf(tree, item.parentId).map((folder) => folder.id);
    keep((set) =>
      [...above, ...(item.kind === 'folder' ? [item.id] : [])].forEach((id) => set.add(id)),
    );
    // Only a change of page opens folders: a folder closed by hand stays closed when the tree refreshes.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [known, current, keep]);
  const toggle = useCallback(
    (id: number) => keep((set) => (set.has(id) ? set.delete(id) : set.add(id))),
    [keep],
  );
  return { open, toggle };
}

function readSaved(): Set<number> {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return new Set(Array.isArray(saved) ? saved.filter(Number.isInteger) : []);
  } catch {
    return new Set();
  }
}

function save(open: ReadonlySet<number>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify([...open]));
  } catch {
    // Storage may be refused; the folders then stay open as long as the page.
  }
}
