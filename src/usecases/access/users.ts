import { roles, type Actor, type Grant, type Role } from '../../domain/access/policy.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { findUserByName, insertUser, listGrants, listUsers, replaceGrants, updateUser } from '../../storage/access/users.ts';
import { inTransaction } from '../../storage/transaction.ts';
import type { Services } from '../services.ts';
import { hashPassword } from './password.ts';

export interface NewUser {
  readonly username: string;
  readonly name: string;
  readonly org: string;
  readonly password: string;
  readonly grants: readonly Grant[];
}

const admins: readonly Role[] = ['system-admin', 'security-admin', 'audit-admin'];

/** Checks roles: known ones only, and an administrator is nothing else. */
export function checkGrants(grants: readonly Grant[]): Refusal | undefined {
  const unknown = grants.find((g) => !roles.includes(g.role));
  if (unknown !== undefined) return refuse('user.role-unknown', { role: unknown.role, known: [...roles] });
  const held = new Set(grants.map((g) => g.role));
  if (held.size > 1 && admins.some((a) => held.has(a))) return refuse('user.admin-exclusive', {});
  return undefined;
}

/** @refuses user.exists, user.weak-password, user.role-unknown, user.admin-exclusive */
export async function addUser(s: Services, u: NewUser): Promise<{ id: string } | Refusal> {
  if (u.password.length < 12) return refuse('user.weak-password', {});
  const wrong = checkGrants(u.grants);
  if (wrong !== undefined) return wrong;
  if ((await findUserByName(s.database.db, u.username)) !== undefined) return refuse('user.exists', { username: u.username });
  const id = s.newId();
  const passwordHash = await hashPassword(u.password);
  await inTransaction(s.database.db, async (tx) => {
    await insertUser(tx, {
      id,
      username: u.username,
      name: u.name,
      org: u.org,
      password_hash: passwordHash,
      disabled: false,
      createdAt: s.now(),
    });
    await replaceGrants(tx, id, u.grants);
  });
  return { id };
}

/** @refuses user.unknown, user.weak-password */
export async function changePassword(s: Services, username: string, password: string): Promise<{ id: string } | Refusal> {
  if (password.length < 12) return refuse('user.weak-password', {});
  const user = await findUserByName(s.database.db, username);
  if (user === undefined) return refuse('user.unknown', { username });
  await updateUser(s.database.db, user.id, { passwordHash: await hashPassword(password) });
  return { id: user.id };
}

/** Disables or enables an account; its sessions end at once. @refuses user.unknown */
export async function setDisabled(s: Services, username: string, disabled: boolean): Promise<{ id: string } | Refusal> {
  const user = await findUserByName(s.database.db, username);
  if (user === undefined) return refuse('user.unknown', { username });
  await updateUser(s.database.db, user.id, { disabled });
  return { id: user.id };
}

export async function readUsers(
  s: Services,
): Promise<{ username: string; name: string; org: string; disabled: boolean; grants: Grant[] }[]> {
  const out = [];
  for (const u of await listUsers(s.database.db)) {
    out.push({ username: u.username, name: u.name, org: u.org, disabled: u.disabled, grants: await listGrants(s.database.db, u.id) });
  }
  return out;
}

export async function userExists(s: Services, username: string): Promise<boolean> {
  return (await findUserByName(s.database.db, username)) !== undefined;
}

/** The person behind an account, with all their roles; undefined when there is none or it is disabled. */
export async function findActor(s: Services, username: string): Promise<Actor | undefined> {
  const user = await findUserByName(s.database.db, username);
  if (user === undefined || user.disabled) return undefined;
  return { id: user.id, name: user.name, org: user.org, grants: await listGrants(s.database.db, user.id) };
}
