import { Link } from '@tanstack/react-router';
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { texts } from '../ui/texts.ts';
import { ItemIcon, ItemLink } from './ItemLink.tsx';
import type { FaultyProcess, ImportedItem, Report } from './report.ts';

const SHOWN_MAX = 200;

export function ImportReport({
  result,
  onClose,
}: {
  readonly result: Report | undefined;
  readonly onClose: () => void;
}) {
  if (!result) return null;
  const title = titleOf(result);
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      footer={<Button onClick={onClose}>{texts.import.done}</Button>}
    >
      {result.failure !== undefined ? (
        <p className="report-line bad">
          <CircleX size={16} aria-hidden />
          <span>
            {texts.import.failed} {result.failure || texts.import.unknownReason}
          </span>
        </p>
      ) : (
        <p className="report-line good">
          <CircleCheck size={16} aria-hidden />
          {texts.import.imported(result.imported.length)}
        </p>
      )}
      {result.faults.length > 0 && <Faults faults={result.faults} onPick={onClose} />}
      <ul className="report-items">
        {result.imported.slice(0, SHOWN_MAX).map((item) => (
          <li key={`${item.kind} ${item.id}`}>
            <Item item={item} onPick={onClose} />
          </li>
        ))}
      </ul>
      {result.imported.length > SHOWN_MAX && (
        <p className="quiet">{texts.import.tooMany(SHOWN_MAX, result.imported.length)}</p>
      )}
    </Dialog>
  );
}

function titleOf(result: Report): string {
  if (result.failure !== undefined) return texts.import.failedTitle;
  return result.faults.length > 0 ? texts.import.partlyTitle : texts.import.doneTitle;
}

function Item({ item, onPick }: { readonly item: ImportedItem; readonly onPick: () => void }) {
  const old =
    item.oldId === undefined || item.oldId === item.id ? '' : texts.import.wasId(item.oldId);
  const inner = (
    <>
      <span className="truncate">{item.title}</span>
      <span className="num quiet report-id">
        {item.id} {old && `(${old})`}
      </span>
    </>
  );
  if (item.kind === 'other') return <span className="report-item">{inner}</span>;
  const target = { kind: item.kind, id: item.id } as const;
  return (
    <ItemLink item={target} className="report-item" onClick={onPick}>
      <ItemIcon item={target} />
      {inner}
    </ItemLink>
  );
}

function Faults({
  faults,
  onPick,
}: {
  readonly faults: readonly FaultyProcess[];
  readonly onPick: () => void;
}) {
  return (
    <section className="report-faults">
      <p className="report-line warn">
        <TriangleAlert size={16} aria-hidden />
        {texts.import.paused(faults.length)}
      </p>
      {faults.map((process) => (
        <div key={process.id} className="report-fault">
          <ItemLink item={{ kind: 'process', id: process.id }} onClick={onPick}>
            {process.title}
          </ItemLink>
          <ul>
            {process.faults.map((fault) => (
              <li key={`${fault.nodeId} ${fault.what}`}>
                {fault.where !== '' && (
                  <Link
                    to="/processes/$processId"
                    params={{ processId: process.id }}
                    search={fault.nodeId === '' ? {} : { node: fault.nodeId }}
                    onClick={onPick}
                  >
                    {fault.where}
                  </Link>
                )}{' '}
                {fault.what}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
