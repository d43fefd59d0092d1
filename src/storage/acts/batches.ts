import { sql } from 'kysely';
import type { Tx } from '../database.ts';
import { waitForCampaign } from '../locks.ts';
import type { CampaignRow } from './read.ts';

/** The number after the last batch; two issued at once get two numbers. */
export async function nextBatchNo(tx: Tx, campaign: CampaignRow): Promise<number> {
  await sql`select ${waitForCampaign('batchNumbers', campaign.id)}`.execute(tx);
  const r = await sql<{ n: number }>`select coalesce(max(batch), 0) + 1 as n from fact_spans f join fact_names n on n.no = f.fact
    where f.campaign_id = ${campaign.id} and n.name = 'batch.issued'`.execute(tx);
  return r.rows[0]?.n ?? 1;
}
