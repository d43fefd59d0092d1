import { sql } from 'kysely';
import type { Tx } from '../database.ts';

/** A job, for a campaign or for the installation as a whole (0). */
export interface JobKey {
  readonly name: string;
  readonly campaignId: number;
}

/** A job that somebody does. `term` tells this lease from earlier and later ones. */
export interface Lease extends JobKey {
  readonly term: number;
}

interface Row {
  readonly name: string;
  readonly campaign_id: number;
  readonly term: number;
}

const keysOf = (list: readonly JobKey[]) => ({
  names: list.map((k) => k.name),
  campaigns: list.map((k) => k.campaignId),
});

const toLease = (r: Row): Lease => ({ name: r.name, campaignId: r.campaign_id, term: r.term });

/** An interval from now, by the clock of the database. */
const fromNow = (ms: number) => sql`clock_timestamp() + ${ms} * interval '1 millisecond'`;

/** Makes rows for jobs that have none; each is due after a time of its own. */
export async function addJobs(tx: Tx, list: readonly (JobKey & { readonly firstMs: number })[]): Promise<void> {
  const { names, campaigns } = keysOf(list);
  await sql`insert into jobs (name, campaign_id, due_at)
    select name, campaign_id, clock_timestamp() + first_ms * interval '1 millisecond'
    from unnest(${names}::text[], ${campaigns}::bigint[], ${list.map((k) => k.firstMs)}::bigint[]) as w(name, campaign_id, first_ms)
    order by name, campaign_id on conflict do nothing`.execute(tx);
}

/**
 * Gives out those of some jobs that are due and that nobody does: none was given out, it has run out, or it is the asker's own from before.
 * Two who ask at once never get the same one. Nothing is written when there is none.
 */
export async function takeJobs(tx: Tx, holder: string, wanted: readonly JobKey[], leaseMs: number): Promise<Lease[]> {
  if (wanted.length === 0) return [];
  const { names, campaigns } = keysOf(wanted);
  const r = await sql<Row>`with free as (
      select j.name, j.campaign_id from jobs j
      where (j.name, j.campaign_id) in (select * from unnest(${names}::text[], ${campaigns}::bigint[]))
        and j.due_at <= clock_timestamp() and (j.holder is null or j.lease_until <= clock_timestamp() or j.holder = ${holder}::uuid)
      order by j.name, j.campaign_id for update skip locked)
    update jobs j set holder = ${holder}::uuid, term = j.term + 1, lease_until = ${fromNow(leaseMs)}
    from free where j.name = free.name and j.campaign_id = free.campaign_id
    returning j.name, j.campaign_id, j.term`.execute(tx);
  return r.rows.map(toLease);
}

/**
 * Makes leases last longer, and says which of them had a good run since the last time.
 * @returns those that are still the holder's; the others were given to somebody else
 */
export async function renewLeases(
  tx: Tx,
  holder: string,
  held: readonly (Lease & { readonly ran: boolean })[],
  leaseMs: number,
): Promise<Lease[]> {
  if (held.length === 0) return [];
  const { names, campaigns } = keysOf(held);
  const r = await sql<Row>`with own as (
      select j.name, j.campaign_id, w.ran from jobs j
      join unnest(${names}::text[], ${campaigns}::bigint[], ${held.map((k) => k.term)}::bigint[], ${held.map((k) => k.ran)}::boolean[])
        as w(name, campaign_id, term, ran) on w.name = j.name and w.campaign_id = j.campaign_id and w.term = j.term
      where j.holder = ${holder}::uuid
      order by j.name, j.campaign_id for update of j)
    update jobs j set lease_until = ${fromNow(leaseMs)},
      last_run_at = case when own.ran then clock_timestamp() else last_run_at end,
      last_ok_at = case when own.ran then clock_timestamp() else last_ok_at end,
      failures = case when own.ran then 0 else failures end
    from own where j.name = own.name and j.campaign_id = own.campaign_id
    returning j.name, j.campaign_id, j.term`.execute(tx);
  return r.rows.map(toLease);
}

/** What became of a job whose lease is given back: `ran` went well, `left` was not run to its end, and otherwise why it failed. */
export type Ended =
  | { readonly ended: 'ran'; readonly dueInMs: number }
  | { readonly ended: 'left' }
  | { readonly ended: 'failed'; readonly why: string; readonly backoffMs: BackOff };

/** How long a job that failed is left alone: `leastMs` the first time, twice as long each time, at most `mostMs`. */
export interface BackOff {
  readonly leastMs: number;
  readonly mostMs: number;
}

/** Gives a lease back. Answers false when it was somebody else's by then: nothing is written. */
export async function endLease(tx: Tx, holder: string, lease: Lease, how: Ended): Promise<boolean> {
  const changes =
    how.ended === 'ran'
      ? sql`, due_at = ${fromNow(how.dueInMs)}, last_run_at = clock_timestamp(), last_ok_at = clock_timestamp(), failures = 0`
      : how.ended === 'left'
        ? sql``
        : sql`, last_run_at = clock_timestamp(), failed_at = clock_timestamp(), last_error = ${how.why}, failures = failures + 1,
          due_at = clock_timestamp() + least(${how.backoffMs.mostMs}::float8, ${how.backoffMs.leastMs} * power(2, least(failures, 30)))
            * interval '1 millisecond'`;
  const r = await sql`update jobs set holder = null, lease_until = null${changes} where name = ${lease.name}
    and campaign_id = ${lease.campaignId} and holder = ${holder}::uuid and term = ${lease.term}`.execute(tx);
  return r.numAffectedRows === 1n;
}

/** A job as the database knows it; spans are in seconds, by its clock. */
export interface JobState extends JobKey {
  readonly campaign: string | null;
  readonly held: boolean;
  /** Past its time; negative when it is due later. */
  readonly lateSeconds: number;
  readonly okSeconds: number | null;
  readonly failures: number;
  readonly failedSeconds: number | null;
  readonly error: string | null;
}

/** Every job with what became of it. */
export async function listJobs(tx: Tx): Promise<JobState[]> {
  const ago = (column: string) => sql`extract(epoch from clock_timestamp() - ${sql.ref(column)})::float8`;
  const r = await sql<JobState>`select j.name, j.campaign_id as "campaignId", c.slug as campaign,
      j.holder is not null and j.lease_until > clock_timestamp() as held, ${ago('j.due_at')} as "lateSeconds",
      ${ago('j.last_ok_at')} as "okSeconds", j.failures, ${ago('j.failed_at')} as "failedSeconds", j.last_error as error
    from jobs j left join campaigns c on c.id = j.campaign_id order by j.name, j.campaign_id`.execute(tx);
  return r.rows;
}
