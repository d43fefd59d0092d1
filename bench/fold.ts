/**
 * The published set straight from the acts: reads every act of the campaign recorded by an instant and folds it. The plainest SQL
 * that gives the right answer, in one statement; what the product's own figures are measured against.
 * Parameters: campaign, instant.
 */
export const foldSql = `
with seen as materialized (
  select stream, stream_id, stream_seq, kind, payload from acts where campaign_id = $1 and recorded_at <= $2
),
problems as (
  select stream_id,
    bool_or(kind = 'ProblemSupervised') as supervised,
    max(case when kind = 'ProblemSupervised' then (payload::jsonb ->> 'batch')::integer end) as batch,
    bool_or(kind = 'ProblemCleared') as cleared,
    bool_or(kind = 'ProblemRebounded') as rebounded
  from seen where stream = 'problem' group by stream_id
),
measured as (
  select distinct on (stream_id) stream_id, payload::jsonb ->> 'measure' as measure
  from seen where kind = 'MeasureDecided' order by stream_id, stream_seq
),
cases as (
  select stream_id,
    bool_or(kind = 'PenaltyDecided') and not bool_or(kind = 'PenaltyRevoked') as standing,
    sum(case when kind in ('PenaltyDecided', 'DailyFineDecided') then (payload::jsonb ->> 'amountFen')::bigint end) as amount
  from seen where stream = 'case' group by stream_id
),
sources as (
  select stream_id,
    bool_or(kind = 'InspectionCompleted') as inspected,
    bool_or(kind = 'SourceRegistered' and (payload::jsonb ->> 'scattered')::boolean) as scattered,
    count(*) filter (where kind = 'SourceClosureAccepted') > count(*) filter (where kind = 'SourceRevived') as closed
  from seen where stream = 'source' group by stream_id
),
others as (
  select stream, stream_id, bool_or(kind = 'PublicationWithdrawn') as gone from seen
  where stream in ('batch', 'publication', 'task', 'measure') group by stream, stream_id
)
select
  (select count(*) from sources where inspected) as "sources.inspected{}",
  (select count(*) from others where stream = 'batch') as "letters.batches{}",
  p.*, c.*, m.*,
  (select count(*) from sources where scattered and closed) as "scattered.closed{}",
  (select count(*) from others where stream = 'publication' and not gone) as "cases.published{}",
  (select count(*) from others where stream = 'task') as "central.tasks{}",
  (select count(*) from others where stream = 'measure') as "central.measures{}"
from
  (select count(*) filter (where supervised) as "problems.supervised{}",
     count(*) filter (where supervised and batch in (1, 2, 3)) as "problems.supervised{batches}",
     count(*) filter (where supervised and cleared) as "problems.rectified{}",
     count(*) filter (where supervised and cleared and batch in (1, 2, 3)) as "problems.rectified{batches}",
     count(*) filter (where supervised and cleared) - count(*) filter (where supervised and rebounded) as "clearance.net{}"
   from problems) p,
  (select count(*) filter (where standing) as "cases.penalty{}", coalesce(sum(amount) filter (where standing), 0) as "fines.total{}" from cases) c,
  (select count(*) as "cases.typical{}", count(*) filter (where measure = 'daily-fine') as "cases.typical{daily-fine}",
     count(*) filter (where measure = 'seizure') as "cases.typical{seizure}", count(*) filter (where measure = 'restriction') as "cases.typical{restriction}",
     count(*) filter (where measure = 'detention') as "cases.typical{detention}" from measured) m`;

/** Numerator of a figure of the set by the name of its column above; the rates repeat counts that stand there already. */
export function columnOf(id: string, filter: Record<string, unknown>): string {
  const name = { 'clearance.rate': 'problems.rectified' }[id] ?? id;
  const by = filter.batches !== undefined ? 'batches' : typeof filter.measure === 'string' ? filter.measure : '';
  return `${name}{${by}}`;
}
