import { describe, expect, it } from 'vitest';
import type { TreeItem } from '../api/wire.ts';
import { readReport } from './report.ts';
import { ancestorsOf, buildTree, searchTree, visibleRows } from './tree.ts';

const item = (kind: TreeItem['kind'], id: number, parentId: number, title: string): TreeItem => ({
  kind,
  id,
  parentId,
  title,
});

const tree = buildTree([
  item('process', 7, 1, 'Router 10'),
  item('process', 8, 1, 'Router 9'),
  item('folder', 1, 0, 'Monitoring'),
  item('folder', 2, 1, 'Archive'),
  item('process', 9, 99, 'Shared with me'),
]);

describe('the folder tree', () => {
  it('shows folders first, then titles as people count', () => {
    const rows = visibleRows(tree, new Set([1]));
    expect(rows.map((row) => [row.depth, row.item.title])).toEqual([
      [0, 'Monitoring'],
      [1, 'Archive'],
      [1, 'Router 9'],
      [1, 'Router 10'],
      [0, 'Shared with me'],
    ]);
  });

  it('hides what is in a closed folder', () => {
    expect(visibleRows(tree, new Set()).map((row) => row.item.id)).toEqual([1, 9]);
  });

  it('does not hang on folders that contain each other', () => {
    const loop = buildTree([item('folder', 1, 2, 'a'), item('folder', 2, 1, 'b')]);
    expect(visibleRows(loop, new Set([1, 2]))).toEqual([]);
    expect(ancestorsOf(loop, 1).length).toBe(2);
  });

  it('finds by every word of the title, and by id', () => {
    expect(searchTree(tree, 'rout 1').map((found) => found.id)).toEqual([7]);
    expect(searchTree(tree, '8').map((found) => found.id)).toEqual([8]);
    expect(searchTree(tree, '  ')).toEqual([]);
  });

  it('knows the folders above', () => {
    expect(ancestorsOf(tree, 2).map((folder) => folder.title)).toEqual(['Monitoring', 'Archive']);
  });
});

describe('the report of an import', () => {
  it('lists what came and what is wrong with which node', () => {
    const report = readReport({
      proc: 'ok',
      scheme: [
        { obj_id: 50, obj_type: 'folder', title: 'F', old_obj_id: 5 },
        { obj_id: 51, obj_type: 'conv', title: 'P' },
      ],
      errors: [
        {
          obj: 'folder',
          obj_id: 50,
          destinations: [
            {
              obj: 'conv',
              obj_id: 51,
              title: 'P',
              destinations: [
                {
                  obj: 'node',
                  obj_id: 'n1',
                  title: 'Ask',
                  errors: ['no such logic', { description: 'no url' }],
                },
              ],
            },
          ],
        },
      ],
    });
    expect(report.imported).toEqual([
      { id: 50, kind: 'folder', title: 'F', oldId: 5 },
      { id: 51, kind: 'process', title: 'P', oldId: undefined },
    ]);
    expect(report.faults).toEqual([
      {
        id: 51,
        title: 'P',
        faults: [
          { where: 'Ask', nodeId: 'n1', what: 'no such logic' },
          { where: 'Ask', nodeId: 'n1', what: 'no url' },
        ],
      },
    ]);
  });

  it('says why nothing was imported', () => {
    expect(readReport({ proc: 'error', description: 'Invalid scheme' }).failure).toBe(
      'Invalid scheme',
    );
  });
});
