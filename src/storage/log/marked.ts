import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { leafTextOf } from '../../domain/acts/leaf.ts';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import type { CampaignRow } from '../acts/read.ts';
import { actColumns, fromRow, type ActRow } from '../acts/rows.ts';
import type { Tx } from '../database.ts';
import { marksBeganAt } from './begin-marks.ts';
import { actsInOrder, type Entry, type LogKey } from './head.ts';
import type { Marks } from './marks.ts';

/** An act that the log does not take: nobody who holds the marking key decided it as it stands. */
export interface Unmarked {
  readonly id: string;
  readonly kind: string;
  readonly stream: string;
  readonly streamId: string;
  /** The number that it would have in the log. */
  readonly index: number;
  readonly why: string;
}

/** Acts follow that carry no right mark: the log is signed up to them and no further until someone has looked. */
export class UnmarkedAct extends Error {
  readonly campaign: string;
  readonly act: Unmarked;
  constructor(campaign: string, act: Unmarked) {
    super(`log of ${campaign}: act ${act.id} (${act.kind}, ${act.stream} ${act.streamId}) is not signed as entry ${act.index}: ${act.why}`);
    this.name = 'UnmarkedAct';
    this.campaign = campaign;
    this.act = act;
  }
}

export type MarkedRow = ActRow & { readonly mark: Buffer | null; readonly logged_at: number };

/** Whole acts behind a place in the log's order, with their marks. */
export async function actsAfter(tx: Tx, campaignId: number, after: LogKey, upTo: Instant, limit: number): Promise<MarkedRow[]> {
  const r = await sql<MarkedRow>`${actsInOrder(`${actColumns}, mark`, campaignId, after, upTo, limit)}`.execute(tx);
  return r.rows;
}

export function entryOf(row: MarkedRow): Entry {
  return { id: row.id, leaf: row.leaf, key: { enteredAt: instant(row.logged_at), streamId: row.stream_id, streamSeq: row.stream_seq } };
}

/** Why an act was not decided as it stands by whoever holds the key; undefined when it was. */
function wrongWith(row: MarkedRow, campaign: CampaignRow, marks: Marks): string | undefined {
  if (row.mark === null) return 'it carries no mark';
  if (!marks.isRight(campaign.slug, row.leaf, row.mark)) return 'its mark was not made here';
  // A mark is over the hash: one that came with another act's hash says nothing about this one.
  const text = leafTextOf(fromRow({ ...row, payload: '{}' }, campaign.slug), row.payload);
  return hash('sha256', `\0${text}`, 'buffer').equals(row.leaf) ? undefined : 'its hash is not that of what it says';
}

/**
 * The first of some acts that the log does not take.
 * @param from  number that the first of them has in the log
 * @param upTo  below this number nothing is looked at: it was signed before
 */
export async function findUnmarked(
  tx: Tx,
  campaign: CampaignRow,
  marks: Marks,
  rows: readonly MarkedRow[],
  from: number,
  upTo: number,
): Promise<Unmarked | undefined> {
  let began: number | undefined;
  for (const [i, row] of rows.entries()) {
    const index = from + i;
    const why = index < upTo ? undefined : wrongWith(row, campaign, marks);
    if (why === undefined) continue;
    // Acts of an earlier release have none.
    began ??= await marksBeganAt(tx, campaign, marks);
    if (index >= began) return { id: row.id, kind: row.kind, stream: row.stream, streamId: row.stream_id, index, why };
  }
  return undefined;
}
