import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';
import { itemFact } from '../projections/fact-names.ts';
import type { Cell, Cube } from './cubes.ts';

/** Which columns of an edge a cube keeps. */
function kept(cube: Cube, place: RawBuilder<unknown> = sql.raw('place')): RawBuilder<unknown> {
  const where = cube.place === 'county' ? place : cube.place === 'city' ? sql`(${place} - ${place} % 100)` : sql.raw('0');
  return cube.kinds ? sql`${where} as place, batch, aspect, type` : sql`${where} as place, batch, 0 as aspect, 0 as type`;
}

/**
 * Beginnings and ends of counted intervals in (after, upTo], as signed cells. The ledger's own lines count as fact 0 with their
 * state as the measure.
 * @param facts  only these facts; all when undefined
 */
export function edgesSql(campaignId: number, cube: Cube, after: Instant, upTo: Instant, facts?: readonly number[]): RawBuilder<unknown> {
  const a = ts(after);
  const b = ts(upTo);
  const only = facts === undefined ? sql`` : sql`and fact = any(${facts as number[]}::smallint[])`;
  const columns = kept(cube);
  const counted = sql`
    select fact, ${columns}, measure, 1 as n, amount from fact_spans
      where campaign_id = ${campaignId} and from_at > ${a} and from_at <= ${b} ${only}
    union all select fact, ${columns}, measure, -1, -amount from fact_spans
      where campaign_id = ${campaignId} and to_at > ${a} and to_at <= ${b} and to_at < 'infinity' ${only}`;
  if (facts !== undefined && !facts.includes(itemFact)) return counted;
  return sql`${counted}
    union all select ${sql.raw(String(itemFact))}::smallint, ${columns}, state, 1, 0 from item_spans
      where campaign_id = ${campaignId} and from_at > ${a} and from_at <= ${b}
    union all select ${sql.raw(String(itemFact))}::smallint, ${columns}, state, -1, 0 from item_spans
      where campaign_id = ${campaignId} and to_at > ${a} and to_at <= ${b} and to_at < 'infinity'`;
}

/** The same, summed by cell. */
export async function sumEdges(tx: Tx, campaignId: number, cube: Cube, after: Instant, upTo: Instant): Promise<Cell[]> {
  const r = await sql<Cell>`select fact, place, batch, aspect, type, measure, sum(n) as n, sum(amount) as amount
    from (${edgesSql(campaignId, cube, after, upTo)}) e group by fact, place, batch, aspect, type, measure`.execute(tx);
  return r.rows;
}
