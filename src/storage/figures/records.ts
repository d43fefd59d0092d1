import { sql, type RawBuilder } from 'kysely';
import { mergeRanges } from '../../domain/kernel/place.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';
import type { FactNames } from '../projections/fact-names.ts';
import { counted, type Conditions, type PageKey } from './definition.ts';

export interface RecordTerms {
  readonly fact: string;
  /** Facts a record must not count under; with `unless`, it may after all if it also counts under that one. */
  readonly without: readonly { readonly fact: string; readonly unless?: string }[];
  /** Facts under one of which each such record counts: they hold far fewer, and are read in place of the fact. */
  readonly among?: readonly string[] | undefined;
}

export interface FigureRecordRow {
  readonly id: string;
  readonly kind: string;
  readonly no: string | null;
  readonly unit: string | null;
  readonly title: string | null;
  readonly place: number;
  readonly batch: number | null;
  readonly aspectNo: number;
  readonly typeNo: number;
  readonly happenedAt: Instant | null;
  readonly amount: number;
  readonly fromAt: number;
}

export interface RecordsRequest {
  readonly campaignId: number;
  readonly names: FactNames;
  readonly terms: RecordTerms;
  readonly conditions: Conditions;
  readonly asOf: Instant;
  readonly after?: PageKey | undefined;
  readonly limit: number;
}

/** The ids query of a part of a figure with its exceptions; rows by place, then by when each came to count. */
export async function recordIdsSql(tx: Tx, q: RecordsRequest): Promise<RawBuilder<RawRecord> | undefined> {
  const also = async (name: string): Promise<RawBuilder<unknown>> => {
    const no = (await q.names.find(tx, name)) ?? -1;
    // Looked up record by record, so that a page ends when it is full; as an anti-join all would be read first.
    return sql`(select true from fact_spans g where g.campaign_id = f.campaign_id and g.subject_id = f.subject_id and g.fact = ${no}
      and g.from_at <= ${ts(q.asOf)} and g.to_at > ${ts(q.asOf)} limit 1) is not null`;
  };
  const exceptions: RawBuilder<unknown>[] = [];
  for (const x of q.terms.without) {
    const not = sql`not (${await also(x.fact)})`;
    exceptions.push(x.unless === undefined ? sql` and ${not}` : sql` and (${not} or ${await also(x.unless)})`);
  }
  const after =
    q.after === undefined
      ? sql``
      : sql` and (f.place, f.from_at, f.subject_id) > (${q.after.place}, ${ts(q.after.from)}, ${q.after.id}::uuid)`;
  const parts: RawBuilder<RawRecord>[] = [];
  for (const name of q.terms.among ?? [q.terms.fact]) {
    const fact = await q.names.find(tx, name);
    if (fact === undefined) continue;
    // One run for each range of places, so that the index by place is entered at its beginning.
    for (const r of mergeRanges([{ from: 0, to: 1 }, ...q.conditions.ranges])) {
      const where = counted(q.campaignId, fact, { ...q.conditions, ranges: null }, q.asOf);
      parts.push(sql<RawRecord>`select f.subject_id as id, f.place, f.from_at, f.batch, f.aspect, f.type, f.amount from fact_spans f
        where ${where} and f.place >= ${r.from} and f.place < ${r.to}${sql.join(exceptions, sql``)}${after}
        order by f.place, f.from_at, f.subject_id limit ${q.limit}`);
    }
  }
  if (parts.length < 2) return parts[0];
  return sql<RawRecord>`select * from (${sql.join(
    parts.map((part) => sql`(${part})`),
    sql` union all `,
  )}) f order by place, from_at, id limit ${q.limit}`;
}

interface RawRecord {
  id: string;
  place: number;
  from_at: number;
  batch: number;
  aspect: number;
  type: number;
  amount: number;
}

/** A page of records with what a reader needs to recognise them. */
export async function listFigureRecords(tx: Tx, q: RecordsRequest): Promise<FigureRecordRow[]> {
  const query = await recordIdsSql(tx, q);
  if (query === undefined) return [];
  const ids = (await query.execute(tx)).rows;
  if (ids.length === 0) return [];
  const keys = ids.map((r) => r.id);
  const named = await sql<{ id: string; kind: string; no: string; unit: string; text: string }>`
    select id, kind, no, unit, text from items where campaign_id = ${q.campaignId} and id = any(${keys}::uuid[])
    union all select id, 'source', no, name, '' from sources where campaign_id = ${q.campaignId} and id = any(${keys}::uuid[])`.execute(tx);
  const byId = new Map(named.rows.map((r) => [r.id, r]));
  // The act that made each count is the last one of its stream recorded by the beginning of the interval.
  const acts = await sql<{ id: string; from_at: number; happened_at: number; payload: string; stream: string }>`
    select k.id, k.from_at, a.happened_at, a.payload, a.stream from unnest(${keys}::uuid[], ${ids.map((r) => ts(r.from_at))}::timestamptz[]) as k(id, from_at)
    cross join lateral (select happened_at, payload, stream from acts where campaign_id = ${q.campaignId} and stream_id = k.id and recorded_at <= k.from_at
      order by stream_seq desc limit 1) a`.execute(tx);
  const actOf = new Map(acts.rows.map((r) => [`${r.id}/${r.from_at}`, r]));
  return ids.map((r) => {
    const item = byId.get(r.id);
    const act = actOf.get(`${r.id}/${r.from_at}`);
    const payload = item === undefined && act !== undefined ? (JSON.parse(act.payload) as Record<string, unknown>) : {};
    const text = (key: string) => (typeof payload[key] === 'string' || typeof payload[key] === 'number' ? String(payload[key]) : null);
    return {
      id: r.id,
      kind: item?.kind ?? act?.stream ?? 'record',
      no: item?.no ?? text('docNo') ?? text('no'),
      unit: item === undefined ? (text('unit') ?? text('government') ?? text('lead')) : item.unit,
      title: item === undefined ? (text('title') ?? text('text') ?? text('name')) : item.text,
      place: r.place,
      batch: r.batch === 0 ? null : r.batch,
      aspectNo: r.aspect,
      typeNo: r.type,
      happenedAt: act === undefined ? null : (act.happened_at as Instant),
      amount: r.amount,
      fromAt: r.from_at,
    };
  });
}
