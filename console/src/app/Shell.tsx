import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { Bell, Menu, X } from 'lucide-react';
import { Dialog as Drawer } from 'radix-ui';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { signOut } from '../api/calls.ts';
import { alertCountsQuery } from '../api/queries.ts';
import { sessionQuery } from '../api/session.ts';
import type { Alert } from '../api/wire.ts';
import { FolderTree } from '../folders/FolderTree.tsx';
import { TreeResults, TreeSearchField } from '../folders/TreeSearch.tsx';
import { useTree } from '../folders/useTree.ts';
import { useAlertFeed } from '../inbox/useAlertFeed.ts';
import { AccountMenu } from '../people/AccountMenu.tsx';
import { IconButton } from '../ui/Button.tsx';
import { Mark } from '../ui/Mark.tsx';
import { texts } from '../ui/texts.ts';
import { Toasts } from '../ui/Toasts.tsx';
import { PHONE, useMedia } from '../ui/useMedia.ts';
import { useShortcuts } from '../ui/useShortcuts.ts';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import './shell.css';

/** What stands around every page: navigation, live alerts, shortcuts. */
export function Shell() {
  const [help, setHelp] = useState(false);
  const [drawer, setDrawer] = useState(false);
  const phone = useMedia(PHONE);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const announcement = useAnnouncedAlerts();
  useEffect(() => setDrawer(false), [pathname]);
  useShortcuts({
    '?': () => setHelp(true),
    g: () => void navigate({ to: '/inbox' }),
    h: () => void navigate({ to: '/' }),
    '/': () =>
      pathname === '/inbox' ? undefined : document.getElementById('tree-search')?.focus(),
  });
  const sidebar = <Sidebar onShortcuts={() => setHelp(true)} onNavigate={() => setDrawer(false)} />;
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {texts.skipToContent}
      </a>
      {phone ? (
        <PhoneBar open={drawer} onOpen={setDrawer}>
          {sidebar}
        </PhoneBar>
      ) : (
        <div className="sidebar">{sidebar}</div>
      )}
      <div className="stage">
        <ConnectionBanner />
        <main id="content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Toasts />
      <Shortcuts open={help} onClose={() => setHelp(false)} />
      <p className="hidden-visually" role="status">
        {announcement}
      </p>
    </div>
  );
}

/** New alerts are also said to those who cannot see them arrive. */
function useAnnouncedAlerts(): string {
  const [said, setSaid] = useState('');
  const announce = useCallback((alert: Alert) => {
    const severity = texts.alerts.severities[alert.severity].toLowerCase();
    setSaid(texts.alerts.arrived(severity, alert.title));
  }, []);
  useAlertFeed(announce);
  return said;
}

interface SidebarProps {
  readonly onShortcuts: () => void;
  readonly onNavigate: () => void;
}

function Sidebar({ onShortcuts, onNavigate }: SidebarProps) {
  const [query, setQuery] = useState('');
  const { data: tree, error, refetch } = useTree();
  const { pathname } = useLocation();
  const leave = useSignOut();
  const picked = () => {
    setQuery('');
    onNavigate();
  };
  return (
    <nav className="navigation" aria-label={texts.product}>
      <Link to="/" className="brand">
        <Mark size={26} />
        {texts.product}
      </Link>
      <div className="navigation-top">
        <TreeSearchField query={query} onQuery={setQuery} />
        <Link to="/inbox" className="navigation-link">
          <Bell size={15} aria-hidden />
          {texts.inbox}
          <Unread />
        </Link>
      </div>
      <div className="navigation-tree">
        {query.trim() !== '' && tree ? (
          <TreeResults tree={tree} query={query} onPick={picked} />
        ) : (
          <FolderTree tree={tree} error={error} onRetry={refetch} current={currentKey(pathname)} />
        )}
      </div>
      <div className="navigation-end">
        <AccountMenu onShortcuts={onShortcuts} onSignOut={leave} />
      </div>
    </nav>
  );
}

function currentKey(pathname: string): string | undefined {
  const place = /^\/(folders|processes)\/(\d+)$/.exec(pathname);
  return place ? `${place[1] === 'folders' ? 'folder' : 'process'} ${place[2]}` : undefined;
}

function Unread() {
  const open = useQuery(alertCountsQuery).data?.unacknowledged ?? 0;
  if (open === 0) return null;
  return (
    <span className="unread num" aria-label={texts.alerts.unread(open)} role="img">
      {open > 999 ? '999+' : open}
    </span>
  );
}

function useSignOut(): () => void {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return () => {
    const done = () => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, null);
      void navigate({ to: '/sign-in' });
    };
    // Signing out on this side must work even when the server cannot be told.
    signOut().then(done, done);
  };
}

interface PhoneBarProps {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly children: ReactNode;
}

function PhoneBar({ open, onOpen, children }: PhoneBarProps) {
  return (
    <header className="phone-bar">
      <Drawer.Root open={open} onOpenChange={onOpen}>
        <Drawer.Trigger asChild>
          <button type="button" className="button plain icon" aria-label={texts.menu}>
            <Menu size={20} />
          </button>
        </Drawer.Trigger>
        <Drawer.Portal>
          <Drawer.Overlay className="veil" />
          <Drawer.Content className="drawer" aria-describedby={undefined}>
            <Drawer.Title className="hidden-visually">{texts.product}</Drawer.Title>
            <div className="drawer-close">
              <IconButton label={texts.closeMenu} onClick={() => onOpen(false)}>
                <X size={18} />
              </IconButton>
            </div>
            {children}
          </Drawer.Content>
        </Drawer.Portal>
      </Drawer.Root>
      <Link to="/" className="brand">
        <Mark size={24} />
        {texts.product}
      </Link>
      <Link to="/inbox" className="button plain phone-inbox">
        <span className="hidden-visually">{texts.inbox}</span>
        <Bell size={19} aria-hidden />
        <Unread />
      </Link>
    </header>
  );
}
