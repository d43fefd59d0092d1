import { sql } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import { tileWidth } from '../../domain/log/tiles.ts';
import { leafTextOf } from '../../domain/acts/leaf.ts';
import { actColumns, fromRow, type ActRow } from '../acts/rows.ts';
import type { CampaignRow } from '../acts/read.ts';
import { ts, type Tx } from '../database.ts';
import { actsInOrder, entriesAfter, tileEnd, type LogHead, type LogKey } from './head.ts';

/** Index of an act in the log; undefined when it is unknown or not numbered yet. */
export async function findIndex(tx: Tx, campaignId: number, head: LogHead, actId: string): Promise<number | undefined> {
  const r = await sql<{
    at: number;
    stream: string;
    seq: number;
  }>`select coalesce(entered_at, recorded_at) as at, stream_id as stream, stream_seq as seq
    from acts where campaign_id = ${campaignId} and id = ${actId}::uuid`.execute(tx);
  const act = r.rows[0];
  if (act === undefined) return undefined;
  // The first full tile that ends at or behind the act holds it; right of the last one, the tail does.
  const n = await tileHolding(tx, campaignId, Math.floor(head.size / tileWidth), act);
  const entries = await entriesAfter(tx, campaignId, await tileEnd(tx, campaignId, n - 1), head.last.enteredAt, tileWidth);
  const place = entries.findIndex((e) => e.id === actId);
  const index = n * tileWidth + place;
  return place < 0 || index >= head.size ? undefined : index;
}

async function tileHolding(tx: Tx, campaignId: number, full: number, act: { at: number; stream: string; seq: number }): Promise<number> {
  const r = await sql<{ n: number }>`select n from log_tiles where campaign_id = ${campaignId} and level = 0
      and (last_recorded_at, last_stream_id, last_stream_seq) >= (${ts(act.at)}::timestamptz, ${act.stream}::uuid, ${act.seq})
    order by last_recorded_at, last_stream_id, last_stream_seq limit 1`.execute(tx);
  return Math.min(r.rows[0]?.n ?? full, full);
}

/** An entry of the log: the act's canonical text, and its payload where the text holds only its hash. */
export interface LogEntry {
  readonly text: string;
  readonly leaf: Buffer;
  readonly payload: string;
  readonly key: LogKey;
}

/** Entries of the n-th bundle of a log of this size, in order. */
export async function readBundle(tx: Tx, campaign: CampaignRow, head: LogHead, n: number): Promise<LogEntry[]> {
  const fill = Math.min(tileWidth, head.size - n * tileWidth);
  return fill <= 0 ? [] : entriesFrom(tx, campaign, head, await tileEnd(tx, campaign.id, n - 1), fill);
}

/** Up to so many entries behind a place in the order. */
export async function entriesFrom(tx: Tx, campaign: CampaignRow, head: LogHead, after: LogKey, limit: number): Promise<LogEntry[]> {
  const r = await sql<ActRow & { logged_at: Instant }>`${actsInOrder(actColumns, campaign.id, after, head.last.enteredAt, limit)}`.execute(
    tx,
  );
  return r.rows.map((row) => ({
    // The stored text as it is, even where it is no JSON any more: the verifier names the entry.
    text: leafTextOf(fromRow({ ...row, payload: '{}' }, campaign.slug), row.payload),
    leaf: row.leaf,
    payload: row.payload,
    key: { enteredAt: row.logged_at, streamId: row.stream_id, streamSeq: row.stream_seq },
  }));
}
