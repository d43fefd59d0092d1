import { hash } from 'node:crypto';
import type { Act } from '../../domain/acts/act.ts';
import { canonicalJson, leafTextOf } from '../../domain/acts/leaf.ts';
import { isSealed } from '../../domain/acts/personal.ts';
import type { Instant } from '../../domain/kernel/instant.ts';

export interface ActRow {
  id: string;
  stream: string;
  stream_id: string;
  stream_seq: number;
  kind: string;
  schema_version: number;
  payload: string;
  actor_id: string;
  actor_org: string;
  actor_name: string;
  happened_at: Instant;
  recorded_at: Instant;
  leaf: Buffer;
}

export const actColumns =
  'id, stream, stream_id, stream_seq, kind, schema_version, payload, actor_id, actor_org, actor_name, happened_at, recorded_at, leaf';

/** Columns of an act that is written: what it says, the mark of whoever decided it, and when it came in if not when it is recorded. */
export const writtenColumns = `${actColumns}, mark, entered_at`;

/**
 * An act as a row to be stored.
 * @throws when a person is named in it bare (what is stored for ever holds commitments only), or when the database would give it back
 *         otherwise than it was hashed
 */
export function toRow(act: Act): ActRow {
  if (!isSealed(act)) throw new Error(`act ${act.id} names a person`);
  // The leaf is taken over what stands in the row: given back otherwise, it would never be the same again.
  const other = notGivenBack(act);
  if (other !== undefined) throw new Error(`act ${act.id} is not in canonical form: ${other}`);
  return rowOf(act);
}

/** What of an act PostgreSQL would give back otherwise: identifiers come in lower case, instants in whole milliseconds. */
function notGivenBack(act: Act): string | undefined {
  if (!uuid.test(act.id)) return 'id';
  if (!uuid.test(act.streamId)) return 'streamId';
  if (!Number.isSafeInteger(act.happenedAt) || !Number.isSafeInteger(act.recordedAt)) return 'time';
  if (!Number.isSafeInteger(act.seq) || !Number.isSafeInteger(act.schema)) return 'seq';
  // Half a surrogate pair, and a NUL, which no text column holds.
  const texts = `${act.actor.id}${act.actor.org}${act.actor.name}`;
  return texts.isWellFormed() && !texts.includes('\0') ? undefined : 'actor';
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An act as a row, with its leaf hash taken over the same canonical text that the payload column keeps. */
export function rowOf(act: Act): ActRow {
  const payload = canonicalJson(act.payload);
  return {
    id: act.id,
    stream: act.stream,
    stream_id: act.streamId,
    stream_seq: act.seq,
    kind: act.kind,
    schema_version: act.schema,
    payload,
    actor_id: act.actor.id,
    actor_org: act.actor.org,
    actor_name: act.actor.name,
    happened_at: act.happenedAt,
    recorded_at: act.recordedAt,
    leaf: hash('sha256', `\0${leafTextOf(act, payload)}`, 'buffer'),
  };
}

/** A stored row as an act. */
export function fromRow(row: ActRow, campaign: string): Act {
  return {
    id: row.id,
    campaign,
    stream: row.stream,
    streamId: row.stream_id,
    seq: row.stream_seq,
    kind: row.kind,
    schema: row.schema_version,
    payload: JSON.parse(row.payload),
    actor: { id: row.actor_id, org: row.actor_org, name: row.actor_name },
    happenedAt: row.happened_at,
    recordedAt: row.recorded_at,
  } as Act;
}
