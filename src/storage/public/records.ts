import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';
import { recordIdsSql, type RecordsRequest } from '../figures/records.ts';

/** A record as it may be published: no names, no texts, no coordinates leave the database here. */
export interface PublicRecordRow {
  readonly no: string;
  readonly place: number;
  readonly batch: number;
  readonly aspect: number;
  readonly amount: number;
  readonly from_at: number;
  /** Number of the ledger state as of the instant; 0 where the thing has none. */
  readonly state: number;
}

const everything = 2_000_000_000;

/** Numbered records behind a part of a figure: problems, cases, sources, and records of an outside register. */
async function numbered(tx: Tx, q: Omit<RecordsRequest, 'after' | 'limit'>): Promise<RawBuilder<unknown> | undefined> {
  const ids = await recordIdsSql(tx, { ...q, after: undefined, limit: everything });
  if (ids === undefined) return undefined;
  return sql`select coalesce(i.no, s.no) as no, r.place, r.batch, r.aspect, r.amount, r.from_at, r.id from (${ids}) r
    left join items i on i.campaign_id = ${q.campaignId} and i.id = r.id
    left join sources s on s.campaign_id = ${q.campaignId} and s.id = r.id`;
}

/**
 * A page of them in the order of their numbers. Numbers say nothing of the place, so neither does the order: in an order by place a
 * record whose county is withheld would stand between its neighbours.
 */
export async function listPublicRecords(
  tx: Tx,
  q: Omit<RecordsRequest, 'after' | 'limit'> & { after?: string | undefined; limit: number },
): Promise<PublicRecordRow[]> {
  const all = await numbered(tx, q);
  if (all === undefined) return [];
  const r =
    await sql<PublicRecordRow>`select p.no, p.place, p.batch, p.aspect, p.amount, p.from_at, coalesce((select t.state from item_spans t
      where t.campaign_id = ${q.campaignId} and t.item_id = p.id and t.from_at <= ${ts(q.asOf)} and t.to_at > ${ts(q.asOf)} limit 1), 0) as state
    from (select * from (${all}) a where a.no is not null ${q.after === undefined ? sql`` : sql`and a.no collate "C" > ${q.after}`}
      order by a.no collate "C" limit ${q.limit}) p order by p.no collate "C"`.execute(tx);
  return r.rows;
}

/** Numbers of all of them in order, for a fingerprint. */
export async function listPublicNumbers(tx: Tx, q: Omit<RecordsRequest, 'after' | 'limit'>): Promise<string[]> {
  const all = await numbered(tx, q);
  if (all === undefined) return [];
  const r = await sql<{ no: string }>`select a.no from (${all}) a where a.no is not null order by a.no collate "C"`.execute(tx);
  return r.rows.map((row) => row.no);
}

/** Which of some facts each numbered thing counts under as of an instant. */
export async function factsByNumber(
  tx: Tx,
  campaignId: number,
  facts: readonly number[],
  asOf: Instant,
  nos: readonly string[],
  kind: string,
): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const r = await sql<{ no: string; facts: number[] }>`select i.no, array_agg(f.fact::int) as facts from items i
    join fact_spans f on f.campaign_id = ${campaignId} and f.subject_id = i.id
    where i.campaign_id = ${campaignId} and i.kind = ${kind} and i.no = any(${nos as string[]}) and f.fact = any(${facts as number[]}::smallint[])
      and f.from_at <= ${ts(asOf)} and f.to_at > ${ts(asOf)} group by i.no`.execute(tx);
  return new Map(r.rows.map((row) => [row.no, new Set(row.facts)]));
}
