import { sql } from 'kysely';
import { ts, type Tx } from '../database.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import type { CampaignRow } from './read.ts';

export interface CommandRow {
  readonly id: string;
  readonly content_hash: Buffer;
  readonly actor_id: string;
  readonly act_ids: string[];
  readonly subject_id: string;
}

export async function findCommand(tx: Tx, campaign: CampaignRow, id: string): Promise<CommandRow | undefined> {
  const r =
    await sql<CommandRow>`select id, content_hash, actor_id, act_ids, subject_id from commands where campaign_id = ${campaign.id} and id = ${id}`.execute(
      tx,
    );
  return r.rows[0];
}

/** Keeps a command with what it wrote; the same id a second time raises a unique violation. */
export async function insertCommand(tx: Tx, campaign: CampaignRow, c: CommandRow & { recordedAt: Instant }): Promise<void> {
  await sql`insert into commands (campaign_id, id, content_hash, actor_id, recorded_at, act_ids, subject_id)
    values (${campaign.id}, ${c.id}, ${c.content_hash}, ${c.actor_id}, ${ts(c.recordedAt)}, ${c.act_ids}::uuid[], ${c.subject_id})`.execute(
    tx,
  );
}

/** Of some fingerprints, those the campaign has seen. */
export async function seenEvidence(tx: Tx, campaign: CampaignRow, sha256: readonly string[]): Promise<ReadonlySet<string>> {
  if (sha256.length === 0) return new Set();
  const r = await sql<{ h: string }>`select encode(sha256, 'hex') as h from evidence_seen where campaign_id = ${campaign.id}
    and sha256 = any(${sha256.map((h) => Buffer.from(h, 'hex'))}::bytea[])`.execute(tx);
  return new Set(r.rows.map((row) => row.h));
}

/** The next free number of a kind of item; holds the place until the transaction ends, so two never get the same. */
export async function nextItemNo(tx: Tx, campaign: CampaignRow, kind: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(7301963, ${campaign.id}::integer)`.execute(tx);
  const r = await sql<{
    n: number;
  }>`select coalesce(max(no_seq), 0) + 1 as n from items where campaign_id = ${campaign.id} and kind = ${kind}`.execute(tx);
  return r.rows[0]?.n ?? 1;
}
