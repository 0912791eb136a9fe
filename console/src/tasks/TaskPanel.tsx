import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, FileQuestion, X } from 'lucide-react';
import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { ApiError } from '../api/http.ts';
import { taskQuery } from '../api/queries.ts';
import type { PathStep, Task } from '../api/wire.ts';
import { IconButton } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { JsonTree } from '../ui/JsonTree.tsx';
import { RelativeTime } from '../ui/RelativeTime.tsx';
import { ErrorState, Skeletons, State } from '../ui/State.tsx';
import { texts } from '../ui/texts.ts';
import { clockTime, duration, exactTime } from '../ui/time.ts';
import './tasks.css';

interface TaskPanelProps {
  readonly processId: number;
  readonly taskId: string;
  readonly onBack: (nodeId: string | undefined) => void;
  readonly onClose: () => void;
  readonly onNode: (nodeId: string) => void;
  readonly node: string | undefined;
}

/** One task: where it is, how it came there, and what it carries. */
export function TaskPanel({ processId, taskId, onBack, onClose, onNode, node }: TaskPanelProps) {
  const { data: task, error, refetch, isPending } = useQuery(taskQuery(processId, taskId));
  return (
    <aside className="panel" aria-label={texts.tasks.task}>
      <header className="panel-head">
        <IconButton label={texts.back} onClick={() => onBack(task?.nodeId)}>
          <ArrowLeft size={16} />
        </IconButton>
        <div className="panel-title">
          <h2 className="truncate" title={task?.ref ?? taskId}>
            {task?.ref || texts.tasks.task}
          </h2>
          <p className="quiet">{task && <Status task={task} />}</p>
        </div>
        <IconButton label={texts.close} onClick={onClose}>
          <X size={16} />
        </IconButton>
      </header>
      {isPending && <Skeletons rows={5} height={28} />}
      {error && <Problem error={error} onRetry={refetch} />}
      {task && <TaskBody task={task} onNode={onNode} node={node} />}
    </aside>
  );
}

function Problem({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  if (error instanceof ApiError && error.status === 404) {
    return <State icon={FileQuestion} title={texts.tasks.gone} text={texts.tasks.goneHint} />;
  }
  return <ErrorState error={error} onRetry={onRetry} />;
}

function Status({ task }: { readonly task: Task }) {
  const said = texts.tasks.statuses[task.status] ?? task.status;
  return (
    <>
      {said}
      {task.nodeTitle !== '' && ` · ${task.nodeTitle}`}
    </>
  );
}

function TaskBody({
  task,
  onNode,
  node,
}: { readonly task: Task } & Pick<TaskPanelProps, 'onNode' | 'node'>) {
  return (
    <>
      <dl className="facts panel-part">
        <Fact name={texts.tasks.id}>
          <code className="truncate">{task.id}</code>
          <CopyButton text={task.id} />
        </Fact>
        <Fact name={texts.tasks.ref}>
          {task.ref ? (
            <code className="truncate">{task.ref}</code>
          ) : (
            <span className="quiet">{texts.tasks.noRef}</span>
          )}
          {task.ref && <CopyButton text={task.ref} />}
        </Fact>
        <Fact name={texts.tasks.created}>
          <RelativeTime millis={task.createMillis} />
        </Fact>
        <Fact name={texts.tasks.changed}>
          <RelativeTime millis={task.changeMillis} />
        </Fact>
      </dl>
      {task.archived && <p className="archived quiet">{texts.tasks.archived}</p>}
      {task.path.length > 0 && <Path path={task.path} onNode={onNode} node={node} />}
      <Data data={task.data} />
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Path({
  path,
  onNode,
  node,
}: { readonly path: readonly PathStep[] } & Pick<TaskPanelProps, 'onNode' | 'node'>) {
  return (
    <section className="panel-part">
      <h3 title={texts.tasks.pathHint}>{texts.tasks.path}</h3>
      <ol className="path">
        {path.map((step, index) => {
          const before = path[index - 1];
          const title = step.title || texts.canvas.untitled;
          return (
            // A task may come to a node again in the same millisecond; its place is its identity.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index}>
              <button
                type="button"
                className="path-step"
                aria-current={step.nodeId === node ? 'step' : undefined}
                onClick={() => onNode(step.nodeId)}
              >
                <span className="truncate">
                  <span className="hidden-visually">{texts.tasks.step(index + 1)}</span>
                  {title}
                </span>
                <time className="num quiet" title={exactTime(step.timeMillis)}>
                  {before
                    ? `+${duration(step.timeMillis - before.timeMillis)}`
                    : clockTime(step.timeMillis)}
                </time>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Data({ data }: { readonly data: Readonly<Record<string, unknown>> }) {
  const text = JSON.stringify(data, undefined, 2);
  return (
    <Tabs.Root defaultValue="tree" className="panel-part">
      <div className="data-head">
        <h3>{texts.tasks.data}</h3>
        <Tabs.List className="switch" aria-label={texts.tasks.data}>
          <Tabs.Trigger value="tree">{texts.tasks.tree}</Tabs.Trigger>
          <Tabs.Trigger value="json">{texts.tasks.json}</Tabs.Trigger>
        </Tabs.List>
        <CopyButton text={text} label={texts.tasks.copyJson} />
      </div>
      <Tabs.Content value="tree">
        <JsonTree value={data} />
      </Tabs.Content>
      <Tabs.Content value="json">
        <pre className="json">{text}</pre>
      </Tabs.Content>
    </Tabs.Root>
  );
}
