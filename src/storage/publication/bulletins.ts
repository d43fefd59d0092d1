import { sql } from 'kysely';
import type { Act } from '../../domain/acts/act.ts';
import type { Tx } from '../database.ts';
import { waitForCampaign } from '../locks.ts';
import type { CampaignRow } from '../acts/read.ts';
import { actColumns, fromRow, type ActRow } from '../acts/rows.ts';

/** Acts of every bulletin of a campaign, stream by stream; there are few bulletins. */
export async function listBulletinActs(tx: Tx, campaign: CampaignRow): Promise<Map<string, Act[]>> {
  const r = await sql<ActRow>`select ${sql.raw(actColumns)} from acts where campaign_id = ${campaign.id} and stream = 'bulletin'
    order by stream_id, stream_seq`.execute(tx);
  const out = new Map<string, Act[]>();
  for (const row of r.rows) {
    const acts = out.get(row.stream_id) ?? [];
    acts.push(fromRow(row, campaign.slug));
    out.set(row.stream_id, acts);
  }
  return out;
}

/** The number after the last bulletin; two drafted at once get two numbers. */
export async function nextBulletinNo(tx: Tx, campaign: CampaignRow): Promise<number> {
  await sql`select ${waitForCampaign('bulletinNumbers', campaign.id)}`.execute(tx);
  const r = await sql<{ n: number }>`select coalesce(max((payload::json ->> 'no')::integer), 0) + 1 as n from acts
    where campaign_id = ${campaign.id} and stream = 'bulletin' and kind = 'BulletinDrafted'`.execute(tx);
  return r.rows[0]?.n ?? 1;
}
