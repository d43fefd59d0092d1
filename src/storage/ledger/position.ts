import { sql } from 'kysely';
import type { Tx } from '../database.ts';
import { isId } from './ids.ts';
import { aliveConditions, besideKey, columns, keysOf, treeConditions, type PageAsk, type PageKey } from './page.ts';
import type { Picked } from './pick.ts';
import { listLines } from './read.ts';
import { fromWhere, linesOf, type LedgerFilter, type LedgerSort } from './query.ts';

/** An order of lines. */
export interface LedgerOrder {
  readonly sort: LedgerSort;
  readonly descending: boolean;
}

/** So many lines before a line are counted; what lies further down is "more than that". */
export const mostCounted = 10_000;

/** Values by which a line would stand in an order as of the filter's instant, whether or not it fulfils the rest of the filter. */
export async function findKey(tx: Tx, f: LedgerFilter, order: LedgerOrder, id: string): Promise<PageKey | undefined> {
  if (!isId(id)) return undefined;
  const r = await sql<Picked>`select ${columns(f, { ...order, limit: 1 })} from ${sql.raw(linesOf(f).table)}
    where r.campaign_id = ${f.campaignId} and r.kind = ${f.kind} and ${sql.raw(linesOf(f).id)} = ${id}::uuid${aliveConditions(f)} limit 1`.execute(
    tx,
  );
  const row = r.rows[0];
  return row === undefined ? undefined : { keys: [row.k1, row.k2].slice(0, keysOf[order.sort]), id };
}

/** Numbers of the lines right before and after a key in the order of a list. Each is a page of one line. */
export async function findBeside(
  tx: Tx,
  f: LedgerFilter,
  order: LedgerOrder,
  key: PageKey,
): Promise<{ previous: string | null; following: string | null }> {
  const one = async (descending: boolean) =>
    (await listLines(tx, f, { sort: order.sort, descending, after: key, limit: 1 }))[0]?.no ?? null;
  return { previous: await one(!order.descending), following: await one(order.descending) };
}

/** How many lines of a list stand before a key in its order, up to one more than `mostCounted`. */
export async function countBefore(tx: Tx, f: LedgerFilter, order: LedgerOrder, key: PageKey): Promise<number> {
  const ask: PageAsk = { sort: order.sort, descending: !order.descending, after: key, limit: mostCounted + 1 };
  const before = besideKey(f, ask);
  // In the past, the intervals of some states around an instant are found through the tree over time.
  const parts = f.current || f.states === null ? [before] : treeConditions(f).map((tree) => sql`${before} and ${tree}`);
  const lines = parts.map((and) => sql`(select 1 from ${fromWhere(f, { and })} limit ${ask.limit})`);
  const r = await sql<{ n: number }>`select count(*) as n from (${sql.join(lines, sql` union all `)}) c`.execute(tx);
  return Math.min(ask.limit, r.rows[0]?.n ?? 0);
}
