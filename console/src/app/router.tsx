import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  Outlet,
  parseSearchWith,
  redirect,
  stringifySearchWith,
} from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { sessionQuery } from '../api/session.ts';
import { SEVERITIES } from '../api/wire.ts';
import { Breadcrumbs } from '../folders/Breadcrumbs.tsx';
import { FolderPage } from '../folders/FolderPage.tsx';
import { ROOT_ID } from '../folders/tree.ts';
import { useTree } from '../folders/useTree.ts';
import type { Show } from '../inbox/AlertFilters.tsx';
import { InboxPage } from '../inbox/InboxPage.tsx';
import { SignIn } from '../people/SignIn.tsx';
import { Skeletons } from '../ui/State.tsx';
import { Broken, NotFound } from './Broken.tsx';
import { Shell } from './Shell.tsx';

// The canvas is by far the largest part; pages without it do not load it.
const ProcessPage = lazy(async () => ({
  default: (await import('../tasks/ProcessPage.tsx')).ProcessPage,
}));

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
});

interface SignInSearch {
  to?: string;
  ended?: boolean;
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignIn,
  validateSearch: (search: Record<string, unknown>): SignInSearch => ({
    to: textOf(search.to),
    ended: search.ended === 'true' || search.ended === true || undefined,
  }),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (session) return;
    const to = location.href === '/' ? undefined : location.href;
    throw redirect({ to: '/sign-in', search: { to } });
  },
});

const workspace = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: () => <FolderPage key={ROOT_ID} folderId={ROOT_ID} />,
});

const folder = createRoute({
  getParentRoute: () => shell,
  path: '/folders/$folderId',
  params: { parse: ({ folderId }) => ({ folderId: Number(folderId) }), stringify: numberParams },
  component: function Folder() {
    const { folderId } = folder.useParams();
    return <FolderPage key={folderId} folderId={folderId} />;
  },
});

interface ProcessSearch {
  node?: string;
  task?: string;
}

const process = createRoute({
  getParentRoute: () => shell,
  path: '/processes/$processId',
  params: { parse: ({ processId }) => ({ processId: Number(processId) }), stringify: numberParams },
  validateSearch: (search: Record<string, unknown>): ProcessSearch => ({
    node: textOf(search.node),
    task: textOf(search.task),
  }),
  component: function Process() {
    const { processId } = process.useParams();
    return (
      <Suspense fallback={<Skeletons rows={3} height={64} />}>
        <ProcessPage key={processId} crumbs={crumbs} />
      </Suspense>
    );
  },
});

interface InboxSearch {
  q?: string;
  severity?: string;
  show?: Show;
  alert?: string;
}

const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inbox',
  validateSearch: (search: Record<string, unknown>): InboxSearch => ({
    q: textOf(search.q),
    severity: SEVERITIES.find((severity) => severity === search.severity),
    show: search.show === 'acknowledged' || search.show === 'all' ? search.show : undefined,
    alert: textOf(search.alert),
  }),
  component: InboxPage,
});

const routeTree = root.addChildren([
  signIn,
  shell.addChildren([workspace, folder, process, inbox]),
]);

export function makeRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: false,
    defaultErrorComponent: Broken,
    scrollRestoration: false,
    // Ids are texts: `577e10…` must not be read as a number, as the default would.
    parseSearch: parseSearchWith((value) => value),
    stringifySearch: stringifySearchWith(String),
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}

const crumbs = (folderId: number) => <Crumbs folderId={folderId} />;

function Crumbs({ folderId }: { readonly folderId: number }) {
  return <Breadcrumbs tree={useTree().data} folderId={folderId} />;
}

function numberParams<P extends Record<string, number>>(params: P): { [K in keyof P]: string } {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, String(value)]),
  ) as { [K in keyof P]: string };
}

/** The text of a search parameter; the router hands over what looks like a number as one. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
