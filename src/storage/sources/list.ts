import { sql } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import type { PlaceRange } from '../../domain/kernel/place.ts';
import { ts, type Tx } from '../database.ts';

/** A line of the list of sources, as it stood at an instant. */
export interface SourceLine {
  readonly id: string;
  readonly no: string;
  readonly name: string;
  readonly uscc: string | null;
  readonly place: number;
  readonly industry: string;
  readonly scattered: boolean;
  readonly closed: boolean;
  readonly inspections: number;
  readonly inspectedAt: Instant | null;
  readonly problems: number;
  readonly open: number;
}

export interface SourcesQuestion {
  readonly campaignId: number;
  readonly ranges: readonly PlaceRange[];
  /** Words that must all stand in number, name or credit code. */
  readonly text: string | null;
  readonly scattered: boolean;
  /** Only with open problems. */
  readonly open: boolean;
  /** Last inspected before this instant, or never. */
  readonly inspectedBefore: Instant | null;
  readonly never: boolean;
  /** Numbers of the states that are open. */
  readonly openStates: readonly number[];
  readonly asOf: Instant;
}

export interface SourceKey {
  readonly place: number;
  readonly id: string;
}

/** So many sources are passed over for one page, whatever it wants of them. */
export const sourceWindow = 2000;

/**
 * A page of the sources in reach, by place.
 *
 * What the list itself knows (places, words) is asked of it; the rest is looked up source by source, for at most `sourceWindow` of
 * them, so a page of a filter that few fulfil may be short and say where to go on. The time grows with the sources in reach where
 * words are searched for, else with the window.
 * @returns the lines and the key behind which the next page begins; null when there is none
 */
export async function listSources(
  tx: Tx,
  q: SourcesQuestion,
  page: { readonly after?: SourceKey | undefined; readonly limit: number },
): Promise<{ lines: SourceLine[]; next: SourceKey | null }> {
  const narrowed = q.scattered || q.open || q.never || q.inspectedBefore !== null;
  const window = narrowed ? sourceWindow : page.limit;
  const passed = await sourceKeys(tx, q, page.after, window);
  if (passed.length === 0) return { lines: [], next: null };
  const lines = await sourceLines(
    tx,
    q,
    passed.map((p) => p.id),
    page.limit,
  );
  const last = lines.length === page.limit ? lines.at(-1) : passed.length === window ? passed.at(-1) : undefined;
  return { lines, next: last === undefined ? null : { place: last.place, id: last.id } };
}

async function sourceKeys(tx: Tx, q: SourcesQuestion, after: SourceKey | undefined, limit: number): Promise<SourceKey[]> {
  if (q.ranges.length === 0) return [];
  const reach = q.ranges.map((r) => sql`(s.place >= ${r.from} and s.place < ${r.to})`);
  const words = (q.text ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  const where = [
    sql`s.campaign_id = ${q.campaignId} and (${sql.join(reach, sql` or `)})`,
    ...words.map((word) => sql`lower(normalize(concat_ws(' ', s.no, s.name, s.uscc), NFKC)) like ${word}`),
    // What was registered later was not there; the list itself does not know when.
    sql`exists (select 1 from acts a where a.campaign_id = s.campaign_id and a.stream_id = s.id and a.stream_seq = 1 and a.recorded_at <= ${ts(q.asOf)})`,
    ...(after === undefined ? [] : [sql`(s.place, s.id) > (${after.place}, ${after.id}::uuid)`]),
  ];
  const r = await sql<SourceKey>`select s.place, s.id from sources s where ${sql.join(where, sql` and `)}
    order by s.place, s.id limit ${limit}`.execute(tx);
  return r.rows;
}

async function sourceLines(tx: Tx, q: SourcesQuestion, ids: readonly string[], limit: number): Promise<SourceLine[]> {
  const where = [
    ...(q.scattered ? [sql`f.scattered`] : []),
    ...(q.open ? [sql`p.open > 0`] : []),
    ...(q.never ? [sql`l.inspected_at is null`] : []),
    ...(q.inspectedBefore === null ? [] : [sql`(l.inspected_at is null or l.inspected_at < ${ts(q.inspectedBefore)})`]),
  ];
  const r = await sql<SourceLine>`select s.id, s.no, s.name, s.uscc, s.place, f.industry, f.scattered,
      coalesce(c.kind = 'SourceClosureAccepted', false) as closed, l.inspections, l.inspected_at as "inspectedAt", p.problems, p.open
    from unnest(${ids as string[]}::uuid[]) as k(id)
    join sources s on s.campaign_id = ${q.campaignId} and s.id = k.id
    cross join lateral (select (a.payload::jsonb ->> 'scattered')::boolean as scattered, a.payload::jsonb ->> 'industry' as industry
      from acts a where a.campaign_id = ${q.campaignId} and a.stream_id = s.id and a.stream_seq = 1) f
    cross join lateral (select max(a.happened_at) as inspected_at, count(*)::integer as inspections from acts a
      where a.campaign_id = ${q.campaignId} and a.stream_id = s.id and a.kind = 'InspectionCompleted' and a.recorded_at <= ${ts(q.asOf)}) l
    left join lateral (select a.kind from acts a where a.campaign_id = ${q.campaignId} and a.stream_id = s.id and a.recorded_at <= ${ts(q.asOf)}
        and a.kind in ('SourceClosureAccepted', 'SourceRevived') order by a.stream_seq desc limit 1) c on true
    cross join lateral (select count(*)::integer as problems, (count(*) filter (where r.state = any(${q.openStates as number[]}::smallint[])))::integer as open
      from items i join item_spans r on r.campaign_id = i.campaign_id and r.item_id = i.id and r.from_at <= ${ts(q.asOf)} and r.to_at > ${ts(q.asOf)}
      where i.campaign_id = ${q.campaignId} and i.source_id = s.id and i.kind = 'problem') p
    ${where.length === 0 ? sql`` : sql`where ${sql.join(where, sql` and `)}`}
    order by s.place, s.id limit ${limit}`.execute(tx);
  return r.rows;
}
