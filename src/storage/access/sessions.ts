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

/** Tries to sign in of a bucket (an account, an address) since an instant. */
export async function countAttempts(tx: Tx, bucket: string, since: Instant): Promise<number> {
  const r = await sql<{ n: number }>`select count(*) as n from sign_in_attempts where bucket = ${bucket} and at > ${ts(since)}`.execute(tx);
  return r.rows[0]?.n ?? 0;
}

export async function addAttempt(tx: Tx, buckets: readonly string[], at: Instant): Promise<void> {
  for (const bucket of buckets) await sql`insert into sign_in_attempts (bucket, at) values (${bucket}, ${ts(at)})`.execute(tx);
}

export async function forgetAttempts(tx: Tx, bucket: string, before: Instant): Promise<void> {
  await sql`delete from sign_in_attempts where bucket = ${bucket} or at < ${ts(before)}`.execute(tx);
  await sql`delete from sessions where expires_at < ${ts(before)}`.execute(tx);
}
