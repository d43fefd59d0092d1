import { sql } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import { importer } from '../acts/latest.ts';
import type { CampaignRow } from '../acts/read.ts';
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

/**
 * The log position that an answer stands for: how many entries the log had when the last act that counts had come in.
 *
 * In a historic campaign that is the last record of a snapshot by then. What people did before it came in is counted with it, whenever
 * it was recorded; what they did since is not.
 */
export async function logSizeAt(tx: Tx, campaign: Pick<CampaignRow, 'id' | 'mode'>, asOf: Instant): Promise<number> {
  const campaignId = campaign.id;
  if (campaign.mode === 'historic') return sizeWithRecords(tx, campaignId, asOf);
  const mark = await markBefore(tx, campaignId, cubeOf(1), asOf);
  const r = await sql<{
    n: number;
  }>`select coalesce((select acts from total_marks where campaign_id = ${campaignId} and cube = 1 and at = ${ts(mark)}), 0)
    + (select count(*) from acts where campaign_id = ${campaignId} and recorded_at > ${ts(mark)} and recorded_at <= ${ts(asOf)}) as n`.execute(
    tx,
  );
  return r.rows[0]?.n ?? 0;
}

async function sizeWithRecords(tx: Tx, campaignId: number, asOf: Instant): Promise<number> {
  const upTo = (
    at: 'recorded_at' | 'entered_at',
    which: string,
  ) => sql`(select count(*) from acts, last where acts.campaign_id = ${campaignId}
    and ${sql.raw(`acts.${which}`)} and acts.${sql.raw(at)} <= last.at
    and (acts.${sql.raw(at)}, acts.stream_id, acts.stream_seq) <= (last.at, last.stream_id, last.stream_seq))`;
  // Records of one instant came in together, so the last of them in the log is the last by stream as well.
  const r = await sql<{ n: number }>`with last as (
      select coalesce(entered_at, recorded_at) as at, stream_id, stream_seq from acts
      where campaign_id = ${campaignId} and actor_id = ${importer} and recorded_at <= ${ts(asOf)}
      order by recorded_at desc, stream_id desc, stream_seq desc limit 1)
    select ${upTo('recorded_at', 'entered_at is null')} + ${upTo('entered_at', 'entered_at is not null')} as n`.execute(tx);
  return r.rows[0]?.n ?? 0;
}

/** How many acts of a campaign came in by an instant. */
export async function enteredBy(tx: Tx, campaign: Pick<CampaignRow, 'id' | 'mode'>, at: Instant): Promise<number> {
  if (campaign.mode !== 'historic') return logSizeAt(tx, campaign, at);
  const r = await sql<{ n: number }>`select count(*) as n from acts where campaign_id = ${campaign.id}
    and coalesce(entered_at, recorded_at) <= ${ts(at)}`.execute(tx);
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
