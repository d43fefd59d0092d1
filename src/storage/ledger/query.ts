import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import type { PlaceRange } from '../../domain/kernel/place.ts';
import { foldText, searchKeys } from '../../domain/projections/search.ts';
import { ts } from '../database.ts';

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
  /** Deadline after this and at or before that. */
  readonly deadline: { readonly after: Instant | null; readonly upTo: Instant } | null;
  readonly supervised: boolean;
  readonly text: string | null;
  /** Only items at this source. */
  readonly source?: string;
  readonly asOf: Instant;
  /** Nothing has been recorded since `asOf`: the current lines are the answer. */
  readonly current: boolean;
}

const pastColumns = {
  state: 's.state',
  batch: 's.batch',
  deadline_at: 's.deadline_at',
  updated_at: 's.from_at',
  place: 's.place',
  aspect: 's.aspect',
  type: 's.type',
} as const;
const nowColumns = {
  state: 'i.state',
  batch: 'i.batch',
  deadline_at: 'i.deadline_at',
  updated_at: 'i.updated_at',
  place: 'i.place',
  aspect: 'i.aspect',
  type: 'i.type',
} as const;

export function columnsOf(f: LedgerFilter): Record<keyof typeof nowColumns, string> {
  return f.current ? nowColumns : pastColumns;
}

/** The tables a ledger question reads: current lines, or the intervals around an instant. */
export function fromWhere(f: LedgerFilter): RawBuilder<unknown> {
  const c = columnsOf(f);
  const col = (name: keyof typeof nowColumns) => sql.raw(c[name]);
  // The current lines answer for an instant only while nothing was recorded after it; seen in the same snapshot, else there are none.
  const base = f.current
    ? sql`items i where i.campaign_id = ${f.campaignId} and i.kind = ${f.kind}
        and not exists (select 1 from acts where campaign_id = ${f.campaignId} and recorded_at > ${ts(f.asOf)})`
    : sql`item_spans s join items i on i.campaign_id = s.campaign_id and i.id = s.item_id
        where s.campaign_id = ${f.campaignId} and s.kind = ${f.kind} and s.from_at <= ${ts(f.asOf)} and s.to_at > ${ts(f.asOf)}`;
  const parts: RawBuilder<unknown>[] = [base];
  parts.push(
    sql` and (${sql.join([sql`${col('place')} = 0`, ...f.ranges.map((r) => sql`(${col('place')} >= ${r.from} and ${col('place')} < ${r.to})`)], sql` or `)})`,
  );
  const among = (name: keyof typeof nowColumns, list: readonly number[] | null) => {
    if (list !== null)
      parts.push(list.length === 1 ? sql` and ${col(name)} = ${list[0]}` : sql` and ${col(name)} = any(${list as number[]}::smallint[])`);
  };
  among('batch', f.batches);
  among('state', f.states);
  among('aspect', f.aspects);
  among('type', f.types);
  if (f.clues !== null) parts.push(sql` and i.clue = any(${f.clues as string[]}::text[])`);
  if (f.owner !== null) parts.push(sql` and i.owner_org = ${f.owner}`);
  if (f.supervised) parts.push(sql` and ${col('batch')} > 0`);
  if (f.deadline !== null) {
    parts.push(sql` and ${col('deadline_at')} <= ${ts(f.deadline.upTo)}`);
    if (f.deadline.after !== null) parts.push(sql` and ${col('deadline_at')} > ${ts(f.deadline.after)}`);
  }
  if (f.source !== undefined) parts.push(sql` and i.source_id = ${f.source}`);
  if (f.text !== null) parts.push(textCondition(f.text));
  return sql.join(parts, sql``);
}

/** Words of the search box, all of which must stand somewhere; candidates by pairs, then the text itself. */
function textCondition(text: string): RawBuilder<unknown> {
  const keys = searchKeys(text);
  const words = foldText(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  const like = words.map((word) => sql`i.folded like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`);
  const candidates = keys.length === 0 ? sql`` : sql`i.search @> ${`{${keys.join(',')}}`}::integer[] and `;
  return words.length === 0 ? sql`` : sql` and ${candidates}${sql.join(like, sql` and `)}`;
}

export function sortColumn(f: LedgerFilter, sort: LedgerSort): string {
  const c = columnsOf(f);
  return { no: 'i.no_seq', deadline: c.deadline_at, found: 'i.found_at', place: c.place, state: c.state, updated: c.updated_at }[sort];
}
