import { sql } from 'kysely';
import { lastRecordedAt } from '../acts/latest.ts';
import { ts, type Tx } from '../database.ts';
import { columnsOf, fromWhere, sortColumn, type LedgerFilter, type LedgerSort } from './query.ts';

/** A ledger line in the numbers of the tables. */
export interface LedgerLine {
  readonly id: string;
  readonly kind: string;
  readonly no: string;
  readonly unit: string;
  readonly source_id: string | null;
  readonly place: number;
  readonly aspect: number;
  readonly type: number;
  readonly text: string;
  readonly clue: string;
  readonly batch: number;
  readonly state: number;
  readonly deadline_at: number;
  readonly found_at: number;
  readonly updated_at: number;
  readonly version: number;
  readonly amounts: Record<string, number> | null;
  readonly owner_org: string | null;
  readonly sort_key: number;
}

export interface PageKey {
  readonly key: number;
  readonly id: string;
}

/** Asks the current lines; when they have none because something was recorded meanwhile, the lines as they stood. */
async function steady<T>(tx: Tx, f: LedgerFilter, ask: (f: LedgerFilter) => Promise<T>, isEmpty: (answer: T) => boolean): Promise<T> {
  const answer = await ask(f);
  if (!f.current || !isEmpty(answer) || (await lastRecordedAt(tx, f.campaignId)) <= f.asOf) return answer;
  return ask({ ...f, current: false });
}

/** A page of lines in an order; ties are broken by id, so that paging neither repeats nor skips. */
export async function listLines(
  tx: Tx,
  f: LedgerFilter,
  page: { sort: LedgerSort; descending: boolean; after?: PageKey | undefined; limit: number },
): Promise<LedgerLine[]> {
  return steady(
    tx,
    f,
    (g) => pageOf(tx, g, page),
    (lines) => lines.length === 0,
  );
}

async function pageOf(
  tx: Tx,
  f: LedgerFilter,
  page: { sort: LedgerSort; descending: boolean; after?: PageKey | undefined; limit: number },
): Promise<LedgerLine[]> {
  const c = columnsOf(f);
  const key = sql.raw(sortColumn(f, page.sort));
  const time = ['deadline', 'found', 'updated'].includes(page.sort);
  const direction = sql.raw(page.descending ? 'desc' : 'asc');
  const value = page.after === undefined ? undefined : time ? ts(page.after.key) : page.after.key;
  const after =
    page.after === undefined ? sql`` : sql` and (${key}, i.id) ${sql.raw(page.descending ? '<' : '>')} (${value}, ${page.after.id}::uuid)`;
  const idColumn = sql.raw('i.id');
  const r =
    await sql<LedgerLine>`select i.id, i.kind, i.no, i.unit, i.source_id, ${sql.raw(c.place)}, ${sql.raw(c.aspect)}, ${sql.raw(c.type)}, i.text, i.clue,
      ${sql.raw(c.batch)}, ${sql.raw(c.state)}, ${sql.raw(c.deadline_at)}, i.found_at, ${sql.raw(c.updated_at)} as updated_at, i.version, i.amounts, i.owner_org, ${key} as sort_key
    from ${fromWhere(f)}${after} order by ${key} ${direction}, ${idColumn} ${direction} limit ${page.limit}`.execute(tx);
  return f.current ? r.rows : withVersions(tx, f, r.rows);
}

/** Versions and last times of some lines as they were at an instant; the line itself keeps only the current ones. */
async function withVersions(tx: Tx, f: LedgerFilter, lines: readonly LedgerLine[]): Promise<LedgerLine[]> {
  if (lines.length === 0) return [];
  const r = await sql<{
    id: string;
    version: number;
    at: number;
    payload: string | null;
  }>`select k.id, a.stream_seq as version, a.recorded_at as at,
      case when ${f.kind} = 'record' then a.payload end as payload
    from unnest(${lines.map((l) => l.id)}::uuid[]) as k(id)
    cross join lateral (select stream_seq, recorded_at, payload from acts where campaign_id = ${f.campaignId} and stream_id = k.id and recorded_at <= ${ts(f.asOf)}
      order by stream_seq desc limit 1) a`.execute(tx);
  const found = new Map(r.rows.map((row) => [row.id, row]));
  return lines.map((line) => {
    const was = found.get(line.id);
    const item =
      was?.payload === null || was?.payload === undefined
        ? undefined
        : (JSON.parse(was.payload) as { item?: { amounts?: Record<string, number>; text?: string; unit?: string } }).item;
    return {
      ...line,
      version: was?.version ?? line.version,
      updated_at: was?.at ?? line.updated_at,
      amounts: item?.amounts ?? line.amounts,
      text: item?.text ?? line.text,
      unit: item?.unit ?? line.unit,
    };
  });
}

/** Lines by id or number, as of the filter's instant. */
export async function findLine(tx: Tx, f: LedgerFilter, idOrNo: string): Promise<LedgerLine | undefined> {
  return steady(
    tx,
    f,
    (g) => lineOf(tx, g, idOrNo),
    (line) => line === undefined,
  );
}

async function lineOf(tx: Tx, f: LedgerFilter, idOrNo: string): Promise<LedgerLine | undefined> {
  const c = columnsOf(f);
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(idOrNo);
  const r =
    await sql<LedgerLine>`select i.id, i.kind, i.no, i.unit, i.source_id, ${sql.raw(c.place)}, ${sql.raw(c.aspect)}, ${sql.raw(c.type)}, i.text, i.clue,
      ${sql.raw(c.batch)}, ${sql.raw(c.state)}, ${sql.raw(c.deadline_at)}, i.found_at, ${sql.raw(c.updated_at)} as updated_at, i.version, i.amounts, i.owner_org, 0 as sort_key
    from ${fromWhere(f)} and ${uuid ? sql`i.id = ${idOrNo}::uuid` : sql`i.no = ${idOrNo}`} limit 1`.execute(tx);
  return f.current ? r.rows[0] : (await withVersions(tx, f, r.rows))[0];
}

export async function countLines(tx: Tx, f: LedgerFilter): Promise<number> {
  const count = async (g: LedgerFilter) =>
    (await sql<{ n: number }>`select count(*) as n from ${fromWhere(g)}`.execute(tx)).rows[0]?.n ?? 0;
  return steady(tx, f, count, (n) => n === 0);
}

/** Counts by one column of the filtered lines. */
export async function groupLines(
  tx: Tx,
  f: LedgerFilter,
  column: 'city' | 'batch' | 'state' | 'aspect' | 'type' | 'clue',
): Promise<{ value: string; count: number }[]> {
  return steady(
    tx,
    f,
    (g) => groupsOf(tx, g, column),
    (groups) => groups.length === 0,
  );
}

async function groupsOf(tx: Tx, f: LedgerFilter, column: Parameters<typeof groupLines>[2]): Promise<{ value: string; count: number }[]> {
  const c = columnsOf(f);
  const value = column === 'city' ? `(${c.place} - ${c.place} % 100)` : column === 'clue' ? 'i.clue' : c[column];
  const r = await sql<{
    value: string | number;
    n: number;
  }>`select ${sql.raw(value)} as value, count(*) as n from ${fromWhere(f)} group by 1 order by 2 desc`.execute(tx);
  return r.rows.map((row) => ({ value: String(row.value), count: row.n }));
}
