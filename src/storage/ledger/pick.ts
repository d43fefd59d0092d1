import { sql, type RawBuilder } from 'kysely';
import { searchKeys } from '../../domain/projections/search.ts';
import { ts, type Tx } from '../database.ts';
import { knownCounts } from './known.ts';
import { batchesSql, beginningsSql, gatheredSql, changesWithin, lineSql, treeSql, type PageAsk } from './page.ts';
import { choosePlan, mostDayLines, type PagePlan } from './plan.ts';
import { lineConditions, linesOf, wordPatterns, type LedgerFilter } from './query.ts';

/** A line of a page before it is read: its id, the beginning of its interval (null for current lines) and the values of the order. */
export interface Picked {
  readonly id: string;
  readonly from_at: number | null;
  readonly k1: number;
  readonly k2: number;
}

/** Picks the lines of a page, in order, by the plan that is chosen for the question. */
export async function pickPage(tx: Tx, f: LedgerFilter, ask: PageAsk): Promise<Picked[]> {
  const batches = await batchesOf(tx, f);
  if (batches.length === 0) return [];
  const plan = choosePlan(
    f,
    ask.sort,
    await knownCounts(tx, f.campaignId, f.asOf),
    await textLines(tx, f),
    batches,
    await dayLines(tx, f, batches),
  );
  if (plan.by === 'batches' && plan.inTurn) return batchByBatch(tx, f, ask, batches, plan);
  const page = planSql(f, ask, plan, batches);
  return page === undefined ? stateByState(tx, f, ask) : (await sql<Picked>`${page}`.execute(tx)).rows;
}

/** The statement of a plan; none where it takes one for each state. */
export function planSql(f: LedgerFilter, ask: PageAsk, plan: PagePlan, batches: readonly number[]): RawBuilder<unknown> | undefined {
  switch (plan.by) {
    case 'gather':
      return gatheredSql(f, ask, plan.through, batches);
    case 'batches':
      return batchesSql(f, ask, batches, plan);
    case 'line':
      return lineSql(f, ask);
    case 'tree':
      return treeSql(f, ask, batches);
    case 'states':
      return undefined;
  }
}

/** Batch after batch, from the one that begins first, until none of the others can still come onto the page. */
export async function batchByBatch(
  tx: Tx,
  f: LedgerFilter,
  ask: PageAsk,
  batches: readonly number[],
  plan: Extract<PagePlan, { by: 'batches' }>,
): Promise<Picked[]> {
  const way = ask.descending ? -1 : 1;
  const starts = await sql<{ batch: number; k1: number }>`${beginningsSql(f, ask, batches)}`.execute(tx);
  const sparse = starts.rows.filter((x) => plan.sparse.includes(x.batch));
  const groups = starts.rows.filter((x) => !plan.sparse.includes(x.batch)).map((x) => ({ batches: [x.batch], from: x.k1 }));
  if (sparse.length > 0) {
    const from = sparse.reduce((least, x) => (x.k1 * way < least * way ? x.k1 : least), sparse[0]?.k1 ?? 0);
    groups.push({ batches: sparse.map((x) => x.batch), from });
  }
  let page: Picked[] = [];
  for (const group of groups.toSorted((a, b) => (a.from < b.from ? -way : a.from > b.from ? way : 0))) {
    const last = page.length === ask.limit ? page.at(-1)?.k1 : undefined;
    if (last !== undefined && group.from * way > last * way) break;
    const rows = (await sql<Picked>`${batchesSql(f, { ...ask, until: last }, group.batches, plan)}`.execute(tx)).rows;
    page = [...page, ...rows].toSorted((a, b) => inOrder(a, b) * way).slice(0, ask.limit);
  }
  return page;
}

/** By the value of the order, then by id. */
function inOrder(a: Picked, b: Picked): number {
  if (a.k1 !== b.k1) return a.k1 < b.k1 ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** State after state, each by deadline: in the past a state's lines may be few or many, and each is picked as fits. */
async function stateByState(tx: Tx, f: LedgerFilter, ask: PageAsk): Promise<Picked[]> {
  const states = [...(f.states ?? (await statesOf(tx, f)))].sort((a, b) => (ask.descending ? b - a : a - b));
  const out: Picked[] = [];
  for (const state of states) {
    const [last = Number.NaN, deadline = 0] = ask.after?.keys ?? [];
    if (ask.after !== undefined && (ask.descending ? state > last : state < last)) continue;
    const after = ask.after !== undefined && state === last ? { keys: [deadline], id: ask.after.id } : undefined;
    const limit = ask.limit - out.length;
    const rows = await pickPage(tx, { ...f, states: [state] }, { sort: 'deadline', descending: ask.descending, after, limit });
    out.push(...rows.map((row) => ({ ...row, k1: state, k2: row.k1 })));
    if (out.length === ask.limit) break;
  }
  return out;
}

/** Batches that had lines as of the filter's instant, and are asked for. */
export async function batchesOf(tx: Tx, f: LedgerFilter): Promise<number[]> {
  const among = (batch: number) => (f.batches?.includes(batch) ?? true) && (!f.supervised || batch > 0);
  if (f.current && f.batches !== null) return withDeadlines(tx, f, f.batches.filter(among));
  // From one to the next through the index, past all the lines between.
  const table = sql.raw(f.current ? 'items' : 'item_spans');
  const at = sql.raw(f.current ? 'first_recorded_at' : 'from_at');
  const first = sql.raw(f.current ? 'batch' : 'batch, from_at');
  const own = sql`campaign_id = ${f.campaignId} and kind = ${f.kind}`;
  const r = await sql<{ batch: number }>`with recursive b(batch, at) as (
      (select batch, ${at} from ${table} where ${own} order by ${first} limit 1)
      union all (select n.batch, n.at from b cross join lateral (select batch, ${at} as at from ${table}
        where ${own} and batch > b.batch order by ${first} limit 1) n))
    select batch from b ${f.current ? sql`` : sql`where at <= ${ts(f.asOf)}`}`.execute(tx);
  return withDeadlines(tx, f, r.rows.map((row) => row.batch).filter(among));
}

/** Of some batches, those with a deadline within the filter's: their first and last are at the ends of an index. */
async function withDeadlines(tx: Tx, f: LedgerFilter, batches: readonly number[]): Promise<number[]> {
  if (f.deadline === null || batches.length === 0) return [...batches];
  const table = sql.raw(f.current ? 'items' : 'item_spans');
  const edge = (way: 'asc' | 'desc') => sql`(select deadline_at from ${table} where campaign_id = ${f.campaignId} and kind = ${f.kind}
    and batch = b.batch order by deadline_at ${sql.raw(way)} limit 1)`;
  const r = await sql<{ batch: number }>`select batch from unnest(${batches as number[]}::smallint[]) as b(batch)
    where ${edge('asc')} ${f.deadline.upTo === null ? sql`< 'infinity'` : sql`<= ${ts(f.deadline.upTo)}`}${f.deadline.after === null ? sql`` : sql` and ${edge('desc')} > ${ts(f.deadline.after)}`}`.execute(
    tx,
  );
  return r.rows.map((row) => row.batch);
}

async function statesOf(tx: Tx, f: LedgerFilter): Promise<number[]> {
  const own = sql`campaign_id = ${f.campaignId} and kind = ${f.kind}`;
  const r = await sql<{ state: number }>`with recursive s(state) as (
      (select state from item_spans where ${own} order by state limit 1)
      union all (select n.state from s cross join lateral (select state from item_spans where ${own} and state > s.state order by state limit 1) n))
    select state from s`.execute(tx);
  return r.rows.map((row) => row.state);
}

/** About how many texts hold the words searched for, as the statistics have it; nothing is read. Null when nothing is searched for. */
async function textLines(tx: Tx, f: LedgerFilter): Promise<number | null> {
  if (wordPatterns(f).length === 0) return null;
  const keys = searchKeys(f.text ?? '').map((key) => Math.trunc(key));
  if (keys.length === 0) return Number.POSITIVE_INFINITY;
  // EXPLAIN takes no parameters; keys are whole numbers of our own making.
  const r = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`explain (format json) select 1 from item_texts
    where search @> ${sql.raw(`'{${keys.join(',')}}'::integer[]`)}`.execute(tx);
  return r.rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? null;
}

/**
 * How many lines have their deadline, finding or last change within the days asked for, counted no further than a plan needs: through
 * the indexes of a batch's lines by deadline, finding and change, or of acts by time. Null when no days are asked for; the deadlines of built-in views go with states, by which they are few.
 */
async function dayLines(tx: Tx, f: LedgerFilter, batches: readonly number[]): Promise<number | null> {
  const deadline = f.states === null ? f.deadline : null;
  if (f.found === undefined && f.updated === undefined && deadline === null) return null;
  const { campaignId, kind, ranges, asOf, current, found, updated } = f;
  const days = { ...unrestricted, campaignId, kind, ranges, asOf, current, found, updated, deadline };
  const lines =
    f.updated !== undefined && !f.current
      ? sql`select 1 from acts a where ${changesWithin(f)}`
      : sql`select 1 from ${sql.raw(linesOf(f).table)} where ${lineConditions(days, batches)}`;
  const r = await sql<{ n: number }>`select count(*) as n from (${lines} limit ${mostDayLines}) d`.execute(tx);
  return r.rows[0]?.n ?? 0;
}

const unrestricted = {
  ...{ batches: null, states: null, aspects: null, types: null, clues: null, owner: null, text: null },
  supervised: false,
};
