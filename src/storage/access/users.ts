import { sql } from 'kysely';
import type { Grant, Role } from '../../domain/access/policy.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';

export interface UserRow {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly org: string;
  readonly password_hash: string;
  readonly disabled: boolean;
}

export async function findUserByName(tx: Tx, username: string): Promise<UserRow | undefined> {
  const r = await sql<UserRow>`select id, username, name, org, password_hash, disabled from users where username = ${username}`.execute(tx);
  return r.rows[0];
}

export async function listUsers(tx: Tx): Promise<UserRow[]> {
  return (await sql<UserRow>`select id, username, name, org, password_hash, disabled from users order by username`.execute(tx)).rows;
}

export async function listGrants(tx: Tx, userId: string): Promise<Grant[]> {
  const r = await sql<{
    role: Role;
    place: number;
    campaign: string | null;
  }>`select role, place, campaign from grants where user_id = ${userId} order by role, place`.execute(tx);
  return r.rows;
}

export async function insertUser(tx: Tx, u: UserRow & { createdAt: Instant }): Promise<void> {
  await sql`insert into users (id, username, name, org, password_hash, disabled, created_at)
    values (${u.id}, ${u.username}, ${u.name}, ${u.org}, ${u.password_hash}, ${u.disabled}, ${ts(u.createdAt)})`.execute(tx);
}

export async function replaceGrants(tx: Tx, userId: string, grants: readonly Grant[]): Promise<void> {
  await sql`delete from grants where user_id = ${userId}`.execute(tx);
  for (const g of grants)
    await sql`insert into grants (user_id, role, place, campaign) values (${userId}, ${g.role}, ${g.place}, ${g.campaign}) on conflict do nothing`.execute(
      tx,
    );
}

/** A changed password or a disabled account ends every session of the account at once, and no device is known any more. */
export async function updateUser(tx: Tx, id: string, change: { passwordHash?: string; disabled?: boolean }): Promise<void> {
  await sql`update users set password_hash = coalesce(${change.passwordHash ?? null}, password_hash), disabled = coalesce(${change.disabled ?? null}, disabled) where id = ${id}`.execute(
    tx,
  );
  await sql`delete from sessions where user_id = ${id}`.execute(tx);
  await sql`delete from known_devices where user_id = ${id}`.execute(tx);
}
