import { sql } from 'kysely';
import { alikeUpTo, turned } from '../../domain/evidence/likeness.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import type { CampaignRow } from '../acts/read.ts';
import { ts, type Tx } from '../database.ts';

/** A picture that lies with a problem and one that was handed in before and looks the same. */
export interface AlikeRow {
  readonly sha256: string;
  readonly other: string;
  readonly itemId: string;
  readonly no: string;
  readonly place: number;
  readonly receivedAt: Instant;
}

/**
 * Pictures of other problems, handed in no later, that look like some pictures of this one.
 *
 * Every picture of the campaign is compared with each of them: the time grows with the pictures that are kept. How fast was not measured.
 */
export async function listAlike(
  tx: Tx,
  campaign: CampaignRow,
  itemId: string,
  sha256: readonly string[],
  asOf?: Instant,
): Promise<AlikeRow[]> {
  if (sha256.length === 0) return [];
  const own = await sql<{ sha256: string; likeness: string; received_at: Instant }>`select encode(sha256, 'hex') as sha256,
      likeness::text as likeness, received_at from evidence_objects
    where campaign_id = ${campaign.id} and item_id = ${itemId} and likeness is not null
      and sha256 = any(${sha256.map((h) => Buffer.from(h, 'hex'))}::bytea[])`.execute(tx);
  const out: AlikeRow[] = [];
  for (const o of own.rows) {
    const apart = sql.join(turned(o.likeness).map((bits) => sql`bit_count(o.likeness # ${bits}::bit(256))`));
    const r =
      await sql<AlikeRow>`select ${o.sha256}::text as sha256, encode(o.sha256, 'hex') as other, o.item_id as "itemId", i.no, o.place,
        o.received_at as "receivedAt"
      from evidence_objects o join items i on i.campaign_id = o.campaign_id and i.id = o.item_id
      where o.campaign_id = ${campaign.id} and o.likeness is not null and o.item_id <> ${itemId}
        and o.received_at <= ${ts(asOf === undefined || asOf > o.received_at ? o.received_at : asOf)}
        and least(${apart}) <= ${alikeUpTo}
      order by o.received_at, i.no limit 20`.execute(tx);
    out.push(...r.rows);
  }
  return out;
}
