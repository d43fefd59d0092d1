import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';
import { treeConditions } from '../ledger/page.ts';
import { fromWhere, linesOf, type LedgerFilter } from '../ledger/query.ts';
import { steady } from '../ledger/read.ts';

/** What waits in one place. Instants are Infinity where no line has one. */
export interface WaitingAt {
  readonly place: number;
  readonly count: number;
  /** First instant after the earliest deadline. */
  readonly due: number;
  /** Since when the longest-waiting line has been in its state. */
  readonly since: number;
}

/** How a question's lines are waited for. */
export interface WaitingAsk {
  readonly filter: LedgerFilter;
  /** The clock that presses. */
  readonly clock: 'rectify' | 'plan' | null;
  /** Since when they wait: since they came into their state, since their deadline, or since the last proposal. */
  readonly since: 'state' | 'deadline' | 'proposal';
  readonly utcOffsetMinutes: number;
}

/**
 * Lines of a question by place: how many, the earliest deadline, and since when the oldest is in its state.
 *
 * Grows with the lines of the question: for each, one look into its intervals for since when, and one into its acts for a plan's clock.
 */
export async function waitingByPlace(tx: Tx, ask: WaitingAsk): Promise<WaitingAt[]> {
  const asked = async (f: LedgerFilter) => {
    const lines = linesAs(f, sql`r.place, ${dueOf(ask, f)} as due, ${sinceOf(ask, f)} as since`);
    const r = await sql<WaitingAt>`select place, count(*) as count, min(due) as due, min(since) as since
      from (${lines}) x group by place order by place`.execute(tx);
    return r.rows;
  };
  return steady(tx, ask.filter, asked, isEmpty);
}

/** Lines of a question by when they are due, between two instants: the first excluded, the last included. Grows as the above. */
export async function dueBetween(tx: Tx, ask: WaitingAsk, after: Instant, upTo: Instant): Promise<{ due: Instant; count: number }[]> {
  const asked = async (f: LedgerFilter) => {
    const r = await sql<{ due: Instant; count: number }>`select due, count(*) as count from (${linesAs(f, sql`${dueOf(ask, f)} as due`)}) x
      where due > ${ts(after)} and due <= ${ts(upTo)} group by due order by due`.execute(tx);
    return r.rows;
  };
  return steady(tx, ask.filter, asked, isEmpty);
}

/** When each of some lines of a question is due; Infinity where no clock presses. */
export async function dueEach(tx: Tx, ask: WaitingAsk, ids: readonly string[]): Promise<Map<string, number>> {
  const asked = async (f: LedgerFilter) => {
    const lines = linesAs(f, sql`${sql.raw(linesOf(f).id)} as id, ${dueOf(ask, f)} as due`);
    return (await sql<{ id: string; due: number }>`${lines}`.execute(tx)).rows;
  };
  const rows = await steady(tx, { ...ask.filter, ids }, asked, isEmpty);
  return new Map(rows.map((row) => [row.id, row.due]));
}

const isEmpty = (answer: readonly unknown[]) => answer.length === 0;

function linesAs(f: LedgerFilter, columns: RawBuilder<unknown>): RawBuilder<unknown> {
  const parts = f.current || f.states === null ? [fromWhere(f)] : treeConditions(f).map((tree) => fromWhere(f, { and: tree }));
  return sql.join(
    parts.map((part) => sql`select ${columns} from ${part}`),
    sql` union all `,
  );
}

function sinceOf(ask: WaitingAsk, f: LedgerFilter): RawBuilder<unknown> {
  const id = sql.raw(linesOf(f).id);
  if (ask.since === 'deadline') return sql`r.deadline_at`;
  if (ask.since === 'proposal')
    return sql`(select max(a.recorded_at) from acts a where a.campaign_id = ${f.campaignId} and a.stream_id = ${id}
      and a.kind in ('WithdrawalProposed', 'MergeProposed') and a.recorded_at <= ${ts(f.asOf)})`;
  return sql`(select coalesce(max(p.to_at) filter (where p.state <> r.state), min(p.from_at)) from item_spans p
    where p.campaign_id = r.campaign_id and p.item_id = ${id} and p.from_at <= ${ts(f.asOf)})`;
}

function dueOf(ask: WaitingAsk, f: LedgerFilter): RawBuilder<unknown> {
  if (ask.clock === null) return sql`'infinity'::timestamptz`;
  return ask.clock === 'rectify' ? sql`r.deadline_at` : sql`least(r.deadline_at, ${planEnd(f, ask.utcOffsetMinutes)})`;
}

/** The first instant after the last plan's deadline; null without one. Acts of an earlier version may hold a text that is no date. */
function planEnd(f: LedgerFilter, utcOffsetMinutes: number): RawBuilder<unknown> {
  // Counted from the first of its month, so that no text can name a day that is none.
  const end = sql`(make_date(left(d, 4)::integer, substr(d, 6, 2)::integer, 1) + substr(d, 9, 2)::integer)::timestamp
    - ${utcOffsetMinutes} * interval '1 minute'`;
  return sql`(select case when d ~ ${'^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-[0-3][0-9]$'} then (${end}) at time zone 'UTC' end
    from (select payload::json ->> 'deadline' as d from acts a where a.campaign_id = ${f.campaignId} and a.stream_id = ${sql.raw(linesOf(f).id)}
      and a.kind = 'ProblemPlanned' and a.recorded_at <= ${ts(f.asOf)} order by a.stream_seq desc limit 1) w)`;
}
