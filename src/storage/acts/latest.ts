import { sql } from 'kysely';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import type { Tx } from '../database.ts';

/** Who brings records of an outside register in; persons have other identifiers. */
export const importer = 'import';

/** Where the records of a campaign stand. */
export interface LastRecord {
  /** When the last of them is recorded: the time of its snapshot; 0 when there is none. */
  readonly at: Instant;
  /** When it came in. */
  readonly enteredAt: Instant;
}

/** The last record of a historic campaign. What people did about it since is not looked at: they act on another clock. */
export async function lastRecord(tx: Tx, campaignId: number): Promise<LastRecord> {
  const r = await sql<{ at: number; entered: number }>`select recorded_at as at, coalesce(entered_at, recorded_at) as entered from acts
    where campaign_id = ${campaignId} and actor_id = ${importer} order by recorded_at desc limit 1`.execute(tx);
  return { at: instant(r.rows[0]?.at ?? 0), enteredAt: instant(r.rows[0]?.entered ?? 0) };
}

/** The newest instant that a figure of the campaign can depend on: in a historic campaign its last record's. */
export async function standsAt(tx: Tx, campaign: { readonly id: number; readonly mode: string }): Promise<Instant> {
  return campaign.mode === 'historic' ? (await lastRecord(tx, campaign.id)).at : lastRecordedAt(tx, campaign.id);
}

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
