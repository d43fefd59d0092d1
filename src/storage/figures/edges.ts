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
 * @param stamp  also give the instant of each edge, as `at`
 */
export function edgesSql(
  campaignId: number,
  cube: Cube,
  after: Instant,
  upTo: Instant,
  facts?: readonly number[],
  stamp = false,
): RawBuilder<unknown> {
  const a = ts(after);
  const b = ts(upTo);
  const only = facts === undefined ? sql`` : sql`and fact = any(${facts as number[]}::smallint[])`;
  const columns = kept(cube);
  const at = (column: string) => (stamp ? sql`, ${sql.raw(column)} as at` : sql``);
  const counted = sql`
    select fact, ${columns}, measure, 1 as n, amount${at('from_at')} from fact_spans
      where campaign_id = ${campaignId} and from_at > ${a} and from_at <= ${b} ${only}
    union all select fact, ${columns}, measure, -1, -amount${at('to_at')} from fact_spans
      where campaign_id = ${campaignId} and to_at > ${a} and to_at <= ${b} and to_at < 'infinity' ${only}`;
  if (facts !== undefined && !facts.includes(itemFact)) return counted;
  return sql`${counted}
    union all select ${sql.raw(String(itemFact))}::smallint, ${columns}, state, 1, 0${at('from_at')} from item_spans
      where campaign_id = ${campaignId} and from_at > ${a} and from_at <= ${b}
    union all select ${sql.raw(String(itemFact))}::smallint, ${columns}, state, -1, 0${at('to_at')} from item_spans
      where campaign_id = ${campaignId} and to_at > ${a} and to_at <= ${b} and to_at < 'infinity'`;
}

/** Cells summed between neighbouring marks: entry i holds what changed after mark i-1 (for the first: after `last`) and by mark i. */
export async function sumEdges(tx: Tx, campaignId: number, cube: Cube, last: Instant, marks: readonly Instant[]): Promise<Cell[][]> {
  const out: Cell[][] = marks.map(() => []);
  const end = marks.at(-1);
  if (end === undefined) return out;
  // An edge at a mark belongs to it: one millisecond earlier, as many marks lie before it as its index says.
  const r = await sql<
    Cell & { i: number }
  >`select width_bucket(at - interval '1 millisecond', ${marks.map((m) => ts(m))}::timestamptz[]) as i,
      fact, place, batch, aspect, type, measure, sum(n) as n, sum(amount) as amount
    from (${edgesSql(campaignId, cube, last, end, undefined, true)}) e group by 1, fact, place, batch, aspect, type, measure`.execute(tx);
  for (const { i, ...cell } of r.rows) out[i]?.push(cell);
  return out;
}
