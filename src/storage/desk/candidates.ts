import { sql } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';
import { treeConditions } from '../ledger/page.ts';
import { fromWhere, linesOf, type LedgerFilter } from '../ledger/query.ts';
import { steady } from '../ledger/read.ts';

/** Ids of all lines of a question. Grows with those lines: asked where each is looked at. */
export async function listIds(tx: Tx, f: LedgerFilter): Promise<string[]> {
  return steady(
    tx,
    f,
    (g) => idsOf(tx, g),
    (ids) => ids.length === 0,
  );
}

async function idsOf(tx: Tx, f: LedgerFilter): Promise<string[]> {
  const id = sql.raw(linesOf(f).id);
  const parts = f.current || f.states === null ? [fromWhere(f)] : treeConditions(f).map((tree) => fromWhere(f, { and: tree }));
  const runs = parts.map((part) => sql`select ${id} as id from ${part}`);
  return (await sql<{ id: string }>`${sql.join(runs, sql` union all `)}`.execute(tx)).rows.map((r) => r.id);
}

/**
 * Problems that somebody, or anybody of their organisation, had a part in rectifying, or that stand assigned to it.
 * Grows with what that organisation rectified; nothing for a team or an office, which rectify none.
 */
export async function listRectifiedBy(tx: Tx, campaignId: number, who: { readonly id: string; readonly org: string }): Promise<string[]> {
  // Kinds are written out so that the partial indexes are known to hold them.
  const kinds = sql.raw(`kind in ('ProblemPlanned', 'RectificationStarted', 'RectificationStaged', 'RectificationClaimed')`);
  const r = await sql<{ id: string }>`
    select stream_id as id from acts where campaign_id = ${campaignId} and actor_org = ${who.org} and ${kinds}
    union select stream_id from acts where campaign_id = ${campaignId} and actor_id = ${who.id} and ${kinds}
    union select id from items where campaign_id = ${campaignId} and kind = 'problem' and owner_org = ${who.org}`.execute(tx);
  return r.rows.map((row) => row.id);
}

/** Problems for which a withdrawal or a merge was ever proposed by an instant. Grows with proposals. */
export async function listProposed(tx: Tx, campaignId: number, asOf: Instant): Promise<string[]> {
  const r = await sql<{ id: string }>`select distinct stream_id as id from acts where campaign_id = ${campaignId}
    and kind in ('WithdrawalProposed', 'MergeProposed') and recorded_at <= ${ts(asOf)}`.execute(tx);
  return r.rows.map((row) => row.id);
}
