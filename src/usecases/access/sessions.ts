import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '../../domain/access/policy.ts';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { listUsersOfDevice, rememberDevice } from '../../storage/access/devices.ts';
import { countTries, deleteSession, findSession, forgetTries, insertSession, touchSession } from '../../storage/access/sessions.ts';
import { findUserByName, listGrants, type UserRow } from '../../storage/access/users.ts';
import type { Services } from '../services.ts';
import { hashPassword, isPassword, takeHashPlace, type Line } from './password.ts';

const minute = 60_000;
const idle = 30 * minute;
const absolute = 12 * 60 * minute;
const tries = { account: 10, address: 60, window: 15 * minute };

/** Compared with for names that do not exist, so that they take as long as those that do. */
let decoy: Promise<string> | undefined;

export interface SignedIn {
  readonly token: string;
  readonly csrf: string;
  /** To be kept on the device: it is known by it the next time. */
  readonly device: string;
  readonly expiresAt: Instant;
  readonly actor: Actor;
  readonly username: string;
}

const hashOf = (token: string) => createHash('sha256').update(token).digest();

/** Who wants to sign in, and from where. */
export interface SignInAsk {
  readonly username: string;
  readonly password: string;
  /** Where the request came from; counted beside the account. */
  readonly address: string;
  /** What an earlier sign-in left on the device. */
  readonly device?: string | undefined;
}

/**
 * Signs someone in.
 *
 * A try is counted before the password is looked at, so that of any number at once no more than the limit get so far. On a device
 * where the account was signed in before, only that device's own tries count: nobody else's guesses lock its owner out.
 * @refuses access.busy, access.too-many-tries, access.bad-credentials (the same for a wrong name and a wrong password)
 */
export async function signIn(s: Services, ask: SignInAsk): Promise<SignedIn | Refusal> {
  const { db } = s.database;
  const user = await findUserByName(db, ask.username);
  const seenFor = ask.device === undefined ? [] : await listUsersOfDevice(db, hashOf(ask.device));
  const known = user !== undefined && seenFor.includes(user.id);
  const line = known ? 'known' : 'strangers';
  const free = takeHashPlace(line);
  if (free === undefined) return refuse('access.busy', { retryAfter: 2 });
  try {
    const refusal = await tryPassword(s, ask, user, line);
    if (refusal !== undefined || user === undefined) return refusal ?? refuse('access.bad-credentials', {});
    // A device that is not known gets a name of our own making, whatever it brought.
    return await begin(s, user, seenFor.length > 0 ? ask.device : undefined);
  } finally {
    free();
  }
}

/** @refuses access.too-many-tries, access.bad-credentials */
async function tryPassword(s: Services, ask: SignInAsk, user: UserRow | undefined, line: Line): Promise<Refusal | undefined> {
  const { db } = s.database;
  const now = s.now();
  const since = instant(now - tries.window);
  const address = `address:${ask.address}`;
  const own =
    line === 'known' ? `device:${hashOf(ask.device ?? '').toString('hex')}:${user?.id ?? ''}` : `account:${ask.username.toLowerCase()}`;
  const counts = await countTries(db, line === 'known' ? [own] : [own, address], now, since);
  if ((counts.get(own) ?? 0) > tries.account || (counts.get(address) ?? 0) > tries.address) {
    return refuse('access.too-many-tries', { minutes: tries.window / minute, retryAfter: tries.window / 1000 });
  }
  decoy ??= hashPassword(randomBytes(16).toString('hex'));
  const right = await isPassword(line, user?.password_hash ?? (await decoy), ask.password);
  if (user === undefined || user.disabled || !right) return refuse('access.bad-credentials', {});
  await forgetTries(db, own, address);
  return undefined;
}

async function begin(s: Services, user: UserRow, before: string | undefined): Promise<SignedIn> {
  const { db } = s.database;
  const now = s.now();
  const device = before ?? randomBytes(32).toString('base64url');
  await rememberDevice(db, hashOf(device), user.id, now);
  const token = randomBytes(32).toString('base64url');
  const csrf = randomBytes(24).toString('base64url');
  const expiresAt = instant(now + absolute);
  await insertSession(db, { idHash: hashOf(token), userId: user.id, csrf, at: now, expiresAt });
  return {
    token,
    csrf,
    device,
    expiresAt,
    username: user.username,
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
