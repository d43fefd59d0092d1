import { sql, type RawBuilder } from 'kysely';
import { standsAt } from '../acts/latest.ts';
import { ts, type Tx } from '../database.ts';
import { isId } from './ids.ts';
import { type PageAsk, type PageKey, keysOf, treeConditions } from './page.ts';
import { batchesOf, type Picked, pickPage } from './pick.ts';
import { asksDays, fromWhere, linesOf, stillCurrent, type LedgerFilter } from './query.ts';

export { keysOf, type PageKey };

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
  /** Values of the page's order, where the line came on a page. */
  readonly sort_keys: readonly number[];
}

/** Asks the current lines; when they have none because something was recorded meanwhile, the lines as they stood. */
export async function steady<T>(
  tx: Tx,
  f: LedgerFilter,
  ask: (f: LedgerFilter) => Promise<T>,
  isEmpty: (answer: T) => boolean,
): Promise<T> {
  const answer = await ask(f);
  if (!f.current || !isEmpty(answer) || (await standsAt(tx, { id: f.campaignId, mode: f.historic === true ? 'historic' : '' })) <= f.asOf)
    return answer;
  return ask({ ...f, current: false });
}

/** A page of lines in an order; ties are broken by id, so that paging neither repeats nor skips. */
export async function listLines(tx: Tx, f: LedgerFilter, page: PageAsk): Promise<LedgerLine[]> {
  return steady(
    tx,
    f,
    async (g) => linesBy(tx, g, await pickPage(tx, g, page), page),
    (lines) => lines.length === 0,
  );
}

/** The key under which a page goes on after a line of it. */
export function pageKeyOf(line: LedgerLine): PageKey {
  return { keys: line.sort_keys, id: line.id };
}

/** Columns of a line; what an interval knows is read from it. */
function lineColumns(f: LedgerFilter): RawBuilder<unknown> {
  return sql.raw(`i.id, i.kind, i.no, i.unit, i.source_id, r.place, r.aspect, r.type, i.text, i.clue, r.batch, r.state, r.deadline_at,
      ${f.current ? 'i.found_at' : 'r.found_at'}, ${linesOf(f).updated} as updated_at, i.version, i.amounts, i.owner_org`);
}

async function linesBy(tx: Tx, f: LedgerFilter, picked: readonly Picked[], page: PageAsk): Promise<LedgerLine[]> {
  if (picked.length === 0) return [];
  const ids = picked.map((p) => p.id);
  const keys = sql`unnest(${ids}::uuid[]${f.current ? sql`` : sql`, ${picked.map((p) => ts(p.from_at ?? 0))}::timestamptz[]`})`;
  const r = f.current
    ? await sql<LedgerLine>`select ${lineColumns(f)} from ${keys} as k(id) join items r on r.campaign_id = ${f.campaignId} and r.id = k.id
        join lateral (select r.*) i on true where ${stillCurrent(f)}`.execute(tx)
    : await sql<LedgerLine>`select ${lineColumns(f)} from ${keys} as k(id, from_at)
        join item_spans r on r.campaign_id = ${f.campaignId} and r.item_id = k.id and r.from_at = k.from_at
        join items i on i.campaign_id = ${f.campaignId} and i.id = k.id`.execute(tx);
  const byId = new Map(r.rows.map((row) => [row.id, row]));
  const lines = picked.flatMap((p) => {
    const line = byId.get(p.id);
    return line === undefined ? [] : [{ ...line, sort_keys: [p.k1, p.k2].slice(0, keysOf[page.sort]) }];
  });
  return f.current ? lines : withVersions(tx, f, lines);
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
  const one = isId(idOrNo) ? sql`${sql.raw(linesOf(f).id)} = ${idOrNo}::uuid` : sql`i.no = ${idOrNo}`;
  const r = await sql<LedgerLine>`select ${lineColumns(f)} from ${fromWhere(f, { item: true, and: one })} limit 1`.execute(tx);
  const lines = r.rows.map((line) => ({ ...line, sort_keys: [] }));
  return f.current ? lines[0] : (await withVersions(tx, f, lines))[0];
}

/** How many lines there are. */
export async function countLines(tx: Tx, f: LedgerFilter): Promise<number> {
  return steady(
    tx,
    f,
    (g) => countOf(tx, g),
    (n) => n === 0,
  );
}

async function countOf(tx: Tx, all: LedgerFilter): Promise<number> {
  // Indexes by day go with the batch.
  const f = all.batches === null && asksDays(all) ? { ...all, batches: await batchesOf(tx, all) } : all;
  // In the past, the intervals of some states around an instant are found through the tree over time.
  const parts = f.current || f.states === null ? [fromWhere(f)] : treeConditions(f).map((tree) => fromWhere(f, { and: tree }));
  const counts = parts.map((part) => sql`select count(*) as n from ${part}`);
  return (await sql<{ n: number }>`select sum(n) as n from (${sql.join(counts, sql` union all `)}) c`.execute(tx)).rows[0]?.n ?? 0;
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
  const value = column === 'city' ? '(r.place - r.place % 100)' : column === 'clue' ? 'i.clue' : `r.${column}`;
  const r = await sql<{
    value: string | number;
    n: number;
  }>`select ${sql.raw(value)} as value, count(*) as n from ${fromWhere(f, { item: column === 'clue' })} group by 1 order by 2 desc`.execute(
    tx,
  );
  return r.rows.map((row) => ({ value: String(row.value), count: row.n }));
}
