import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { Fragment } from 'react';
import { texts } from '../ui/texts.ts';
import { ItemLink } from './ItemLink.tsx';
import { ancestorsOf, type Tree } from './tree.ts';
import './folders.css';

/** The folders above a page, from the workspace down. */
export function Breadcrumbs({
  tree,
  folderId,
}: {
  readonly tree: Tree | undefined;
  readonly folderId: number;
}) {
  const above = tree ? ancestorsOf(tree, folderId) : [];
  return (
    <nav className="crumbs" aria-label={texts.workspace}>
      <Link to="/">{texts.workspace}</Link>
      {above.map((folder) => (
        <Fragment key={folder.id}>
          <ChevronRight size={13} aria-hidden />
          <ItemLink item={folder} className="truncate">
            {folder.title}
          </ItemLink>
        </Fragment>
      ))}
    </nav>
  );
}
