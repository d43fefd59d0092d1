import { sql } from 'kysely';
import type { Act } from '../../domain/acts/act.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { actColumns, fromRow, type ActRow } from '../acts/rows.ts';
import type { CampaignRow } from '../acts/read.ts';
import { ts, type Tx } from '../database.ts';

/** Acts of the publications that counted under some facts and do so no longer as of an instant. */
export async function listWithdrawnPublications(tx: Tx, campaign: CampaignRow, facts: readonly number[], asOf: Instant): Promise<Act[]> {
  const r =
    await sql<ActRow>`select ${sql.raw(actColumns)} from acts where campaign_id = ${campaign.id} and recorded_at <= ${ts(asOf)} and stream_id in (
      select subject_id from fact_spans where campaign_id = ${campaign.id} and fact = any(${facts as number[]}::smallint[]) and to_at <= ${ts(asOf)})
      order by recorded_at, stream_id, stream_seq`.execute(tx);
  return r.rows.map((row) => fromRow(row, campaign.slug));
}
