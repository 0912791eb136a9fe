import type { TreeItem } from '../api/wire.ts';

/** The folder tree as lists of children, with what the pages ask of it. */
export interface Tree {
  readonly byKey: ReadonlyMap<string, TreeItem>;
  readonly children: ReadonlyMap<number, readonly TreeItem[]>;
}

export interface TreeRow {
  readonly item: TreeItem;
  readonly depth: number;
  readonly expandable: boolean;
  readonly open: boolean;
}

export const ROOT_ID = 0;

const byTitle = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

export function keyOf(item: Pick<TreeItem, 'kind' | 'id'>): string {
  return `${item.kind} ${item.id}`;
}

/** An item whose folder is not in the list (no right to see it) hangs at the root. */
export function buildTree(items: readonly TreeItem[]): Tree {
  const byKey = new Map(items.map((item) => [keyOf(item), item]));
  const children = new Map<number, TreeItem[]>();
  for (const item of items) {
    const parent = byKey.has(`folder ${item.parentId}`) ? item.parentId : ROOT_ID;
    const siblings = children.get(parent);
    if (siblings) siblings.push(item);
    else children.set(parent, [item]);
  }
  for (const siblings of children.values()) siblings.sort(foldersFirst);
  return { byKey, children };
}

function foldersFirst(a: TreeItem, b: TreeItem): number {
  if (a.kind !== b.kind) return a.kind === 'folder' ? -1 : 1;
  return byTitle.compare(a.title, b.title);
}

/** The rows that are visible while the given folders are open, from top to bottom. */
export function visibleRows(tree: Tree, open: ReadonlySet<number>): TreeRow[] {
  const rows: TreeRow[] = [];
  const seen = new Set<number>();
  const add = (folderId: number, depth: number) => {
    // A loop of parents would be the server's fault; it must not hang the page.
    if (seen.has(folderId)) return;
    seen.add(folderId);
    for (const item of tree.children.get(folderId) ?? []) {
      const expandable = item.kind === 'folder';
      const isOpen = expandable && open.has(item.id);
      rows.push({ item, depth, expandable, open: isOpen });
      if (isOpen) add(item.id, depth + 1);
    }
  };
  add(ROOT_ID, 0);
  return rows;
}

/** The folders above an item, outermost first. */
export function ancestorsOf(tree: Tree, folderId: number): TreeItem[] {
  const path: TreeItem[] = [];
  let folder = tree.byKey.get(`folder ${folderId}`);
  while (folder && !path.includes(folder)) {
    path.unshift(folder);
    folder = tree.byKey.get(`folder ${folder.parentId}`);
  }
  return path;
}

const RESULTS_MAX = 50;

/** Items whose title holds every word, or whose id is the query; best first. */
export function searchTree(tree: Tree, query: string): TreeItem[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const ranked: { item: TreeItem; rank: number }[] = [];
  for (const item of tree.byKey.values()) {
    const title = item.title.toLowerCase();
    if (String(item.id) === query.trim()) ranked.push({ item, rank: 0 });
    else if (words.every((word) => title.includes(word))) {
      ranked.push({ item, rank: title.startsWith(words[0]!) ? 1 : 2 });
    }
  }
  ranked.sort((a, b) => a.rank - b.rank || byTitle.compare(a.item.title, b.item.title));
  return ranked.slice(0, RESULTS_MAX).map(({ item }) => item);
}
