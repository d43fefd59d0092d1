import { sql } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import type { CampaignRow } from '../acts/read.ts';
import type { Tx } from '../database.ts';
import { isId } from '../ledger/ids.ts';

export interface ObjectRow {
  readonly stream_id: string;
  readonly sha256: string;
  readonly item_id: string;
  readonly place: number;
  readonly bytes: number;
  readonly media_type: string;
  readonly kind: string;
  readonly name: string;
  readonly received_at: Instant;
  readonly sealed: boolean;
  readonly original: string | null;
  readonly transform: string | null;
}

const columns = sql.raw(
  "stream_id, encode(sha256, 'hex') as sha256, item_id, place, bytes, media_type, kind, name, received_at, sealed, encode(original, 'hex') as original, transform",
);

/** Objects that lie with a problem: originals and copies, the oldest receipt first. */
export async function listObjectsOf(tx: Tx, campaign: CampaignRow, itemId: string): Promise<ObjectRow[]> {
  const r = await sql<ObjectRow>`select ${columns} from evidence_objects where campaign_id = ${campaign.id} and item_id = ${itemId}
    order by received_at, sha256`.execute(tx);
  return r.rows;
}

/** A problem by id or number, with what evidence needs of it. */
export async function findSubject(
  tx: Tx,
  campaign: CampaignRow,
  idOrNo: string,
): Promise<{ id: string; no: string; place: number } | undefined> {
  const key = isId(idOrNo) ? sql`id = ${idOrNo}::uuid` : sql`no = ${idOrNo}`;
  const r = await sql<{ id: string; no: string; place: number }>`select id, no, place from items
    where campaign_id = ${campaign.id} and kind = 'problem' and ${key}`.execute(tx);
  return r.rows[0];
}

export interface ObjectCounts {
  readonly originals: number;
  readonly copies: number;
  readonly bytes: number;
  readonly unsealed: number;
}

/** How many objects all campaigns name, each once. */
export async function countObjects(tx: Tx): Promise<ObjectCounts> {
  const r = await sql<ObjectCounts>`select count(*) filter (where original is null) as originals,
      count(*) filter (where original is not null) as copies, coalesce(sum(bytes), 0) as bytes,
      count(*) filter (where original is null and not sealed) as unsealed
    from (select distinct on (sha256) * from evidence_objects order by sha256, original nulls first) o`.execute(tx);
  return r.rows[0] ?? { originals: 0, copies: 0, bytes: 0, unsealed: 0 };
}

/** Some objects by chance, each once, for reading again. */
export async function sampleObjects(tx: Tx, most: number): Promise<{ sha256: string; bytes: number }[]> {
  const r = await sql<{ sha256: string; bytes: number }>`select encode(sha256, 'hex') as sha256, max(bytes) as bytes from evidence_objects
    group by sha256 order by random() limit ${most}`.execute(tx);
  return r.rows;
}
