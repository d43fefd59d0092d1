import { hash as digest } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { Edge, tileWidth } from '../../domain/log/tiles.ts';
import { rootOfHashes, type Hash } from '../../domain/log/merkle.ts';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';

/** SHA-256 of the runtime, several times as fast as the pure one. */
export const fastHash: Hash = (data) => digest('sha256', data, 'buffer');

/** Where an act stands in the order of the log: when it came in, then stream, then place in the stream. */
export interface LogKey {
  /** When it was recorded; of records of a later snapshot, when they were brought in. */
  readonly enteredAt: Instant;
  readonly streamId: string;
  readonly streamSeq: number;
}

/** The log as it was last signed. */
export interface LogHead {
  readonly size: number;
  readonly root: Buffer;
  readonly last: LogKey;
  readonly note: string;
  readonly signedAt: Instant;
}

interface HeadRow {
  size: number;
  root: Buffer;
  last_recorded_at: number;
  last_stream_id: string;
  last_stream_seq: number;
  note: string;
  signed_at: number;
}

/** The newest checkpoint, or the newest of at most `upTo` entries; undefined when nothing has been signed. */
export async function findHead(tx: Tx, campaignId: number, upTo?: number): Promise<LogHead | undefined> {
  const r = await sql<HeadRow>`select size, root, last_recorded_at, last_stream_id, last_stream_seq, note, signed_at from log_checkpoints
    where campaign_id = ${campaignId} and size <= ${upTo ?? Number.MAX_SAFE_INTEGER} order by size desc limit 1`.execute(tx);
  const row = r.rows[0];
  if (row === undefined) return undefined;
  return {
    size: row.size,
    root: row.root,
    last: { enteredAt: instant(row.last_recorded_at), streamId: row.last_stream_id, streamSeq: row.last_stream_seq },
    note: row.note,
    signedAt: instant(row.signed_at),
  };
}

/** Whether the log of a head holds an act of this place in the order, if there is one. */
export function reaches(head: LogHead, key: LogKey): boolean {
  const { last } = head;
  if (last.enteredAt !== key.enteredAt) return last.enteredAt > key.enteredAt;
  return last.streamId === key.streamId ? last.streamSeq >= key.streamSeq : last.streamId > key.streamId;
}

/** Where the last act that is committed now stands in the order; undefined when nothing was recorded. */
export async function findLastKey(tx: Tx, campaignId: number): Promise<LogKey | undefined> {
  const newest = (at: string, which: string) => sql`(select ${sql.raw(at)} as at, stream_id as stream, stream_seq as seq from acts
    where campaign_id = ${campaignId} and ${sql.raw(which)} order by ${sql.raw(at)} desc, stream_id desc, stream_seq desc limit 1)`;
  const r = await sql<{ at: number; stream: string; seq: number }>`${newest('recorded_at', 'entered_at is null')}
    union all ${newest('entered_at', 'entered_at is not null')} order by at desc, stream desc, seq desc limit 1`.execute(tx);
  const row = r.rows[0];
  return row === undefined ? undefined : { enteredAt: instant(row.at), streamId: row.stream, streamSeq: row.seq };
}

/** Before every act. */
export const logStart: LogKey = { enteredAt: instant(-1e12), streamId: '00000000-0000-0000-0000-000000000000', streamSeq: 0 };

export interface Entry {
  readonly id: string;
  readonly leaf: Buffer;
  readonly key: LogKey;
}

/**
 * Rows of acts behind a place in the log's order that came in at or before an instant, with `logged_at`, when they did.
 *
 * Most came in when they were recorded; of the others, which are behind an index of their own, only as many are read as are wanted.
 */
export function actsInOrder(columns: string, campaignId: number, after: LogKey, upTo: Instant, limit: number): RawBuilder<unknown> {
  const lane = (at: 'recorded_at' | 'entered_at', which: string) => sql`(select ${sql.raw(columns)}, ${sql.raw(at)} as logged_at from acts
    where campaign_id = ${campaignId} and ${sql.raw(which)}
      and ${sql.raw(at)} >= ${ts(after.enteredAt)} and ${sql.raw(at)} <= ${ts(upTo)}
      and (${sql.raw(at)}, stream_id, stream_seq) > (${ts(after.enteredAt)}, ${after.streamId}::uuid, ${after.streamSeq})
    order by ${sql.raw(at)}, stream_id, stream_seq limit ${limit})`;
  return sql`select * from (${lane('recorded_at', 'entered_at is null')} union all ${lane('entered_at', 'entered_at is not null')}) acts
    order by logged_at, stream_id, stream_seq limit ${limit}`;
}

/** Entries behind a place in the log's order that came in at or before an instant. */
export async function entriesAfter(tx: Tx, campaignId: number, after: LogKey, upTo: Instant, limit: number): Promise<Entry[]> {
  const r = await sql<{ id: string; leaf: Buffer; logged_at: number; stream_id: string; stream_seq: number }>`${actsInOrder(
    'id, leaf, stream_id, stream_seq',
    campaignId,
    after,
    upTo,
    limit,
  )}`.execute(tx);
  return r.rows.map((row) => ({
    id: row.id,
    leaf: row.leaf,
    key: { enteredAt: instant(row.logged_at), streamId: row.stream_id, streamSeq: row.stream_seq },
  }));
}

/** Where the last act of the n-th full tile of level 0 stands in the order; the start of the log for n = -1. */
export async function tileEnd(tx: Tx, campaignId: number, n: number): Promise<LogKey> {
  if (n < 0) return logStart;
  const r = await sql<{ at: number; stream: string; seq: number }>`select last_recorded_at as at, last_stream_id as stream,
      last_stream_seq as seq from log_tiles where campaign_id = ${campaignId} and level = 0 and n = ${n}`.execute(tx);
  const row = r.rows[0];
  if (row === undefined) throw new Error(`tile 0/${n} of the log is missing`);
  return { enteredAt: instant(row.at), streamId: row.stream, streamSeq: row.seq };
}

/** Hashes of a full tile; undefined when it is not there. */
export async function findTile(tx: Tx, campaignId: number, level: number, n: number): Promise<Buffer[] | undefined> {
  const r = await sql<{
    hashes: Buffer;
  }>`select hashes from log_tiles where campaign_id = ${campaignId} and level = ${level} and n = ${n}`.execute(tx);
  const bytes = r.rows[0]?.hashes;
  return bytes === undefined ? undefined : Array.from({ length: tileWidth }, (_, i) => bytes.subarray(i * 32, i * 32 + 32));
}

/**
 * The right edge of the log at its newest checkpoint, and the acts since its last full tile.
 * @throws when tiles or acts that the checkpoint stands for are missing
 */
export async function loadEdge(tx: Tx, campaignId: number, head: LogHead | undefined): Promise<{ edge: Edge; tail: Entry[] }> {
  if (head === undefined) return { edge: new Edge(fastHash), tail: [] };
  const levels: Uint8Array[][] = [];
  const fill = head.size % tileWidth;
  const before = await tileEnd(tx, campaignId, Math.floor(head.size / tileWidth) - 1);
  const tail = fill === 0 ? [] : await entriesAfter(tx, campaignId, before, head.last.enteredAt, fill);
  levels.push(tail.map((e) => e.leaf));
  for (let level = 1; tileWidth ** level <= head.size; level++) {
    const count = Math.floor(head.size / tileWidth ** level);
    const from = count - (count % tileWidth);
    const list: Uint8Array[] = [];
    for (let n = from; n < count; n++) {
      const tile = await findTile(tx, campaignId, level - 1, n);
      if (tile === undefined) throw new Error(`tile ${level - 1}/${n} of the log is missing`);
      list.push(rootOfHashes(tile, fastHash));
    }
    levels.push(list);
  }
  return { edge: new Edge(fastHash, head.size, levels), tail };
}
