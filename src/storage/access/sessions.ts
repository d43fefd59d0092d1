import { sql } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';
import type { UserRow } from './users.ts';

export interface SessionRow extends UserRow {
  readonly csrf: string;
  readonly seen_at: number;
  readonly expires_at: number;
}

export async function insertSession(
  tx: Tx,
  x: { idHash: Buffer; userId: string; csrf: string; at: Instant; expiresAt: Instant },
): Promise<void> {
  await sql`insert into sessions (id_hash, user_id, csrf, created_at, seen_at, expires_at)
    values (${x.idHash}, ${x.userId}, ${x.csrf}, ${ts(x.at)}, ${ts(x.at)}, ${ts(x.expiresAt)})`.execute(tx);
}

/** A session with its user; undefined when it never was, is over, or was idle too long. */
export async function findSession(
  tx: Tx,
  idHash: Buffer,
  now: Instant,
  idleSince: Instant,
): Promise<(SessionRow & { user_id: string }) | undefined> {
  const r = await sql<
    SessionRow & { user_id: string }
  >`select u.id, u.username, u.name, u.org, u.password_hash, u.disabled, s.csrf, s.seen_at, s.expires_at, s.user_id
    from sessions s join users u on u.id = s.user_id
    where s.id_hash = ${idHash} and s.expires_at > ${ts(now)} and s.seen_at > ${ts(idleSince)} and not u.disabled`.execute(tx);
  return r.rows[0];
}

export async function touchSession(tx: Tx, idHash: Buffer, now: Instant): Promise<void> {
  await sql`update sessions set seen_at = ${ts(now)} where id_hash = ${idHash}`.execute(tx);
}

export async function deleteSession(tx: Tx, idHash: Buffer): Promise<void> {
  await sql`delete from sessions where id_hash = ${idHash}`.execute(tx);
}

/**
 * Counts one more try in each bucket (an account, an address, a device), in one statement: the row is the lock.
 * @param since  a count that began earlier begins anew
 * @returns      tries by bucket, this one included
 */
export async function countTries(tx: Tx, buckets: readonly string[], at: Instant, since: Instant): Promise<ReadonlyMap<string, number>> {
  // In one order, so that two that count the same buckets do not wait for each other in a ring.
  const r = await sql<{ bucket: string; tries: number }>`insert into sign_in_counts as c (bucket, began_at, tries)
    select bucket, ${ts(at)}::timestamptz, 1 from unnest(${[...new Set(buckets)].sort()}::text[]) as b(bucket) order by bucket
    on conflict (bucket) do update set
      tries = case when c.began_at <= ${ts(since)} then 1 else least(c.tries + 1, 1000000) end,
      began_at = case when c.began_at <= ${ts(since)} then excluded.began_at else c.began_at end
    returning bucket, tries`.execute(tx);
  return new Map(r.rows.map((row) => [row.bucket, row.tries]));
}

/** What a right password makes good: its account's or device's tries are forgotten, and its address has one less. */
export async function forgetTries(tx: Tx, own: string, address: string): Promise<void> {
  await sql`delete from sign_in_counts where bucket = ${own}`.execute(tx);
  await sql`update sign_in_counts set tries = greatest(tries - 1, 0) where bucket = ${address}`.execute(tx);
}

/** Drops sessions that are over for an hour by the clock of the database: a process whose clock is wrong ends nobody's session. */
export async function deleteOverdueSessions(tx: Tx): Promise<void> {
  await sql`delete from sessions where expires_at < clock_timestamp() - interval '1 hour'`.execute(tx);
}

/** Drops counts that began so long ago that they begin anew with the next try. */
export async function deleteStaleCounts(tx: Tx): Promise<void> {
  await sql`delete from sign_in_counts where began_at < clock_timestamp() - interval '1 day'`.execute(tx);
}
