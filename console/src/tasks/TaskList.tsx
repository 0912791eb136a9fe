import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ListTodo, RefreshCw } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { tasksQuery } from '../api/queries.ts';
import type { TaskSummary } from '../api/wire.ts';
import { useCounts } from '../canvas/useCounts.ts';
import type { ProcessNode } from '../process/model.ts';
import { Button } from '../ui/Button.tsx';
import { RelativeTime } from '../ui/RelativeTime.tsx';
import { ErrorState, Skeletons, State } from '../ui/State.tsx';
import { texts } from '../ui/texts.ts';
import { preview } from './preview.ts';
import './tasks.css';

const ROW_HEIGHT = 52;
const OVERSCAN = 8;

interface TaskListProps {
  readonly processId: number;
  readonly node: ProcessNode;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly onTask: (taskId: string) => void;
}

/** The tasks of a node, newest first. New ones do not push the list about: a button fetches them. */
export function TaskList({ processId, node, scroller, onTask }: TaskListProps) {
  const query = useInfiniteQuery(tasksQuery(processId, node.id));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const tasks = query.data?.pages.flatMap((page) => page.tasks) ?? [];
  const stale = useStale(node.id, query.dataUpdatedAt);
  const list = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(list.current?.offsetTop ?? 0), [tasks.length, node.id]);
  const rows = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin: offset,
  });
  const visible = rows.getVirtualItems();
  const lastVisible = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    const nearEnd = lastVisible >= tasks.length - OVERSCAN;
    if (nearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [lastVisible, tasks.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const isEnd = node.kind === 'end';
  return (
    <section className="tasks" aria-label={texts.tasks.title}>
      <header className="tasks-head">
        <h3>{texts.tasks.title}</h3>
        <Button small look="plain" onClick={() => query.refetch()} disabled={query.isFetching}>
          <RefreshCw size={13} aria-hidden />
          {texts.tasks.refresh}
          {stale && <span className="tasks-news" title={texts.tasks.newer} />}
        </Button>
      </header>
      {query.isPending && <Skeletons rows={3} height={36} />}
      {query.isError && <ErrorState error={query.error} onRetry={query.refetch} />}
      {query.isSuccess && tasks.length === 0 && (
        <State
          icon={ListTodo}
          title={texts.tasks.none}
          text={isEnd ? texts.tasks.noneEndHint : texts.tasks.noneHint}
        />
      )}
      <ul ref={list} className="tasks-rows" style={{ height: rows.getTotalSize() }}>
        {visible.map((row) => (
          <li key={row.key} style={{ translate: `0 ${row.start - offset}px` }}>
            <TaskRow task={tasks[row.index]!} onTask={onTask} />
          </li>
        ))}
      </ul>
      {isFetchingNextPage && <p className="tasks-more quiet">{texts.tasks.more}</p>}
    </section>
  );
}

/** True when the node counted something after the list was read. */
function useStale(nodeId: string, readMillis: number): boolean {
  const counts = useCounts(nodeId);
  const [seen, setSeen] = useState({ readMillis, counts });
  if (seen.readMillis !== readMillis) setSeen({ readMillis, counts });
  return readMillis > 0 && seen.counts !== counts;
}

function TaskRow({
  task,
  onTask,
}: {
  readonly task: TaskSummary;
  readonly onTask: (id: string) => void;
}) {
  return (
    <button type="button" className="task-row" onClick={() => onTask(task.id)}>
      <span className="task-ref truncate">{task.ref || task.id}</span>
      <span className="task-time quiet">
        <RelativeTime millis={task.changeMillis} />
      </span>
      <span className="task-data truncate">{preview(task.data)}</span>
    </button>
  );
}
