import { sql } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';
import { counted, type Conditions } from './definition.ts';

export interface FactChange {
  readonly late: number;
  readonly inTime: number;
  readonly overdue: number;
  readonly left: number;
}

/**
 * What came to count and what stopped between two instants, under one fact.
 *
 * Late: recorded in between, but happened at or before `from`. In time and overdue compare when it happened with the deadline
 * that was in force; things without a deadline are in time.
 */
export async function factChange(
  tx: Tx,
  campaignId: number,
  fact: number,
  c: Conditions,
  from: Instant,
  to: Instant,
  by: 'n' | 'amount',
): Promise<FactChange> {
  const value = by === 'n' ? sql`1` : sql`f.amount`;
  const countedAt = (
    at: Instant,
  ) => sql`exists (select 1 from fact_spans g where g.campaign_id = f.campaign_id and g.fact = f.fact and g.subject_id = f.subject_id
    and g.measure = f.measure and g.aspect = f.aspect and g.amount = f.amount and g.from_at <= ${ts(at)} and g.to_at > ${ts(at)})`;
  const entered = await sql<{ late: number; in_time: number; overdue: number }>`select
      coalesce(sum(e.v) filter (where e.happened_at <= ${ts(from)}), 0) as late,
      coalesce(sum(e.v) filter (where e.happened_at > ${ts(from)} and e.happened_at < e.deadline_at), 0) as in_time,
      coalesce(sum(e.v) filter (where e.happened_at > ${ts(from)} and e.happened_at >= e.deadline_at), 0) as overdue
    from (
      select ${value} as v, a.happened_at, coalesce(d.deadline_at, 'infinity') as deadline_at from fact_spans f
      cross join lateral (select happened_at from acts where campaign_id = f.campaign_id and stream_id = f.subject_id and recorded_at <= f.from_at
        order by stream_seq desc limit 1) a
      left join lateral (select deadline_at from item_spans where campaign_id = f.campaign_id and item_id = f.subject_id and from_at <= f.from_at and to_at > f.from_at limit 1) d on true
      where ${counted(campaignId, fact, c, to)} and f.from_at > ${ts(from)} and not ${countedAt(from)}
    ) e`.execute(tx);
  const left = await sql<{ n: number }>`select coalesce(sum(${value}), 0) as n from fact_spans f
    where ${counted(campaignId, fact, c, from)} and f.to_at <= ${ts(to)} and not ${countedAt(to)}`.execute(tx);
  const row = entered.rows[0];
  return { late: row?.late ?? 0, inTime: row?.in_time ?? 0, overdue: row?.overdue ?? 0, left: left.rows[0]?.n ?? 0 };
}
