import { sql } from 'kysely';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';

/** What someone else says of a checkpoint: a witness' signature line, or an RFC 3161 token in base64. */
export interface Anchor {
  readonly size: number;
  readonly kind: 'witness' | 'timestamp';
  readonly name: string;
  readonly body: string;
  readonly at: Instant;
}

/** Anchors of a checkpoint, or of all. */
export async function listAnchors(tx: Tx, campaignId: number, size?: number): Promise<Anchor[]> {
  const r = await sql<{ size: number; kind: Anchor['kind']; name: string; body: string; at: number }>`select size, kind, name, body, at
    from log_anchors where campaign_id = ${campaignId} ${size === undefined ? sql`` : sql`and size = ${size}`} order by size, kind, name`.execute(
    tx,
  );
  return r.rows.map((row) => ({ ...row, at: instant(row.at) }));
}

/** The newest anchor of a kind by one name. */
export async function findLastAnchor(tx: Tx, campaignId: number, kind: Anchor['kind'], name: string): Promise<Anchor | undefined> {
  const r = await sql<{ size: number; body: string; at: number }>`select size, body, at from log_anchors where campaign_id = ${campaignId}
    and kind = ${kind} and name = ${name} order by size desc limit 1`.execute(tx);
  const row = r.rows[0];
  return row === undefined ? undefined : { size: row.size, kind, name, body: row.body, at: instant(row.at) };
}

export async function addAnchor(tx: Tx, campaignId: number, a: Anchor): Promise<void> {
  await sql`insert into log_anchors (campaign_id, size, kind, name, body, at)
    values (${campaignId}, ${a.size}, ${a.kind}, ${a.name}, ${a.body}, ${ts(a.at)}) on conflict do nothing`.execute(tx);
}
