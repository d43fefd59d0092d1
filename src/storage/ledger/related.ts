import { sql } from 'kysely';
import type { PlaceRange } from '../../domain/kernel/place.ts';
import type { Tx } from '../database.ts';

/** Numbers before and after an item among those of its kind that the asker may see. */
export async function findNeighbours(
  tx: Tx,
  campaignId: number,
  id: string,
  scope: readonly PlaceRange[],
): Promise<{ previous: string | null; following: string | null }> {
  const places = sql.join(
    scope.map((r) => sql`(place >= ${r.from} and place < ${r.to})`),
    sql` or `,
  );
  const r = await sql<{ previous: string | null; following: string | null }>`with own as (
      select kind, no_seq, id from items where campaign_id = ${campaignId} and id = ${id})
    select (select i.no from items i, own where i.campaign_id = ${campaignId} and i.kind = own.kind and (i.no_seq, i.id) < (own.no_seq, own.id) and (${places})
        order by i.no_seq desc, i.id desc limit 1) as previous,
      (select i.no from items i, own where i.campaign_id = ${campaignId} and i.kind = own.kind and (i.no_seq, i.id) > (own.no_seq, own.id) and (${places})
        order by i.no_seq, i.id limit 1) as following`.execute(tx);
  return r.rows[0] ?? { previous: null, following: null };
}

export interface RelatedCase {
  readonly id: string;
  readonly no: string;
  readonly amount: number;
  readonly measure: string | null;
  readonly decidedAt: string | null;
}

/** Penalty cases filed on a problem or a source. */
export async function listCasesOf(tx: Tx, campaignId: number, subjectId: string): Promise<RelatedCase[]> {
  const r = await sql<{ id: string; no: string; amounts: { fine?: number } | null }>`select i.id, i.no, i.amounts from items i
    where i.campaign_id = ${campaignId} and i.kind = 'case' and i.source_id = ${subjectId} order by i.no_seq limit 200`.execute(tx);
  return r.rows.map((row) => ({ id: row.id, no: row.no, amount: row.amounts?.fine ?? 0, measure: null, decidedAt: null }));
}
