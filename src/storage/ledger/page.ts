import { sql, type RawBuilder } from 'kysely';
import { mergeRanges } from '../../domain/kernel/place.ts';
import { nodesAround, openBucket } from '../projections/time-tree.ts';
import { ts } from '../database.ts';
import type { Gather, PagePlan } from './plan.ts';
import {
  changeConditions,
  itemConditions,
  lineConditions,
  linesOf,
  textConditions,
  wordPatterns,
  type LedgerFilter,
  type LedgerSort,
} from './query.ts';

/** Where a page goes on: the values of its order, then the id. */
export interface PageKey {
  readonly keys: readonly number[];
  readonly id: string;
}

export interface PageAsk {
  readonly sort: LedgerSort;
  readonly descending: boolean;
  readonly after?: PageKey | undefined;
  /** Lines whose first key lies behind this are of no use. */
  readonly until?: number | undefined;
  readonly limit: number;
}

/** By how many values a page is ordered before the id. Places and states hold many lines: within one, by deadline. */
export const keysOf: Readonly<Record<LedgerSort, number>> = { no: 1, deadline: 1, found: 1, updated: 1, place: 2, state: 2 };

/** Columns of an order. */
function orderColumns(f: LedgerFilter, sort: LedgerSort): readonly string[] {
  const { updated } = linesOf(f);
  return {
    no: ['r.no_seq'],
    deadline: ['r.deadline_at'],
    found: ['r.found_at'],
    updated: [updated],
    place: ['r.place', 'r.deadline_at'],
    state: ['r.state', 'r.deadline_at'],
  }[sort];
}

const isTime = (column: string) => column.endsWith('_at');

/** The select list of a run: id, beginning of the interval, and the values of the order. */
export function columns(f: LedgerFilter, ask: PageAsk): RawBuilder<unknown> {
  const [k1, k2] = orderColumns(f, ask.sort);
  const { id } = linesOf(f);
  return sql.raw(`${id} as id, ${f.current ? 'null::timestamptz' : 'r.from_at'} as from_at, ${k1} as k1, ${k2 ?? '0'} as k2`);
}

/** Order over the select list. */
function byKeys(ask: PageAsk): RawBuilder<unknown> {
  const way = ask.descending ? 'desc' : 'asc';
  return sql.raw(keysOf[ask.sort] === 2 ? `k1 ${way}, k2 ${way}, id ${way}` : `k1 ${way}, id ${way}`);
}

function afterKey(f: LedgerFilter, ask: PageAsk): RawBuilder<unknown> {
  const list = orderColumns(f, ask.sort);
  const first = list[0] as string;
  const until =
    ask.until === undefined
      ? sql``
      : sql` and ${sql.raw(first)} ${sql.raw(ask.descending ? '>=' : '<=')} ${isTime(first) ? ts(ask.until) : ask.until}`;
  return ask.after === undefined ? until : sql`${until} and ${besideKey(f, ask)}`;
}

/** Lines behind the key of a page in its order. */
export function besideKey(f: LedgerFilter, ask: PageAsk): RawBuilder<unknown> {
  const list = orderColumns(f, ask.sort);
  const values = list.map((c, i) => (isTime(c) ? ts(ask.after?.keys[i] ?? 0) : (ask.after?.keys[i] ?? 0)));
  return sql`(${sql.raw([...list, linesOf(f).id].join(', '))}) ${sql.raw(ask.descending ? '<' : '>')} (${sql.join([...values, sql`${ask.after?.id ?? ''}::uuid`])})`;
}

/** Of intervals, the one that holds the filter's instant. */
export function aliveConditions(f: LedgerFilter): RawBuilder<unknown> {
  return f.current ? sql`` : sql` and r.from_at <= ${ts(f.asOf)} and r.to_at > ${ts(f.asOf)}`;
}

/** The same over what was picked. */
function afterPicked(ask: PageAsk): RawBuilder<unknown> {
  if (ask.after === undefined) return sql``;
  const time = { no: [false], deadline: [true], found: [true], updated: [true], place: [false, true], state: [false, true] }[ask.sort];
  const values = time.map((t, i) => (t ? ts(ask.after?.keys[i] ?? 0) : (ask.after?.keys[i] ?? 0)));
  const names = sql.raw(time.length === 2 ? 'k1, k2, id' : 'k1, id');
  return sql` where (${names}) ${sql.raw(ask.descending ? '<' : '>')} (${sql.join([...values, sql`${ask.after.id}::uuid`])})`;
}

/** What the line's own table does not know, looked up line by line: for runs that end when the page is full. */
function elsewhereConditions(f: LedgerFilter, id: string): RawBuilder<unknown>[] {
  const item = f.current ? [] : itemConditions(f, 'i');
  const patterns = wordPatterns(f);
  const parts: RawBuilder<unknown>[] = [];
  const of = sql.raw(id);
  if (item.length > 0)
    parts.push(sql`(select ${sql.join(item, sql` and `)} from items i where i.campaign_id = ${f.campaignId} and i.id = ${of})`);
  if (patterns.length > 0) {
    const like = patterns.map((p) => sql`t.folded like ${p}`);
    parts.push(sql`(select ${sql.join(like, sql` and `)} from item_texts t where t.campaign_id = ${f.campaignId} and t.item_id = ${of})`);
  }
  parts.push(...changeConditions(f, id));
  return parts;
}

/** Conditions on the lines of a run, those that are looked up last. */
function whole(f: LedgerFilter, where: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql.join([ownConditions(f, where), ...elsewhereConditions(f, linesOf(f).id)], sql` and `);
}

/** Conditions on the line, with those that only the current line knows itself. */
function ownConditions(f: LedgerFilter, where: RawBuilder<unknown>): RawBuilder<unknown> {
  return f.current ? sql.join([where, ...itemConditions(f, 'r')], sql` and `) : where;
}

/** The tree over time: intervals that hold the instant, those with an end and those without. */
export function treeConditions(f: LedgerFilter): [RawBuilder<unknown>, RawBuilder<unknown>] {
  return [sql`r.node = any(${nodesAround(f.asOf)}::integer[])`, sql`r.node >= ${openBucket(f.asOf)} and r.node < 0`];
}

/** The page of one run: the order is asked for inside, so that the run ends when the page is full. */
function run(f: LedgerFilter, ask: PageAsk, where: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select ${columns(f, ask)} from ${sql.raw(linesOf(f).table)} where ${whole(f, where)}${afterKey(f, ask)}
    order by ${byKeys(ask)} limit ${ask.limit})`;
}

/** The page of some lines that are all taken, however they are found, and then sorted; what must be looked up comes last. */
function sorted(
  f: LedgerFilter,
  ask: PageAsk,
  where: RawBuilder<unknown>,
  from: RawBuilder<unknown> = sql.raw(linesOf(f).table),
): RawBuilder<unknown> {
  const all = sql`select * from (select ${columns(f, ask)} from ${from} where ${where} offset 0) x${afterPicked(ask)} order by ${byKeys(ask)}`;
  const elsewhere = elsewhereConditions(f, 'y.id');
  if (elsewhere.length === 0) return sql`(${all} limit ${ask.limit})`;
  return sql`(select * from (${all} offset 0) y where ${sql.join(elsewhere, sql` and `)} order by ${byKeys(ask)} limit ${ask.limit})`;
}

/** One page of the pages of several runs. */
function merged(runs: readonly RawBuilder<unknown>[], ask: PageAsk): RawBuilder<unknown> {
  if (runs.length === 1) return runs[0] as RawBuilder<unknown>;
  return sql`(select * from (${sql.join(runs, sql` union all `)}) m order by ${byKeys(ask)} limit ${ask.limit})`;
}

/** Picks a page by passing over lines in its order, in one run for each range of places where the order is by place. */
export function lineSql(f: LedgerFilter, ask: PageAsk): RawBuilder<unknown> {
  if (ask.sort !== 'place') return run(f, ask, lineConditions(f));
  return merged(
    placeParts(f).map((g) => run(g, ask, lineConditions(g))),
    ask,
  );
}

/** The filter with one range of places each, so that an index by place is entered at its beginning; none holds a place twice. */
function placeParts(f: LedgerFilter): LedgerFilter[] {
  return mergeRanges([{ from: 0, to: 1 }, ...f.ranges]).map((r) => ({ ...f, ranges: [r], onlyRanges: true }));
}

type ByBatch = Extract<PagePlan, { by: 'batches' }>;

/** Picks a page by merging one run for each batch, and one of all lines in the batches that hold few. */
export function batchesSql(f: LedgerFilter, ask: PageAsk, batches: readonly number[], plan: ByBatch): RawBuilder<unknown> {
  const dense = batches.filter((batch) => !plan.sparse.includes(batch));
  const runs = dense.map((batch) => {
    // Few problems are without a batch at any instant, and all were once: the tree finds those few.
    return !f.current && batch === 0 && f.kind === 'problem' ? unbatched(f, ask, plan.waiting) : run(f, ask, lineConditions(f, [batch]));
  });
  const few = batches.filter((batch) => plan.sparse.includes(batch));
  if (few.length > 0) runs.push(gatheredSql({ ...f, batches: few }, ask, 'state'));
  return merged(runs, ask);
}

/** Where each of some batches begins in the order of a page, whatever its lines are; those that have none are left out. */
export function beginningsSql(f: LedgerFilter, ask: PageAsk, batches: readonly number[]): RawBuilder<unknown> {
  const [first] = orderColumns(f, ask.sort);
  const column = sql.raw(first as string);
  const behind = ask.after?.keys[0];
  const onward =
    behind === undefined
      ? sql``
      : sql` and ${column} ${sql.raw(ask.descending ? '<=' : '>=')} ${isTime(first as string) ? ts(behind) : behind}`;
  return sql`select b.batch, x.k1 from unnest(${batches as number[]}::smallint[]) as b(batch)
    cross join lateral (select ${column} as k1 from ${sql.raw(linesOf(f).table)} where r.campaign_id = ${f.campaignId} and r.kind = ${f.kind}
      and r.batch = b.batch${onward} order by ${column} ${sql.raw(ask.descending ? 'desc' : 'asc')} limit 1) x`;
}

/** Problems without a batch at a past instant, found through the tree. */
function unbatched(f: LedgerFilter, ask: PageAsk, waiting: 'many' | 'few'): RawBuilder<unknown> {
  const where = lineConditions(f, [0]);
  const lookedUp = elsewhereConditions(f, 'r.item_id').length > 0;
  const restricted = lookedUp || f.states !== null || f.aspects !== null || f.types !== null;
  // None of them has a deadline: where they are many and nearly all belong, any will do.
  if (ask.sort === 'deadline' && waiting === 'many' && !restricted) return run(f, ask, where);
  const sortedAt = (tree: RawBuilder<unknown>) => sorted(f, ask, sql`${where} and ${tree}`);
  const [ended, open] = treeConditions(f);
  if (ask.sort === 'deadline' || (lookedUp && waiting === 'few')) return merged([sortedAt(ended), sortedAt(open)], ask);
  const around = nodesAround(f.asOf);
  // Runs that are merged look no further than they must; one run for all nodes is planned once, and most of them hold nothing.
  if (lookedUp) return merged([...around.map((node) => run(f, ask, sql`${where} and r.node = ${node}`)), sortedAt(open)], ask);
  const nodes = sql`(select x.* from unnest(${around}::integer[]) as n(node)
    cross join lateral ${run(f, ask, sql`${where} and r.node = n.node`)} x order by ${byKeys(ask)} limit ${ask.limit})`;
  return merged([nodes, sortedAt(open)], ask);
}

/** Picks a page of intervals by when they began, state by state, batch by batch and node by node of the tree. */
export function treeSql(f: LedgerFilter, ask: PageAsk, batches: readonly number[]): RawBuilder<unknown> {
  const [, open] = treeConditions(f);
  const where = lineConditions(f);
  const one = sql`r.state = n.state and r.batch = n.batch and r.node = n.node`;
  const ended = sql`(select x.* from (select s.state, b.batch, t.node from unnest(${f.states as number[]}::smallint[]) as s(state)
      cross join unnest(${batches as number[]}::smallint[]) as b(batch) cross join unnest(${nodesAround(f.asOf)}::integer[]) as t(node)) n
    cross join lateral ${run(f, ask, sql`${where} and ${one}`)} x order by ${byKeys(ask)} limit ${ask.limit})`;
  return merged([ended, sorted(f, ask, sql`${where} and ${open}`)], ask);
}

/** Picks a page by taking all lines that can belong. */
export function gatheredSql(
  f: LedgerFilter,
  ask: PageAsk,
  through: Gather,
  batches: readonly number[] | null = f.batches,
): RawBuilder<unknown> {
  switch (through) {
    case 'place':
      return merged(
        placeParts(f).map((g) => sorted(g, ask, ownConditions(g, lineConditions(g)))),
        ask,
      );
    case 'state': {
      const where = ownConditions(f, lineConditions(f));
      if (f.current) return sorted(f, ask, where);
      return merged(
        treeConditions(f).map((tree) => sorted(f, ask, sql`${where} and ${tree}`)),
        ask,
      );
    }
    case 'days': {
      if (f.updated !== undefined && !f.current) return gatheredItems(f, ask, 'changes');
      return sorted(f, ask, ownConditions(f, lineConditions(f, batches)));
    }
    case 'owner':
    case 'ids':
    case 'source':
    case 'text':
      return gatheredItems(f, ask, through);
  }
}

/** First the items, then what they were. */
function gatheredItems(f: LedgerFilter, ask: PageAsk, through: 'owner' | 'ids' | 'source' | 'text' | 'changes'): RawBuilder<unknown> {
  const lines = linesOf(f);
  const { source: _, ids: _ids, without: _without, watchOver: _watch, ...unsourced } = f;
  const rest: LedgerFilter =
    through === 'text' ? { ...f, text: null } : through === 'changes' ? f : { ...unsourced, owner: null, clues: null };
  const few =
    through === 'changes'
      ? sql`select distinct a.stream_id as id from acts a where ${changesWithin(f)}`
      : through === 'text'
        ? sql`select t.item_id as id from item_texts t where t.campaign_id = ${f.campaignId} and ${sql.join(textConditions(f), sql` and `)}`
        : sql`select i.id from items i where i.campaign_id = ${f.campaignId} and i.kind = ${f.kind} and ${sql.join(itemConditions(f, 'i'), sql` and `)}`;
  const alive = aliveConditions(f);
  const from = sql`(${few} offset 0) few cross join lateral (select * from ${sql.raw(lines.table)}
    where r.campaign_id = ${f.campaignId} and ${sql.raw(lines.id)} = few.id${alive} offset 0) r`;
  return sorted(rest, ask, ownConditions(rest, lineConditions(f)), from);
}

/** Acts recorded within the days of change that a filter asks for, by its instant. */
export function changesWithin(f: LedgerFilter): RawBuilder<unknown> {
  const { from = null, before = null } = f.updated ?? {};
  const parts = [sql`a.campaign_id = ${f.campaignId} and a.recorded_at <= ${ts(f.asOf)}`];
  if (from !== null) parts.push(sql`a.recorded_at >= ${ts(from)}`);
  if (before !== null) parts.push(sql`a.recorded_at < ${ts(before)}`);
  return sql.join(parts, sql` and `);
}
