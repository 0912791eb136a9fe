import { useQuery } from '@tanstack/react-query';
import { Check, ChevronsUpDown, Keyboard, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { sessionQuery } from '../api/session.ts';
import { texts } from '../ui/texts.ts';
import { useStore } from '../ui/useStore.ts';
import { chooseTheme, theme, type Theme } from './theme.ts';
import './people.css';

const THEMES = [
  { value: 'system', icon: Monitor, label: texts.account.system },
  { value: 'light', icon: Sun, label: texts.account.light },
  { value: 'dark', icon: Moon, label: texts.account.dark },
] as const;

interface AccountMenuProps {
  readonly onShortcuts: () => void;
  readonly onSignOut: () => void;
}

export function AccountMenu({ onShortcuts, onSignOut }: AccountMenuProps) {
  const user = useQuery(sessionQuery).data?.user;
  const chosen = useStore(theme);
  const name = user?.name ?? '';
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="account" aria-label={texts.account.menu(name)}>
        <span className="account-face" data-initials={initials(name)} aria-hidden />
        <span className="account-name truncate">{name}</span>
        <ChevronsUpDown size={14} className="quiet" aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" side="top" align="start" sideOffset={6}>
          <DropdownMenu.Label className="menu-label">
            {user?.administrator ? texts.account.administrator : texts.account.user}
          </DropdownMenu.Label>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Label className="menu-label">{texts.account.theme}</DropdownMenu.Label>
          <DropdownMenu.RadioGroup
            value={chosen}
            onValueChange={(value) => chooseTheme(value as Theme)}
          >
            {THEMES.map(({ value, icon: Icon, label }) => (
              <DropdownMenu.RadioItem
                key={value}
                value={value}
                className="menu-item"
                onSelect={(event) => event.preventDefault()}
              >
                <Icon size={15} aria-hidden />
                {label}
                <DropdownMenu.ItemIndicator className="end">
                  <Check size={14} aria-hidden />
                </DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item className="menu-item" onSelect={onShortcuts}>
            <Keyboard size={15} aria-hidden />
            {texts.account.shortcuts}
            <span className="key end">?</span>
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={onSignOut}>
            <LogOut size={15} aria-hidden />
            {texts.account.signOut}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function initials(name: string): string {
  const parts = name.split(/[\s._-]+/).filter(Boolean);
  return parts
    .slice(0, 2)
    .map((part) => part[0]?.toUpperCase())
    .join('');
}
