import { sql } from 'kysely';
import { instant, startOfDate, dateOf, addDays, type Instant } from '../../domain/kernel/instant.ts';
import { ts, type Db, type Tx } from '../database.ts';
import type { CampaignRow } from '../acts/read.ts';
import { coarsen, cubes, type Cell, type Cube } from './cubes.ts';
import { sumEdges } from './edges.ts';

const marksAtOnce = 64;
const beginning = instant(-62_135_596_800_000);

/** The last mark of a cube at or before an instant; the beginning of time when there is none. */
export async function markBefore(tx: Tx, campaignId: number, cube: Cube, at: Instant): Promise<Instant> {
  const r = await sql<{ at: number | null }>`select max(at) as at from total_marks
    where campaign_id = ${campaignId} and cube = ${cube.no} and at <= ${ts(at)}`.execute(tx);
  const found = r.rows[0]?.at;
  return found === null || found === undefined ? beginning : instant(found);
}

/**
 * Writes totals at new marks up to an instant below which nothing can change any more.
 *
 * Marks stand at the ends of civil days (so that a curve by day reads them as they are) and wherever many edges have piled up.
 * @param upTo  at most the watermark; for a campaign loaded from records, its last recorded instant
 * @param every  edges between marks, for tests; each cube has its own
 * @param signal  ends it between two marks, which stand by themselves
 * @returns      how many marks were written
 */
export async function writeMarks(
  db: Db,
  campaign: CampaignRow,
  upTo: Instant,
  utcOffsetMinutes: number,
  every?: number,
  signal?: AbortSignal,
): Promise<number> {
  let written = 0;
  // Cubes mostly have marks up to the same instant, as after a load when they have none: how much lies after it is counted once.
  const loads = new Map<Instant, { end: number; n: number }[]>();
  for (const cube of cubes) {
    const last = await markBefore(db, campaign.id, cube, upTo);
    const loadsSince = loads.get(last) ?? (await edgeLoads(db, campaign.id, last, upTo));
    loads.set(last, loadsSince);
    const marks = chooseMarks(loadsSince, cube, every ?? cube.every, last, upTo, utcOffsetMinutes);
    const cells = await loadCells(db, campaign.id, cube, last);
    written += await writeCube(db, campaign, cube, last, marks, cells, (work) => {
      signal?.throwIfAborted();
      return db.transaction().execute(work);
    });
  }
  return written;
}

/** The marks of a campaign: where totals are kept. */
export async function listMarks(tx: Tx, campaignId: number): Promise<{ cube: Cube['no']; at: Instant }[]> {
  const r = await sql<{
    cube: Cube['no'];
    at: number;
  }>`select cube, at from total_marks where campaign_id = ${campaignId} order by cube, at`.execute(tx);
  return r.rows.map((row) => ({ cube: row.cube, at: instant(row.at) }));
}

/** Makes the totals of given marks again from the intervals, in a transaction that someone else holds. */
export async function remakeMarks(tx: Tx, campaign: CampaignRow, marks: readonly { cube: Cube['no']; at: Instant }[]): Promise<void> {
  for (const cube of cubes) {
    const own = marks.filter((m) => m.cube === cube.no).map((m) => m.at);
    await writeCube(tx, campaign, cube, beginning, own, new Map(), (work) => work(tx));
  }
}

async function writeCube(
  tx: Tx,
  campaign: CampaignRow,
  cube: Cube,
  last: Instant,
  marks: readonly Instant[],
  cells: Map<string, Cell>,
  within: (work: (tx: Tx) => Promise<void>) => Promise<void>,
): Promise<number> {
  let from = last;
  // Some marks at a time, so that memory does not grow with their number.
  for (let i = 0; i < marks.length; i += marksAtOnce) {
    const part = marks.slice(i, i + marksAtOnce);
    const edges = await sumEdges(tx, campaign.id, cube, from, part);
    for (const [k, at] of part.entries()) {
      for (const edge of edges[k] ?? []) add(cells, coarsen(cube, edge));
      await within((own) => writeMark(own, campaign, cube, at, from, cells));
      from = at;
    }
  }
  return marks.length;
}

/** Edges per quarter of an hour. */
async function edgeLoads(tx: Tx, campaignId: number, after: Instant, upTo: Instant): Promise<{ end: number; n: number }[]> {
  const part = (
    table: string,
    column: string,
  ) => sql`select floor(extract(epoch from ${sql.ref(column)}) / 900)::bigint as q from ${sql.table(table)}
    where campaign_id = ${campaignId} and ${sql.ref(column)} > ${ts(after)} and ${sql.ref(column)} <= ${ts(upTo)} and ${sql.ref(column)} < 'infinity'`;
  const r = await sql<{ q: number; n: number }>`select q, count(*) as n from (
      ${part('fact_spans', 'from_at')} union all ${part('fact_spans', 'to_at')}
      union all ${part('item_spans', 'from_at')} union all ${part('item_spans', 'to_at')}
    ) e group by q order by q`.execute(tx);
  return r.rows.map((row) => ({ end: (row.q + 1) * 900_000 - 1, n: row.n }));
}

function chooseMarks(
  loads: readonly { end: number; n: number }[],
  cube: Cube,
  every: number,
  last: Instant,
  upTo: Instant,
  offset: number,
): Instant[] {
  const marks = new Set<number>();
  let piled = 0;
  for (const load of loads) {
    piled += load.n;
    if (cube.daily) {
      const dayEnd = startOfDate(addDays(dateOf(instant(load.end), offset), 1), offset) - 1;
      if (dayEnd <= upTo && dayEnd > last) marks.add(dayEnd);
    }
    if (piled >= every && load.end <= upTo && load.end > last) {
      marks.add(load.end);
      piled = 0;
    }
  }
  return [...marks].sort((a, b) => a - b).map(instant);
}

const keyOf = (c: Cell) => `${c.fact}|${c.place}|${c.batch}|${c.aspect}|${c.type}|${c.measure}`;

function add(cells: Map<string, Cell>, edge: Cell): void {
  const key = keyOf(edge);
  const was = cells.get(key);
  const now = was === undefined ? edge : { ...was, n: was.n + edge.n, amount: was.amount + edge.amount };
  if (now.n === 0 && now.amount === 0) cells.delete(key);
  else cells.set(key, now);
}

async function loadCells(tx: Tx, campaignId: number, cube: Cube, at: Instant): Promise<Map<string, Cell>> {
  const r = await sql<Cell>`select fact, place, batch, aspect, type, measure, n, amount from figure_totals
    where campaign_id = ${campaignId} and cube = ${cube.no} and at = ${ts(at)}`.execute(tx);
  return new Map(r.rows.map((c) => [keyOf(c), c]));
}

async function writeMark(
  tx: Tx,
  campaign: CampaignRow,
  cube: Cube,
  at: Instant,
  from: Instant,
  cells: ReadonlyMap<string, Cell>,
): Promise<void> {
  const list = [...cells.values()];
  const column = (pick: (c: Cell) => number) => list.map(pick);
  const done = await sql<{ at: number }>`insert into total_marks (campaign_id, cube, at, acts)
    select ${campaign.id}, ${cube.no}, ${ts(at)}, coalesce((select acts from total_marks where campaign_id = ${campaign.id} and cube = ${cube.no} and at = ${ts(from)}), 0)
      + (select count(*) from acts where campaign_id = ${campaign.id} and recorded_at > ${ts(from)} and recorded_at <= ${ts(at)})
    on conflict do nothing returning at`.execute(tx);
  // Another process wrote the same mark: its cells are the same by construction.
  if (done.rows.length === 0) return;
  await sql`insert into figure_totals (campaign_id, cube, at, fact, place, batch, aspect, type, measure, n, amount)
    select ${campaign.id}, ${cube.no}, ${ts(at)}, * from unnest(${column((c) => c.fact)}::smallint[], ${column((c) => c.place)}::integer[],
      ${column((c) => c.batch)}::smallint[], ${column((c) => c.aspect)}::smallint[], ${column((c) => c.type)}::smallint[],
      ${column((c) => c.measure)}::smallint[], ${column((c) => c.n)}::bigint[], ${column((c) => c.amount)}::bigint[])`.execute(tx);
}

/** Drops every mark of a campaign; they are made again from the intervals. */
export async function dropMarks(tx: Tx, campaignId: number): Promise<void> {
  await sql`delete from figure_totals where campaign_id = ${campaignId}`.execute(tx);
  await sql`delete from total_marks where campaign_id = ${campaignId}`.execute(tx);
}
