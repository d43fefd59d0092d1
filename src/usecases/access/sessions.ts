import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Actor } from '../../domain/access/policy.ts';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import {
  addAttempt,
  countAttempts,
  deleteSession,
  findSession,
  forgetAttempts,
  insertSession,
  touchSession,
} from '../../storage/access/sessions.ts';
import { findUserByName, listGrants } from '../../storage/access/users.ts';
import type { Services } from '../services.ts';

const minute = 60_000;
const idle = 30 * minute;
const absolute = 12 * 60 * minute;
const tries = { account: 10, address: 60, window: 15 * minute };

/** argon2id (2), 64 MiB, three passes: OWASP's upper recommendation; at most two at once, so that guessing cannot fill the memory. */
const strength = { algorithm: 2, memoryCost: 65_536, timeCost: 3, parallelism: 1 };
let running = 0;
const queue: (() => void)[] = [];

async function gated<T>(work: () => Promise<T>): Promise<T> {
  if (running >= 2) await new Promise<void>((resolve) => queue.push(resolve));
  running++;
  try {
    return await work();
  } finally {
    running--;
    queue.shift()?.();
  }
}

export function hashPassword(password: string): Promise<string> {
  return gated(() => hash(password, strength));
}

/** Compared with for names that do not exist, so that they take as long as those that do. */
let decoy: Promise<string> | undefined;

export interface SignedIn {
  readonly token: string;
  readonly csrf: string;
  readonly expiresAt: Instant;
  readonly actor: Actor;
  readonly username: string;
}

const hashOf = (token: string) => createHash('sha256').update(token).digest();

/**
 * Signs someone in.
 * @param address  where the request came from; counted beside the account
 * @refuses access.too-many-tries, access.bad-credentials (the same for a wrong name and a wrong password)
 */
export async function signIn(s: Services, username: string, password: string, address: string): Promise<SignedIn | Refusal> {
  const { db } = s.database;
  const now = s.now();
  const since = instant(now - tries.window);
  const buckets = [`account:${username.toLowerCase()}`, `address:${address}`];
  const [byAccount, byAddress] = [
    await countAttempts(db, buckets[0] as string, since),
    await countAttempts(db, buckets[1] as string, since),
  ];
  if (byAccount >= tries.account || byAddress >= tries.address) return refuse('access.too-many-tries', { minutes: tries.window / minute });
  await addAttempt(db, buckets, now);
  const user = await findUserByName(db, username);
  decoy ??= hashPassword(randomBytes(16).toString('hex'));
  const right = await gated(async () => verify(user?.password_hash ?? (await (decoy as Promise<string>)), password));
  if (user === undefined || user.disabled || !right) return refuse('access.bad-credentials', {});
  await forgetAttempts(db, buckets[0] as string, since);
  const token = randomBytes(32).toString('base64url');
  const csrf = randomBytes(24).toString('base64url');
  const expiresAt = instant(now + absolute);
  await insertSession(db, { idHash: hashOf(token), userId: user.id, csrf, at: now, expiresAt });
  return {
    token,
    csrf,
    expiresAt,
    username,
    actor: { id: user.id, name: user.name, org: user.org, grants: await listGrants(db, user.id) },
  };
}

export interface SessionState {
  readonly actor: Actor;
  readonly username: string;
  readonly csrf: string;
  readonly expiresAt: Instant;
}

/** For how long an answer about a session is believed: a revoked right ends within a second on open sessions. */
const believed = 900;
const recent = new WeakMap<object, Map<string, { at: number; state: SessionState }>>();

/** The session of a token, with grants as they are now or were within the last second. */
export async function findSessionState(s: Services, token: string): Promise<SessionState | undefined> {
  if (token.length < 20 || token.length > 100) return undefined;
  const now = s.now();
  const cache = recent.get(s) ?? new Map<string, { at: number; state: SessionState }>();
  recent.set(s, cache);
  const known = cache.get(token);
  if (known !== undefined && now - known.at < believed && now >= known.at) return known.state;
  const row = await findSession(s.database.db, hashOf(token), now, instant(now - idle));
  if (row === undefined) {
    cache.delete(token);
    return undefined;
  }
  // Reading goes on when nothing can be written: then the session ends a little earlier.
  if (now - row.seen_at > minute) await touchSession(s.database.db, hashOf(token), now).catch(() => undefined);
  const state: SessionState = {
    actor: { id: row.user_id, name: row.name, org: row.org, grants: await listGrants(s.database.db, row.user_id) },
    username: row.username,
    csrf: row.csrf,
    expiresAt: instant(Math.min(row.expires_at, now + idle)),
  };
  if (cache.size > 5000) cache.clear();
  cache.set(token, { at: now, state });
  return state;
}

export async function signOut(s: Services, token: string): Promise<void> {
  recent.get(s)?.delete(token);
  await deleteSession(s.database.db, hashOf(token));
}
