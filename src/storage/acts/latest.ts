import { sql } from 'kysely';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import type { Tx } from '../database.ts';

/** The newest recorded instant of a campaign; 0 when it has no acts. */
export async function lastRecordedAt(tx: Tx, campaignId: number): Promise<Instant> {
  const r = await sql<{ at: number | null }>`select max(recorded_at) as at from acts where campaign_id = ${campaignId}`.execute(tx);
  return instant(r.rows[0]?.at ?? 0);
}

/** The oldest recorded instant of a campaign; 0 when it has no acts. */
export async function firstRecordedAt(tx: Tx, campaignId: number): Promise<Instant> {
  const r = await sql<{ at: number | null }>`select min(recorded_at) as at from acts where campaign_id = ${campaignId}`.execute(tx);
  return instant(r.rows[0]?.at ?? 0);
}
