import { sql } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';
import { cubeOf, type Cell, type Cube } from './cubes.ts';
import { edgesSql } from './edges.ts';
import { markBefore } from './marks.ts';

/**
 * Totals of a cube as of an instant: the last mark and the edges since.
 * @param facts  numbers of the facts that are wanted
 * @returns      cells with their counts and sums; cells of nothing are left out
 */
export async function totalsAt(tx: Tx, campaignId: number, cubeNo: 1 | 2 | 3, facts: readonly number[], asOf: Instant): Promise<Cell[]> {
  const cube = cubeOf(cubeNo);
  const mark = await markBefore(tx, campaignId, cube, asOf);
  const r = await sql<Cell>`select fact, place, batch, aspect, type, measure, sum(n) as n, sum(amount) as amount from (
      select fact, place, batch, aspect, type, measure, n, amount from figure_totals
        where campaign_id = ${campaignId} and cube = ${cube.no} and at = ${ts(mark)} and fact = any(${facts as number[]}::smallint[])
      union all ${edgesSql(campaignId, cube, mark, asOf, facts)}
    ) t group by fact, place, batch, aspect, type, measure having sum(n) <> 0 or sum(amount) <> 0`.execute(tx);
  return r.rows;
}

/** Acts of a campaign recorded by an instant: the log position an answer stands for. */
export async function logSizeAt(tx: Tx, campaignId: number, asOf: Instant): Promise<number> {
  const mark = await markBefore(tx, campaignId, cubeOf(1), asOf);
  const r = await sql<{
    n: number;
  }>`select coalesce((select acts from total_marks where campaign_id = ${campaignId} and cube = 1 and at = ${ts(mark)}), 0)
    + (select count(*) from acts where campaign_id = ${campaignId} and recorded_at > ${ts(mark)} and recorded_at <= ${ts(asOf)}) as n`.execute(
    tx,
  );
  return r.rows[0]?.n ?? 0;
}

/**
 * Cells of the city cube at the ends of given days, all in one read.
 *
 * Every day with an edge ends in a mark as far as marks reach, so the last mark at or before a day's end is that day's total;
 * the days after the last mark are summed from the edges.
 * @param ends  ascending; none after what may be answered
 */
export async function totalsByDay(tx: Tx, campaignId: number, facts: readonly number[], ends: readonly Instant[]): Promise<Cell[][]> {
  const cube: Cube = cubeOf(1);
  const last = ends.at(-1);
  if (last === undefined) return [];
  const reach = await markBefore(tx, campaignId, cube, last);
  const r = await sql<Cell & { i: number }>`with days as (
      select i::int as i, d, (select max(at) from total_marks m where m.campaign_id = ${campaignId} and m.cube = 1 and m.at <= d) as mark
      from unnest(${ends.map((e) => ts(e))}::timestamptz[]) with ordinality as u(d, i)
    ) select days.i, t.fact, t.place, t.batch, t.aspect, t.type, t.measure, t.n, t.amount
      from days join figure_totals t on t.campaign_id = ${campaignId} and t.cube = 1 and t.at = days.mark
      where t.fact = any(${facts as number[]}::smallint[])`.execute(tx);
  const out: Cell[][] = ends.map(() => []);
  for (const { i, ...cell } of r.rows) out[i - 1]?.push(cell);
  const after = ends.findIndex((e) => e > reach);
  if (after >= 0) {
    for (let i = after; i < ends.length; i++) out[i] = await totalsAt(tx, campaignId, 1, facts, ends[i] as Instant);
  }
  return out;
}
