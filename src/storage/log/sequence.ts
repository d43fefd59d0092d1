import { sql } from 'kysely';
import { same } from '../../domain/log/merkle.ts';
import { tileWidth, type Edge, type Tile } from '../../domain/log/tiles.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import type { CampaignRow } from '../acts/read.ts';
import { ts, type Db, type Tx } from '../database.ts';
import { tryForCampaign } from '../locks.ts';
import { findHead, loadEdge, logStart, type Entry, type LogHead, type LogKey } from './head.ts';
import { actsAfter, entryOf, findUnmarked, type Unmarked } from './marked.ts';
import type { HeadKeeper } from './keeper.ts';
import type { Marks } from './marks.ts';

/** The log in the database is not the one that was signed: nothing more is signed until someone has looked. */
export class LogFork extends Error {
  readonly campaign: string;
  readonly signed: number;
  constructor(campaign: string, signed: number, why: string) {
    super(`log of ${campaign}: ${why}; ${signed} entries were signed`);
    this.name = 'LogFork';
    this.campaign = campaign;
    this.signed = signed;
  }
}

export interface Step {
  /** Undefined when another process numbers this log at the moment, or nothing was ever recorded. */
  readonly head: LogHead | undefined;
  readonly added: number;
  /** There may be more at once. */
  readonly more: boolean;
  /** The next act, when the log does not take it. */
  readonly unmarked?: Unmarked;
}

/** The edge of a log between two steps of this process. */
export class SequencerMemory {
  edge: Edge | undefined;
  /** Acts since the last full tile. */
  tail: Entry[] = [];
  /** Size of the log at which the next act is not taken: as long as it stands there, nothing behind it need be read. */
  stopped: number | undefined;
}

/**
 * Numbers the next acts of a campaign and signs the log that they make: one transaction, one process at a time.
 *
 * The number of an act is its place in the order of coming in; so the log as of T is the first so many entries. What is signed is
 * kept outside the database before it is committed; a log that is shorter or other than that is not signed any further. Nor is an act
 * that does not carry a right mark, and nothing behind it.
 * @param upTo  nothing that came in at or before it can still appear
 * @throws LogFork
 */
export async function sequenceStep(
  db: Db,
  keeper: HeadKeeper,
  marks: Marks,
  campaign: CampaignRow,
  memory: SequencerMemory,
  q: { upTo: Instant; now: Instant; most: number },
): Promise<Step> {
  return db.transaction().execute(async (tx) => {
    const lock = await sql<{ got: boolean }>`select ${tryForCampaign('sequencer', campaign.id)} as got`.execute(tx);
    if (lock.rows[0]?.got !== true) return { head: undefined, added: 0, more: false };
    const signed = keeper.lastSigned(campaign.slug)?.size ?? 0;
    try {
      return await lockedStep(tx, keeper, marks, campaign, memory, { ...q, signed });
    } catch (error) {
      // What was signed is kept outside of the transaction: a process that was frozen as it kept that, and lost its transaction, keeps it
      // once it moves again. Whether the log still agrees is for the next step to say, which begins with what is kept now.
      if (error instanceof LogFork && (keeper.lastSigned(campaign.slug)?.size ?? 0) !== signed) throw othersSign(campaign);
      throw error;
    }
  });
}

function othersSign(campaign: CampaignRow): Error {
  return new Error(`log of ${campaign.slug}: another process signs it`);
}

async function lockedStep(
  tx: Tx,
  keeper: HeadKeeper,
  marks: Marks,
  campaign: CampaignRow,
  memory: SequencerMemory,
  q: { upTo: Instant; now: Instant; most: number; signed: number },
): Promise<Step> {
  const head = await findHead(tx, campaign.id);
  // What was signed and not committed, for a crash between the two, is committed first, as it was signed.
  const pending = q.signed - (head?.size ?? 0);
  const most = pending > 0 ? pending : memory.stopped === (head?.size ?? 0) ? 1 : q.most;
  const size = head?.size ?? 0;
  const rows = await actsAfter(tx, campaign.id, head?.last ?? logStart, q.upTo, most);
  const unmarked = await findUnmarked(tx, campaign, marks, rows, size, size + Math.max(pending, 0));
  memory.stopped = unmarked?.index;
  const entries = rows.slice(0, unmarked === undefined ? rows.length : unmarked.index - size).map(entryOf);
  if (entries.length === 0) {
    checkHead(keeper, campaign, head);
    return { head, added: 0, more: false, ...(unmarked === undefined ? {} : { unmarked }) };
  }
  if (memory.edge === undefined || memory.edge.size !== size) Object.assign(memory, await loadEdge(tx, campaign.id, head));
  const edge = memory.edge as Edge;
  if (head !== undefined && !same(edge.root(), head.root)) {
    memory.edge = undefined;
    throw new LogFork(campaign.slug, head.size, 'its tiles and acts do not make the root that was signed');
  }
  try {
    const next = await append(tx, keeper, campaign, { ...memory, edge }, entries, q.now);
    memory.tail = next.tail;
    return { head: next.head, added: entries.length, more: rows.length === most, ...(unmarked === undefined ? {} : { unmarked }) };
  } catch (error) {
    // The edge has grown and the database has not.
    memory.edge = undefined;
    throw error;
  }
}

/** Even without anything new: what the database calls the newest log must not be less than what was signed. */
function checkHead(keeper: HeadKeeper, campaign: CampaignRow, head: LogHead | undefined): void {
  const signed = keeper.lastSigned(campaign.slug);
  if (signed === undefined) return;
  if (signed.size > (head?.size ?? 0)) throw new LogFork(campaign.slug, signed.size, 'the database holds fewer entries than were signed');
  if (head !== undefined && signed.size === head.size && !same(signed.root, head.root)) {
    throw new LogFork(campaign.slug, signed.size, 'another root was signed for this size');
  }
}

async function append(
  tx: Tx,
  keeper: HeadKeeper,
  campaign: CampaignRow,
  memory: { edge: Edge; tail: readonly Entry[] },
  entries: readonly Entry[],
  now: Instant,
): Promise<{ head: LogHead; tail: Entry[] }> {
  const { edge } = memory;
  const signed = keeper.lastSigned(campaign.slug);
  let tail = [...memory.tail];
  const tiles: { tile: Tile; acts: readonly Entry[] | null }[] = [];
  let checked = signed === undefined || signed.size <= edge.size;
  for (const entry of entries) {
    tail.push(entry);
    for (const tile of edge.push(entry.leaf)) tiles.push({ tile, acts: tile.level === 0 ? tail : null });
    if (tail.length === tileWidth) tail = [];
    if (signed !== undefined && edge.size === signed.size) {
      if (!same(edge.root(), signed.root)) throw new LogFork(campaign.slug, signed.size, 'its acts do not make the root that was signed');
      checked = true;
    }
  }
  if (!checked) throw new LogFork(campaign.slug, signed?.size ?? 0, 'the database holds fewer entries than were signed');
  await insertTiles(tx, campaign.id, tiles);
  const next = { size: edge.size, root: edge.root() };
  // A process that was frozen since it read this has lost its transaction, and another one may have signed. What it signed now would
  // never be stored, and a signed head that is missing is a fault for ever.
  if (keeper.lastSigned(campaign.slug)?.size !== signed?.size) throw othersSign(campaign);
  const last = (entries.at(-1) as Entry).key;
  if (signed?.size !== next.size) keeper.remember(campaign.slug, next);
  const note = keeper.sign(campaign.slug, next);
  await insertCheckpoint(tx, campaign.id, next, last, note, now);
  return { head: { size: next.size, root: Buffer.from(next.root), last, note, signedAt: now }, tail };
}

async function insertTiles(tx: Tx, campaignId: number, list: readonly { tile: Tile; acts: readonly Entry[] | null }[]): Promise<void> {
  for (let i = 0; i < list.length; i += 100) {
    const values = list.slice(i, i + 100).map(({ tile, acts }) => {
      const last = acts?.at(-1)?.key;
      const ids = acts === null ? null : acts.map((a) => a.id);
      const at = last === undefined ? null : ts(last.enteredAt);
      return sql`(${campaignId}::bigint, ${tile.level}::smallint, ${tile.n}::bigint, ${Buffer.concat(tile.hashes)}::bytea, ${ids}::uuid[],
        ${at}::timestamptz, ${last?.streamId ?? null}::uuid, ${last?.streamSeq ?? null}::integer)`;
    });
    await sql`insert into log_tiles (campaign_id, level, n, hashes, act_ids, last_recorded_at, last_stream_id, last_stream_seq)
      values ${sql.join(values)}`.execute(tx);
  }
}

async function insertCheckpoint(
  tx: Tx,
  campaignId: number,
  head: { size: number; root: Uint8Array },
  last: LogKey,
  note: string,
  now: Instant,
): Promise<void> {
  await sql`insert into log_checkpoints (campaign_id, size, root, last_recorded_at, last_stream_id, last_stream_seq, note, signed_at)
    values (${campaignId}, ${head.size}, ${Buffer.from(head.root)}, ${ts(last.enteredAt)}, ${last.streamId}, ${last.streamSeq}, ${note}, ${ts(now)})`.execute(
    tx,
  );
}
