import { sql, type RawBuilder } from 'kysely';
import type { InstantRange } from '../../domain/kernel/day-range.ts';
import type { Instant, PlainDate } from '../../domain/kernel/instant.ts';
import type { PlaceRange } from '../../domain/kernel/place.ts';
import { foldText, searchKeys } from '../../domain/projections/search.ts';
import { importer } from '../acts/latest.ts';
import { ts } from '../database.ts';
import { watchOver } from './watch.ts';

export type LedgerSort = 'no' | 'deadline' | 'found' | 'place' | 'state' | 'updated';

/** A ledger question in the numbers of the tables. Lists that are null do not restrict. */
export interface LedgerFilter {
  readonly campaignId: number;
  readonly kind: string;
  /** Scope and places together. */
  readonly ranges: readonly PlaceRange[];
  readonly batches: readonly number[] | null;
  readonly states: readonly number[] | null;
  readonly aspects: readonly number[] | null;
  readonly types: readonly number[] | null;
  readonly clues: readonly string[] | null;
  readonly owner: string | null;
  /** Deadline after this and at or before that; null is open, but there must be a deadline. */
  readonly deadline: { readonly after: Instant | null; readonly upTo: Instant | null } | null;
  /** Found, or changed last as of the instant, from one instant on and before another. */
  readonly found?: InstantRange | undefined;
  readonly updated?: InstantRange | undefined;
  readonly supervised: boolean;
  readonly text: string | null;
  /** Only items at this source. */
  readonly source?: string;
  /** Only these items. */
  readonly ids?: readonly string[];
  /** All but these items. */
  readonly without?: readonly string[];
  /** Only items none of whose watches runs on this day. */
  readonly watchOver?: PlainDate;
  readonly asOf: Instant;
  /** Nothing has been recorded since `asOf`: the current lines are the answer. */
  readonly current: boolean;
  /** Lines are records of a register: what people did since changes none of them. */
  readonly historic?: boolean;
  /** Places must lie in a range; otherwise lines without a place belong to everyone who sees the campaign. */
  readonly onlyRanges?: boolean;
}

/** What a ledger question reads, as `r`: the current lines, or the intervals around an instant. */
export function linesOf(f: LedgerFilter): { readonly table: string; readonly id: string; readonly updated: string } {
  return f.current
    ? { table: 'items r', id: 'r.id', updated: 'r.updated_at' }
    : { table: 'item_spans r', id: 'r.item_id', updated: 'r.from_at' };
}

/** That the current lines answer for the instant: nothing was recorded after it. Seen in the same snapshot, else there are none. */
export function stillCurrent(f: LedgerFilter): RawBuilder<unknown> {
  return sql`not exists (select 1 from acts where campaign_id = ${f.campaignId} and recorded_at > ${ts(f.asOf)}${
    f.historic === true ? sql` and actor_id = ${importer}` : sql``
  })`;
}

/** What the line itself, or the interval, must fulfil, whichever table is read. Batches are left to whoever merges them. */
export function lineConditions(f: LedgerFilter, batches: readonly number[] | null = f.batches): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`r.campaign_id = ${f.campaignId} and r.kind = ${f.kind}`];
  if (!f.current) parts.push(sql`r.from_at <= ${ts(f.asOf)} and r.to_at > ${ts(f.asOf)}`);
  const ranges = f.ranges.map((x) => sql`(r.place >= ${x.from} and r.place < ${x.to})`);
  parts.push(
    f.onlyRanges === true && ranges.length === 1
      ? sql`r.place >= ${f.ranges[0]?.from} and r.place < ${f.ranges[0]?.to}`
      : sql`(${sql.join(f.onlyRanges === true ? ranges : [sql`r.place = 0`, ...ranges], sql` or `)})`,
  );
  parts.push(...among('batch', batches), ...among('state', f.states), ...among('aspect', f.aspects), ...among('type', f.types));
  if (f.supervised) parts.push(sql`r.batch > 0`);
  if (f.deadline !== null) {
    parts.push(f.deadline.upTo === null ? sql`r.deadline_at < 'infinity'` : sql`r.deadline_at <= ${ts(f.deadline.upTo)}`);
    if (f.deadline.after !== null) parts.push(sql`r.deadline_at > ${ts(f.deadline.after)}`);
  }
  if (f.found !== undefined) parts.push(...between('r.found_at', f.found));
  // An interval begins with a change, and later ones may leave it as it is: when the last was is looked up.
  if (f.updated !== undefined) parts.push(...(f.current ? between('r.updated_at', f.updated) : changedAround(f.updated)));
  return sql.join(parts, sql` and `);
}

function between(column: string, { from, before }: InstantRange): RawBuilder<unknown>[] {
  const c = sql.raw(column);
  return [...(from === null ? [] : [sql`${c} >= ${ts(from)}`]), ...(before === null ? [] : [sql`${c} < ${ts(before)}`])];
}

/** Intervals that can have their last change within a range: those that begin before its end and end after its beginning. */
function changedAround({ from, before }: InstantRange): RawBuilder<unknown>[] {
  return [...(before === null ? [] : [sql`r.from_at < ${ts(before)}`]), ...(from === null ? [] : [sql`r.to_at > ${ts(from)}`])];
}

/** That the last act on an item by the filter's instant was recorded within its range: a look into the acts, line by line. */
export function changeConditions(f: LedgerFilter, id: string): RawBuilder<unknown>[] {
  if (f.updated === undefined || f.current) return [];
  return [
    sql`(select ${sql.join([sql`true`, ...between('a.recorded_at', f.updated)], sql` and `)} from acts a where a.campaign_id = ${f.campaignId}
      and a.stream_id = ${sql.raw(id)} and a.recorded_at <= ${ts(f.asOf)} order by a.stream_seq desc limit 1)`,
  ];
}

/** Whether a filter asks for days: of the deadline, of finding or of the last change. */
export function asksDays(f: LedgerFilter): boolean {
  return f.deadline !== null || f.found !== undefined || f.updated !== undefined;
}

function among(column: string, list: readonly number[] | null): RawBuilder<unknown>[] {
  if (list === null) return [];
  const c = sql.raw(`r.${column}`);
  return [list.length === 1 ? sql`${c} = ${list[0]}` : sql`${c} = any(${list as number[]}::smallint[])`];
}

/** What only the item knows, under the name of its table. */
export function itemConditions(f: LedgerFilter, item: 'i' | 'r'): RawBuilder<unknown>[] {
  const parts: RawBuilder<unknown>[] = [];
  const i = sql.raw(item);
  if (f.clues !== null) parts.push(sql`${i}.clue = any(${f.clues as string[]}::text[])`);
  if (f.owner !== null) parts.push(sql`${i}.owner_org = ${f.owner}`);
  if (f.source !== undefined) parts.push(sql`${i}.source_id = ${f.source}`);
  if (f.ids !== undefined) parts.push(sql`${i}.id = any(${f.ids as string[]}::uuid[])`);
  if (f.watchOver !== undefined) parts.push(sql`(${watchOver(f.campaignId, `${item}.id`, f.asOf, f.watchOver)})`);
  if (f.without !== undefined) parts.push(sql`${i}.id <> all(${f.without as string[]}::uuid[])`);
  return parts;
}

/** Words of the search box, all of which must stand somewhere, as patterns; empty when nothing is searched for. */
export function wordPatterns(f: LedgerFilter): string[] {
  if (f.text === null) return [];
  return foldText(f.text)
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
}

/** Words of the search box on texts as `t`: candidates by pairs, then the text itself. */
export function textConditions(f: LedgerFilter): RawBuilder<unknown>[] {
  const patterns = wordPatterns(f);
  if (patterns.length === 0) return [];
  const keys = searchKeys(f.text ?? '');
  const candidates = keys.length === 0 ? [] : [sql`t.search @> ${`{${keys.join(',')}}`}::integer[]`];
  return [...candidates, ...patterns.map((p) => sql`t.folded like ${p}`)];
}

/** Tables and conditions of a question that is answered as a whole, as for counts: `r`, and what else it needs of `i` and `t`. */
export function fromWhere(
  f: LedgerFilter,
  more: { readonly item?: boolean; readonly and?: RawBuilder<unknown> } = {},
): RawBuilder<unknown> {
  const lines = linesOf(f);
  const id = sql.raw(lines.id);
  const item = itemConditions(f, 'i');
  const text = textConditions(f);
  const joins: RawBuilder<unknown>[] = [sql.raw(lines.table)];
  if (item.length > 0 || more.item === true) joins.push(sql`join items i on i.campaign_id = r.campaign_id and i.id = ${id}`);
  if (text.length > 0) joins.push(sql`join item_texts t on t.campaign_id = ${f.campaignId} and t.item_id = ${id}`);
  const where = [
    lineConditions(f),
    ...item,
    ...text,
    ...changeConditions(f, lines.id),
    ...(f.current ? [stillCurrent(f)] : []),
    ...(more.and === undefined ? [] : [more.and]),
  ];
  return sql`${sql.join(joins, sql` `)} where ${sql.join(where, sql` and `)}`;
}
