import { sql } from 'kysely';
import type { Act } from '../../domain/acts/act.ts';
import type { HasteRule } from '../../domain/leads/rule.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { actColumns, fromRow, type ActRow } from '../acts/rows.ts';
import type { CampaignRow } from '../acts/read.ts';
import { ts, type Tx } from '../database.ts';

/** As many of the newest clearances are held against their claims: enough to see whether any were given without a look. */
const looked = 50;

/** What one person cleared in the window before an instant: how many problems, and how many of the newest soon after their claim. */
export async function recentClears(
  tx: Tx,
  campaign: CampaignRow,
  person: string,
  rule: HasteRule,
  at: Instant,
): Promise<{ count: number; fast: number }> {
  const from = ts((at - rule.minutes * 60_000) as Instant);
  const r = await sql<{ count: number; fast: number }>`with recent as (
      select recorded_at, stream_id from acts
      where campaign_id = ${campaign.id} and kind = 'ProblemCleared' and actor_id = ${person} and recorded_at >= ${from})
    select (select count(*) from recent) as count, count(*) as fast
    from (select * from recent order by recorded_at desc limit ${looked}) c
    cross join lateral (select recorded_at from acts where campaign_id = ${campaign.id} and stream_id = c.stream_id
      and kind = 'RectificationClaimed' order by stream_seq desc limit 1) claim
    where c.recorded_at - claim.recorded_at < ${rule.fastMinutes} * interval '1 minute'`.execute(tx);
  return r.rows[0] ?? { count: 0, fast: 0 };
}

/** Acts of all leads by an instant, by stream. */
export async function listLeadActs(tx: Tx, campaign: CampaignRow, asOf: Instant): Promise<Map<string, Act[]>> {
  const r = await sql<ActRow>`select ${sql.raw(actColumns)} from acts where campaign_id = ${campaign.id} and stream = 'lead'
    and recorded_at <= ${ts(asOf)} order by stream_id, stream_seq`.execute(tx);
  const streams = new Map<string, Act[]>();
  for (const row of r.rows) streams.set(row.stream_id, [...(streams.get(row.stream_id) ?? []), fromRow(row, campaign.slug)]);
  return streams;
}
