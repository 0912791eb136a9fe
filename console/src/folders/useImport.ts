import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { importFile } from '../api/calls.ts';
import { treeQuery } from '../api/queries.ts';
import { explain } from '../ui/explain.ts';
import { readReport, type Report } from './report.ts';

/** Imports files into a folder: chosen, or dropped anywhere on the page. */
export function useImport(folderId: number) {
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState<string>();
  const [result, setResult] = useState<Report>();
  const start = useCallback(
    async (file: File) => {
      setBusy(file.name);
      try {
        setResult(readReport(await importFile(folderId, file)));
      } catch (error) {
        setResult({ imported: [], faults: [], failure: explain(error).text });
      } finally {
        setBusy(undefined);
        await queryClient.invalidateQueries({ queryKey: treeQuery.queryKey });
      }
    },
    [folderId, queryClient],
  );
  const dragging = useFileDrop(start);
  return { busy, result, dragging, start, dismiss: () => setResult(undefined) };
}

/** True while a file is held over the page. */
function useFileDrop(onFile: (file: File) => void): boolean {
  const [depth, setDepth] = useState(0);
  useEffect(() => {
    const holdsFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const enter = (event: DragEvent) => holdsFile(event) && setDepth((held) => held + 1);
    const leave = (event: DragEvent) =>
      holdsFile(event) && setDepth((held) => Math.max(0, held - 1));
    const over = (event: DragEvent) => holdsFile(event) && event.preventDefault();
    const drop = (event: DragEvent) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setDepth(0);
      const file = event.dataTransfer?.files[0];
      if (file) onFile(file);
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: over, drop } as const;
    const entries = Object.entries(listeners) as [
      keyof typeof listeners,
      (event: DragEvent) => void,
    ][];
    entries.forEach(([name, listener]) => document.addEventListener(name, listener));
    return () =>
      entries.forEach(([name, listener]) => document.removeEventListener(name, listener));
  }, [onFile]);
  return depth > 0;
}
