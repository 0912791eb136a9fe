import { Dialog } from '../ui/Dialog.tsx';
import { texts } from '../ui/texts.ts';

const said = texts.shortcuts;

const GROUPS: readonly { title: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    title: said.groups.everywhere,
    keys: [
      ['?', said.help],
      ['/', said.search],
      ['g', said.goInbox],
      ['h', said.goWorkspace],
      ['← ↑ ↓ →', said.arrows],
      ['Esc', said.escape],
    ],
  },
  {
    title: said.groups.alerts,
    keys: [
      ['j', said.next],
      ['k', said.previous],
      ['e', said.acknowledge],
    ],
  },
  {
    title: said.groups.graph,
    keys: [
      ['n', said.find],
      ['f', said.fit],
      ['+', said.zoomIn],
      ['−', said.zoomOut],
      ['Tab', said.tab],
      ['Enter', said.enter],
    ],
  },
];

export function Shortcuts({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Dialog title={said.title} open={open} onClose={onClose}>
      <div className="shortcuts">
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.keys.map(([key, what]) => (
                <div key={key}>
                  <dt>
                    <kbd className="key">{key}</kbd>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
