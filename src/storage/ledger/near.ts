import { sql, type RawBuilder } from 'kysely';
import type { PlaceRange } from '../../domain/kernel/place.ts';
import type { Tx } from '../database.ts';
import type { LedgerLine } from './read.ts';

export interface NearQuestion {
  readonly campaignId: number;
  /** Where the asker may look. */
  readonly ranges: readonly PlaceRange[];
  readonly sourceId: string | null;
  readonly unit: string;
  readonly place: number;
}

/** So many of one source or unit are compared, and so many others of the county. */
const [own, others] = [200, 500];

/**
 * Which problems a new one may be the same as: all at its source, those of its unit in its county, and those of the county whose
 * deadlines are last (or have none yet), since what is long over is seldom found again.
 *
 * At most 900 lines come back. Each run goes through an index; the time grows with the problems of one county, not of the campaign.
 */
export async function listNear(tx: Tx, q: NearQuestion): Promise<LedgerLine[]> {
  const reach = sql.join(
    q.ranges.map((r) => sql`(i.place >= ${r.from} and i.place < ${r.to})`),
    sql` or `,
  );
  const run = (where: RawBuilder<unknown>, limit: number) => sql`(select i.id from items i
    where i.campaign_id = ${q.campaignId} and i.kind = 'problem' and ${where} and (${reach}) order by i.deadline_at desc, i.id desc limit ${limit})`;
  const runs = [
    ...(q.sourceId === null ? [] : [run(sql`i.source_id = ${q.sourceId}::uuid`, own)]),
    ...(q.unit === '' ? [] : [run(sql`i.place = ${q.place} and i.unit = ${q.unit}`, own)]),
    run(sql`i.place = ${q.place}`, others),
  ];
  const r =
    await sql<LedgerLine>`select i.id, i.kind, i.no, i.unit, i.source_id, i.place, i.aspect, i.type, i.text, i.clue, i.batch, i.state,
      i.deadline_at, i.found_at, i.updated_at, i.version, i.amounts, i.owner_org
    from items i where i.campaign_id = ${q.campaignId} and i.id in (${sql.join(runs, sql` union `)})
    order by i.found_at desc, i.id`.execute(tx);
  return r.rows.map((line) => ({ ...line, sort_keys: [] }));
}
