import { queryOptions } from '@tanstack/react-query';
import { readSession } from './calls.ts';
import { ApiError, keepCsrfToken } from './http.ts';
import type { Session } from './wire.ts';

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Infinity,
  gcTime: Infinity,
  retry: false,
  queryFn: async (): Promise<Session | null> => {
    try {
      const session = await readSession();
      if (!session?.user) return null;
      keepCsrfToken(session.csrf);
      return session;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
});
