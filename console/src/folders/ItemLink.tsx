import { Link } from '@tanstack/react-router';
import { Folder, Orbit, Workflow } from 'lucide-react';
import type { ComponentProps } from 'react';
import type { TreeItem } from '../api/wire.ts';

type ItemLinkProps = Omit<ComponentProps<'a'>, 'href'> & {
  readonly item: Pick<TreeItem, 'kind' | 'id'>;
};

/** A link to the page of a folder or process. */
export function ItemLink({ item, ...rest }: ItemLinkProps) {
  return item.kind === 'folder' ? (
    <Link to="/folders/$folderId" params={{ folderId: item.id }} {...rest} />
  ) : (
    <Link to="/processes/$processId" params={{ processId: item.id }} {...rest} />
  );
}

export function ItemIcon({
  item,
  size = 15,
}: {
  readonly item: Pick<TreeItem, 'kind' | 'convType'>;
  readonly size?: number;
}) {
  if (item.kind === 'folder') return <Folder size={size} aria-hidden />;
  return item.convType === 'state' ? (
    <Orbit size={size} aria-hidden />
  ) : (
    <Workflow size={size} aria-hidden />
  );
}
