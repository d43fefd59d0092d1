import { sql } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';
import { treeConditions } from '../ledger/page.ts';
import { fromWhere, linesOf, type LedgerFilter } from '../ledger/query.ts';

/** What waits in one place. Instants are Infinity where no line has one. */
export interface WaitingAt {
  readonly place: number;
  readonly count: number;
  /** First instant after the earliest deadline. */
  readonly due: number;
  /** Since when the longest-waiting line has been in its state. */
  readonly since: number;
}

/**
 * Lines of a question by place: how many, the earliest deadline, and since when the oldest is in its state.
 *
 * Grows with the lines of the question: one look into the intervals of each for since when, none where `sinceDeadline` says that they
 * wait since their deadline.
 */
export async function waitingByPlace(tx: Tx, f: LedgerFilter, sinceDeadline: boolean): Promise<WaitingAt[]> {
  const answer = await byPlace(tx, f, sinceDeadline);
  // Something was recorded meanwhile: the lines as they stood.
  return answer.length === 0 && f.current ? byPlace(tx, { ...f, current: false }, sinceDeadline) : answer;
}

async function byPlace(tx: Tx, f: LedgerFilter, sinceDeadline: boolean): Promise<WaitingAt[]> {
  const id = sql.raw(linesOf(f).id);
  const since = sinceDeadline
    ? sql`r.deadline_at`
    : sql`(select coalesce(max(p.to_at) filter (where p.state <> r.state), min(p.from_at)) from item_spans p
        where p.campaign_id = r.campaign_id and p.item_id = ${id} and p.from_at <= ${ts(f.asOf)})`;
  const parts = f.current || f.states === null ? [fromWhere(f)] : treeConditions(f).map((tree) => fromWhere(f, { and: tree }));
  const runs = parts.map((part) => sql`select r.place, r.deadline_at as due, ${since} as since from ${part}`);
  const r = await sql<WaitingAt>`select place, count(*) as count, min(due) as due, min(since) as since
    from (${sql.join(runs, sql` union all `)}) x group by place order by place`.execute(tx);
  return r.rows;
}

/** Lines of a question by deadline, between two instants: the first excluded, the last included. Grows with those lines. */
export async function dueBetween(tx: Tx, f: LedgerFilter, after: Instant, upTo: Instant): Promise<{ due: Instant; count: number }[]> {
  const g = { ...f, deadline: { after, upTo } };
  const answer = await byDeadline(tx, g);
  return answer.length === 0 && g.current ? byDeadline(tx, { ...g, current: false }) : answer;
}

async function byDeadline(tx: Tx, f: LedgerFilter): Promise<{ due: Instant; count: number }[]> {
  const parts = f.current || f.states === null ? [fromWhere(f)] : treeConditions(f).map((tree) => fromWhere(f, { and: tree }));
  const runs = parts.map((part) => sql`select r.deadline_at as due from ${part}`);
  const r = await sql<{ due: Instant; count: number }>`select due, count(*) as count from (${sql.join(runs, sql` union all `)}) x
    group by due order by due`.execute(tx);
  return r.rows;
}
