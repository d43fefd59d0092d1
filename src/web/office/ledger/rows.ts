import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LedgerPage, LedgerRow } from '../../../contract/ledger.ts';
import type { Where } from '../../../contract/paths/office.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { apiGet } from '../../ui/api.ts';
import { apiQuery, type LedgerFilter } from './query.ts';

/** Pages of a hundred, one after the other by key; the rows so far in one list. */
export function useLedgerRows(where: Where, filter: LedgerFilter) {
  const base = to(api.ledger, {}, inCampaign(where, { ...apiQuery(filter), limit: 100 }));
  const query = useInfiniteQuery({
    queryKey: ['api', base, 'pages'],
    queryFn: ({ pageParam, signal }) =>
      apiGet<LedgerPage>(pageParam === null ? base : `${base}&after=${encodeURIComponent(pageParam)}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // Who reads a problem for a while comes back to the lines that were there.
    gcTime: 30 * 60_000,
  });
  const rows = useMemo<readonly LedgerRow[]>(() => query.data?.pages.flatMap((p) => p.rows) ?? [], [query.data]);
  return { query, rows };
}
