import { sql } from 'kysely';
import type { Act } from '../../domain/acts/act.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';
import type { CampaignRow } from './read.ts';
import { actColumns, fromRow, type ActRow } from './rows.ts';

/** Acts of the streams that count under a fact as of an instant; for the few things an office has (batches, letters). */
export async function listActsByFact(tx: Tx, campaign: CampaignRow, fact: number, asOf: Instant, batch?: number): Promise<Act[]> {
  const r =
    await sql<ActRow>`select ${sql.raw(actColumns)} from acts where campaign_id = ${campaign.id} and recorded_at <= ${ts(asOf)} and stream_id in (
      select subject_id from fact_spans where campaign_id = ${campaign.id} and fact = ${fact} and from_at <= ${ts(asOf)} and to_at > ${ts(asOf)}
      ${batch === undefined ? sql`` : sql`and batch = ${batch}`}) order by recorded_at, stream_id, stream_seq`.execute(tx);
  return r.rows.map((row) => fromRow(row, campaign.slug));
}
