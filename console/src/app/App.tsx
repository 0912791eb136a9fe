import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ApiError, whenSignedOut } from '../api/http.ts';
import { sessionQuery } from '../api/session.ts';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import { makeRouter } from './router.tsx';

const RETRIES_MAX = 2;

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // What the server refused it will refuse again; only a missing answer is worth asking twice.
      retry: (failures, error) =>
        failures < RETRIES_MAX &&
        error instanceof ApiError &&
        (error.offline || error.status === 429 || error.status === 503),
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

const router = makeRouter(queryClient);

whenSignedOut(() => {
  if (queryClient.getQueryData(sessionQuery.queryKey) === null) return;
  queryClient.setQueryData(sessionQuery.queryKey, null);
  const to = router.state.location.href;
  void router.navigate({ to: '/sign-in', search: { to, ended: true } });
});

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <TooltipProvider delayDuration={400}>
        <RouterProvider router={router} />
      </TooltipProvider>
    </QueryClientProvider>
  );
}
