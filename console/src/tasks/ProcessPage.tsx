import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, type ReactNode } from 'react';
import { CounterStore } from '../api/counterStore.ts';
import { CounterStream } from '../api/counterStream.ts';
import { connection } from '../api/connection.ts';
import { processQuery, taskQuery } from '../api/queries.ts';
import type { ProcessView } from '../api/wire.ts';
import { Canvas } from '../canvas/Canvas.tsx';
import { CountersContext } from '../canvas/useCounts.ts';
import { NodePanel } from '../inspector/NodePanel.tsx';
import type { ProcessGraph } from '../process/model.ts';
import { parseCounts, parseView } from '../process/parse.ts';
import { StatusBadge } from '../ui/Badge.tsx';
import { RelativeTime } from '../ui/RelativeTime.tsx';
import { ErrorState, Skeletons } from '../ui/State.tsx';
import { texts } from '../ui/texts.ts';
import { useShortcuts } from '../ui/useShortcuts.ts';
import { useStore } from '../ui/useStore.ts';
import { useTitle } from '../ui/useTitle.ts';
import { NodeFinder } from './NodeFinder.tsx';
import { TaskList } from './TaskList.tsx';
import { TaskPanel } from './TaskPanel.tsx';
import './tasks.css';

const route = getRouteApi('/shell/processes/$processId');
/** Versions are seconds since 1970; smaller numbers are none. */
const VERSION_SECONDS_MIN = 1_000_000_000;
const NO_PATH: readonly string[] = [];

interface ProcessPageProps {
  /** The way to the process through the folders; the page does not know them. */
  readonly crumbs: (folderId: number) => ReactNode;
}

/** A process as it runs: its graph with live counters, and a panel for what is chosen. */
export function ProcessPage({ crumbs }: ProcessPageProps) {
  const { processId } = route.useParams();
  const query = useQuery({ ...processQuery(processId), select: withoutCounts });
  const graph = useMemo(() => query.data && parseView(query.data), [query.data]);
  const counters = useLiveCounters(processId, query.dataUpdatedAt);
  useTitle(graph?.title ?? '');
  if (!graph) {
    return query.error ? (
      <ErrorState error={query.error} onRetry={query.refetch} />
    ) : (
      <Skeletons rows={3} height={64} />
    );
  }
  return (
    <CountersContext value={counters}>
      <div className="process">
        <ProcessHead graph={graph}>{crumbs(graph.folderId)}</ProcessHead>
        <ProcessBody graph={graph} />
      </div>
    </CountersContext>
  );
}

/** Counters change all the time and go their own way; without them an unchanged graph stays the same object. */
function withoutCounts({ counts: _counts, ...view }: ProcessView): ProcessView {
  return view;
}

function useLiveCounters(processId: number, readMillis: number): CounterStore {
  const queryClient = useQueryClient();
  const store = useMemo(() => ({ processId, counters: new CounterStore() }), [processId]).counters;
  useEffect(() => {
    const view = queryClient.getQueryData<ProcessView>(processQuery(processId).queryKey);
    if (view && readMillis > 0) store.apply(parseCounts(view));
  }, [queryClient, processId, readMillis, store]);
  useEffect(() => {
    const stream = new CounterStream(processId, (counts) => store.apply(counts));
    return () => stream.close();
  }, [processId, store]);
  return store;
}

function ProcessHead({
  graph,
  children,
}: {
  readonly graph: ProcessGraph;
  readonly children: ReactNode;
}) {
  const { onNode } = useChoice();
  return (
    <header className="process-head">
      <div className="process-title">
        {children}
        <div className="process-name">
          <h1 className="truncate" title={graph.description || graph.title}>
            {graph.title}
          </h1>
          <StatusBadge status={graph.status} />
          <Live />
        </div>
      </div>
      <span className="process-facts quiet">
        {texts.canvas.nodes(graph.nodes.length)}
        {graph.version > VERSION_SECONDS_MIN && (
          <>
            {' · '}
            <Deployed version={graph.version} />
          </>
        )}
      </span>
      <NodeFinder graph={graph} onSelect={onNode} />
    </header>
  );
}

/** A deployed version is the second in which it was committed. */
function Deployed({ version }: { readonly version: number }) {
  return (
    <span>
      {texts.canvas.version('')}
      <RelativeTime millis={version * 1000} />
    </span>
  );
}

function Live() {
  const state = useStore(connection);
  return (
    <span className={`live ${state}`}>
      <span className="live-dot" aria-hidden />
      {state === 'live' ? texts.connection.live : texts.connection.connecting}
    </span>
  );
}

/** What is chosen is in the address, so that it can be sent to someone and survives a reload. */
function useChoice() {
  const { node, task } = route.useSearch();
  const navigate = route.useNavigate();
  const onNode = useCallback(
    (next: string | undefined) =>
      void navigate({ search: next === undefined ? {} : { node: next } }),
    [navigate],
  );
  const onTask = useCallback(
    (next: string) => void navigate({ search: (before) => ({ ...before, task: next }) }),
    [navigate],
  );
  const onStep = useCallback(
    (next: string) =>
      void navigate({ search: (before) => ({ ...before, node: next }), replace: true }),
    [navigate],
  );
  return { node, task, onNode, onTask, onStep };
}

function ProcessBody({ graph }: { readonly graph: ProcessGraph }) {
  const { node: nodeId, task, onNode, onTask, onStep } = useChoice();
  const node = nodeId === undefined ? undefined : graph.byId.get(nodeId);
  const path = usePath(graph.id, task);
  const scroller = useRef<HTMLElement>(null);
  useShortcuts({ Escape: () => onNode(task === undefined ? undefined : nodeId) });
  // On the canvas, a click while a task is shown leaves the task: what was clicked is meant.
  return (
    <div className="process-body">
      <Canvas graph={graph} selected={nodeId} path={path} onSelect={onNode} />
      {task !== undefined && (
        <TaskPanel
          processId={graph.id}
          taskId={task}
          node={nodeId}
          onNode={onStep}
          onBack={(back) => onNode(back ?? nodeId)}
          onClose={() => onNode(undefined)}
        />
      )}
      {task === undefined && node && (
        <NodePanel key={node.id} graph={graph} node={node} onSelect={onNode} scroller={scroller}>
          <TaskList processId={graph.id} node={node} scroller={scroller} onTask={onTask} />
        </NodePanel>
      )}
    </div>
  );
}

function usePath(processId: number, taskId: string | undefined): readonly string[] {
  const { data } = useQuery({
    ...taskQuery(processId, taskId ?? ''),
    enabled: taskId !== undefined,
  });
  return useMemo(
    () => (taskId !== undefined && data ? data.path.map((step) => step.nodeId) : NO_PATH),
    [taskId, data],
  );
}
