import { sql } from 'kysely';
import type { Act } from '../../domain/acts/act.ts';
import type { HandedOn } from '../../domain/desk/way.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { actColumns, fromRow, type ActRow } from '../acts/rows.ts';
import type { CampaignRow } from '../acts/read.ts';
import { ts, type Tx } from '../database.ts';

/** The last act by which somebody handed a problem on. */
export interface HandedOnAct {
  readonly id: string;
  readonly kind: HandedOn;
  readonly at: Instant;
}

/** Problems among the last so many that somebody handed on by an instant, each by its last such act. Reads no more than `limit` acts. */
export async function listHandedOn(tx: Tx, campaignId: number, person: string, asOf: Instant, limit: number): Promise<HandedOnAct[]> {
  const r = await sql<HandedOnAct>`select distinct on (stream_id) stream_id as id, kind, recorded_at as at
    from (select stream_id, kind, recorded_at from acts where campaign_id = ${campaignId} and actor_id = ${person}
      and kind in ('ProblemFound', 'ProblemConfirmed', 'ProblemAssigned', 'RectificationClaimed', 'ProblemChecked', 'WithdrawalProposed', 'MergeProposed')
      and recorded_at <= ${ts(asOf)} order by recorded_at desc limit ${limit}) x
    order by stream_id, recorded_at desc`.execute(tx);
  return r.rows;
}

/** The last act of a kind in each of some streams by an instant, the newest first. */
export async function listLastOf(tx: Tx, campaign: CampaignRow, ids: readonly string[], kind: Act['kind'], asOf: Instant): Promise<Act[]> {
  if (ids.length === 0) return [];
  const r = await sql<ActRow>`select a.* from unnest(${ids as string[]}::uuid[]) as k(id)
    cross join lateral (select ${sql.raw(actColumns)} from acts where campaign_id = ${campaign.id} and stream_id = k.id
      and kind = ${kind} and recorded_at <= ${ts(asOf)} order by stream_seq desc limit 1) a order by a.recorded_at desc, a.id`.execute(tx);
  return r.rows.map((row) => fromRow(row, campaign.slug));
}
