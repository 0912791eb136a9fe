import { FolderOpen, Upload } from 'lucide-react';
import { useRef } from 'react';
import type { TreeItem } from '../api/wire.ts';
import { StatusBadge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { ErrorState, Skeletons, State } from '../ui/State.tsx';
import { texts } from '../ui/texts.ts';
import { useTitle } from '../ui/useTitle.ts';
import { Breadcrumbs } from './Breadcrumbs.tsx';
import { ImportReport } from './ImportReport.tsx';
import { ItemIcon, ItemLink } from './ItemLink.tsx';
import { keyOf, ROOT_ID, type Tree } from './tree.ts';
import { useImport } from './useImport.ts';
import { useTree } from './useTree.ts';
import './folders.css';

const FILES = '.json,.zip,application/json,application/zip';

/** A folder's content; an export file dropped anywhere on the page is imported into it. */
export function FolderPage({ folderId }: { readonly folderId: number }) {
  const { data: tree, error, refetch } = useTree();
  const folder = tree?.byKey.get(`folder ${folderId}`);
  const title = folderId === ROOT_ID ? texts.workspace : (folder?.title ?? '');
  useTitle(title);
  const importing = useImport(folderId);
  const chooser = useRef<HTMLInputElement>(null);
  const choose = () => chooser.current?.click();

  if (!tree)
    return error ? (
      <ErrorState error={error} onRetry={refetch} />
    ) : (
      <Skeletons rows={6} height={40} />
    );
  if (!folder && folderId !== ROOT_ID) {
    return (
      <State icon={FolderOpen} title={texts.errors.notFoundTitle} text={texts.errors.notFound} />
    );
  }
  const items = tree.children.get(folderId) ?? [];
  return (
    <div className="page">
      <header className="page-head">
        <div className="page-title">
          {folder && <Breadcrumbs tree={tree} folderId={folder.parentId} />}
          <h1>{title}</h1>
          <p className="quiet">{folder?.description || describe(items, folderId)}</p>
        </div>
        <Button onClick={choose} disabled={importing.busy !== undefined}>
          <Upload size={15} aria-hidden />
          {texts.import.button}
        </Button>
        <input
          ref={chooser}
          type="file"
          accept={FILES}
          hidden
          aria-label={texts.import.choose}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file) importing.start(file);
          }}
        />
      </header>
      {importing.busy !== undefined && <Busy name={importing.busy} />}
      {items.length === 0 ? (
        <State icon={FolderOpen} title={texts.folder.emptyTitle} text={texts.folder.empty}>
          <Button look="primary" onClick={choose}>
            <Upload size={15} aria-hidden />
            {texts.import.choose}
          </Button>
        </State>
      ) : (
        <Items items={items} tree={tree} />
      )}
      {importing.dragging && (
        <div className="drop" aria-hidden>
          <div className="drop-card">
            <Upload size={28} />
            <strong>{texts.import.drop}</strong>
            <span>{texts.import.dropHint}</span>
          </div>
        </div>
      )}
      <ImportReport result={importing.result} onClose={importing.dismiss} />
    </div>
  );
}

function Busy({ name }: { readonly name: string }) {
  return (
    <div className="import-busy" role="status">
      <div className="import-bar" />
      {texts.import.busy(name)}
    </div>
  );
}

function describe(items: readonly TreeItem[], folderId: number): string {
  if (folderId === ROOT_ID && items.length === 0) return texts.folder.rootDescription;
  const folders = items.filter((item) => item.kind === 'folder').length;
  const processes = items.length - folders;
  const parts = [];
  if (folders > 0) parts.push(texts.folder.folders(folders));
  if (processes > 0) parts.push(texts.folder.processes(processes));
  return parts.join(', ');
}

function Items({ items, tree }: { readonly items: readonly TreeItem[]; readonly tree: Tree }) {
  return (
    <table className="items">
      <thead>
        <tr>
          <th scope="col">{texts.folder.name}</th>
          <th scope="col">{texts.folder.status}</th>
          <th scope="col" className="right">
            {texts.folder.tasks}
          </th>
          <th scope="col" className="right">
            {texts.folder.id}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={keyOf(item)}>
            <th scope="row">
              <ItemLink item={item} className="item-link">
                <span className={`item-icon ${item.kind}`}>
                  <ItemIcon item={item} size={17} />
                </span>
                <span className="item-words">
                  <span className="item-title">{item.title}</span>
                  <span className="item-text truncate">
                    {item.description || about(item, tree)}
                  </span>
                </span>
              </ItemLink>
            </th>
            <td>{item.status && <StatusBadge status={item.status} />}</td>
            <td className="right num">
              {item.kind === 'process' ? (item.liveTasks ?? 0).toLocaleString('en') : ''}
            </td>
            <td className="right num quiet">{item.id}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function about(item: TreeItem, tree: Tree): string {
  if (item.kind === 'folder')
    return describe(tree.children.get(item.id) ?? [], item.id) || texts.folder.emptyTitle;
  return item.convType === 'state' ? texts.folder.state : texts.folder.process;
}
