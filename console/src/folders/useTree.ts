import { useQuery } from '@tanstack/react-query';
import { treeQuery } from '../api/queries.ts';
import { buildTree } from './tree.ts';

export function useTree() {
  return useQuery({ ...treeQuery, select: buildTree });
}
