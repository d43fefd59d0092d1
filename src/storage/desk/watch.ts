import { sql } from 'kysely';
import type { PlainDate } from '../../domain/kernel/instant.ts';
import type { Tx } from '../database.ts';
import { fromWhere, linesOf, type LedgerFilter } from '../ledger/query.ts';
import { watchedUntil } from '../ledger/watch.ts';

/**
 * Watches among the lines of a question that still run on a day: how many, and the last day of the first to end.
 * Grows with the lines of the question: one look into the acts of each.
 */
export async function watchesRunning(tx: Tx, f: LedgerFilter, on: PlainDate): Promise<{ count: number; until: PlainDate | null }> {
  const { watchOver: _, ...all } = f;
  // As of the past as well as now: intervals know both.
  const r = await sql<{ count: number; until: PlainDate | null }>`select count(*) as count, min(until) as until from (
      select ${watchedUntil(f.campaignId, linesOf(f).id, f.asOf)} as until from ${fromWhere(all)}) w
    where until ~ ${`^\\d{4}-\\d{2}-\\d{2}$`} and until >= ${on}`.execute(tx);
  return r.rows[0] ?? { count: 0, until: null };
}
