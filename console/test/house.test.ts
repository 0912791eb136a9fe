import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Which way imports may point: a folder uses only what stands before it. */
const ORDER = [
  'process',
  'api',
  'ui',
  'canvas',
  'inspector',
  'tasks',
  'inbox',
  'folders',
  'people',
  'app',
];
const LINES_MAX = 500;

const root = resolve(import.meta.dirname, '../src');
const files = listFiles(root).filter((file) => /\.tsx?$/.test(file) && !/\.test\./.test(file));

function listFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? listFiles(path) : [path];
  });
}

function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(/(?:from|import\(|import)\s*'([^']+)'/g)].map((match) => match[1]!);
}

function folderOf(file: string): string {
  return relative(root, file).split('/')[0]!;
}

describe('the house', () => {
  it('has folders that use only what stands before them', () => {
    const wrong = files.flatMap((file) => {
      const place = ORDER.indexOf(folderOf(file));
      if (place < 0) return [];
      return importsOf(file)
        .filter((target) => target.startsWith('.'))
        .map((target) => resolve(dirname(file), target))
        .filter((target) => ORDER.indexOf(folderOf(target)) > place)
        .map((target) => `${relative(root, file)} uses ${relative(root, target)}`);
    });
    expect(wrong).toEqual([]);
  });

  it('keeps the model of a process free of React and every library', () => {
    const outside = files
      .filter((file) => folderOf(file) === 'process')
      .flatMap((file) => importsOf(file).filter((target) => !target.startsWith('.')));
    expect(outside).toEqual([]);
  });

  it('has no import cycles', () => {
    const cycles: string[] = [];
    const done = new Set<string>();
    const walk = (file: string, path: readonly string[]) => {
      if (path.includes(file)) {
        const cycle = [...path.slice(path.indexOf(file)), file];
        cycles.push(cycle.map((one) => relative(root, one)).join(' → '));
      } else if (!done.has(file)) {
        const targets = importsOf(file).filter((target) => /^\..*\.tsx?$/.test(target));
        for (const target of targets) walk(resolve(dirname(file), target), [...path, file]);
        done.add(file);
      }
    };
    files.forEach((file) => walk(file, []));
    expect(cycles).toEqual([]);
  });

  it('has no file that needs a scroll bar of its own', () => {
    const long = files.filter((file) => readFileSync(file, 'utf8').split('\n').length > LINES_MAX);
    expect(long.map((file) => relative(root, file))).toEqual([]);
  });
});
