import { sql } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';

/** How many devices of an account are known at a time: the ones seen last. */
const most = 20;

/** Whose accounts were signed in on a device before; nobody's for a device that is not known. */
export async function listUsersOfDevice(tx: Tx, idHash: Buffer): Promise<string[]> {
  const r = await sql<{ user_id: string }>`select user_id from known_devices where id_hash = ${idHash}`.execute(tx);
  return r.rows.map((row) => row.user_id);
}

export async function rememberDevice(tx: Tx, idHash: Buffer, userId: string, at: Instant): Promise<void> {
  await sql`insert into known_devices (id_hash, user_id, seen_at) values (${idHash}, ${userId}, ${ts(at)})
    on conflict (id_hash, user_id) do update set seen_at = excluded.seen_at`.execute(tx);
  await sql`delete from known_devices where user_id = ${userId} and id_hash not in
    (select id_hash from known_devices where user_id = ${userId} order by seen_at desc limit ${most})`.execute(tx);
}
