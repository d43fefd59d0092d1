import { sql } from 'kysely';
import type { Tx } from '../database.ts';

/** Signed notes of all checkpoints up to a size, from the oldest. */
export async function listCheckpointNotes(tx: Tx, campaignId: number, upTo: number): Promise<string[]> {
  const r = await sql<{
    note: string;
  }>`select note from log_checkpoints where campaign_id = ${campaignId} and size <= ${upTo} order by size`.execute(tx);
  return r.rows.map((row) => row.note);
}

/** Ids of acts whose payload stands in the log by its hash only, as it would make the entry too long. */
export async function listLongActs(tx: Tx, campaignId: number, bytes: number): Promise<{ id: string; payload: string }[]> {
  const r = await sql<{ id: string; payload: string }>`select id, payload from acts where campaign_id = ${campaignId}
    and octet_length(payload) > ${bytes} order by coalesce(entered_at, recorded_at), stream_id, stream_seq`.execute(tx);
  return r.rows;
}

/** Personal texts of a campaign with their salts, by commitment. */
export async function listPersonal(
  tx: Tx,
  campaignId: number,
): Promise<{ commitment: string; salt: string; subject: string; value: string }[]> {
  const r = await sql<{ commitment: string; salt: string; subject: string; value: string }>`select encode(commitment, 'hex') as commitment,
    encode(salt, 'hex') as salt, subject, value from personal_values where campaign_id = ${campaignId} order by commitment`.execute(tx);
  return r.rows;
}

/** Sizes and roots of all checkpoints. */
export async function listRoots(tx: Tx, campaignId: number): Promise<{ size: number; root: string }[]> {
  const r = await sql<{ size: number; root: string }>`select size, encode(root, 'hex') as root from log_checkpoints
    where campaign_id = ${campaignId} order by size`.execute(tx);
  return r.rows;
}
