import { QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ApiError, apiGet } from './api.ts';

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 20_000,
      retry: (times, error) => times < 1 && error instanceof ApiError && (error.status === 0 || error.status >= 502),
    },
  },
});

/** Reads one address of the API; null waits. Answers for a past instant never change, so they are never asked again. */
export function useApi<T>(path: string | null): UseQueryResult<T, Error> {
  return useQuery<T>({
    queryKey: ['api', path],
    queryFn: ({ signal }) => apiGet<T>(path as string, signal),
    enabled: path !== null,
    ...(path?.includes('asOf=') ? { staleTime: Number.POSITIVE_INFINITY } : {}),
  });
}

/** After a command everything read as of now may be different. */
export function forgetNow(): Promise<void> {
  return queries.invalidateQueries({ predicate: (query) => !String(query.queryKey[1]).includes('asOf=') });
}
