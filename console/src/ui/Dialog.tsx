import { Dialog as Radix } from 'radix-ui';
import { X } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { IconButton } from './Button.tsx';
import { texts } from './texts.ts';

interface DialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
}

export function Dialog({ title, open, onClose, children, footer }: DialogProps) {
  const body = useRef<HTMLDivElement>(null);
  // The reader starts at the text; the close button, first in order, would show its tooltip.
  const focusBody = (event: Event) => {
    event.preventDefault();
    body.current?.focus();
  };
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="veil" />
        <Radix.Content className="dialog" aria-describedby={undefined} onOpenAutoFocus={focusBody}>
          <header>
            <Radix.Title asChild>
              <h2>{title}</h2>
            </Radix.Title>
            <IconButton label={texts.close} onClick={onClose}>
              <X size={16} />
            </IconButton>
          </header>
          {/* Long texts scroll, so the keyboard must be able to come here. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div ref={body} className="dialog-body" tabIndex={0}>
            {children}
          </div>
          {footer && <footer>{footer}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
