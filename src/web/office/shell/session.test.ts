import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fetchOf, json, refusal, serveLocally, type Asked, type LocalServer } from '../../../../test/support/local-server.ts';
import type { SessionView } from '../../../contract/session.ts';
import { roles } from '../../../domain/access/policy.ts';
import { ApiError } from '../../ui/api.ts';
import { closePage, csrfToken, ownerOfPage } from '../../ui/person.ts';
import { queries } from '../../ui/query.ts';
import { keepDraft, type DraftStorage } from '../drafts/store.ts';
import { may, signIn, signInAgain, signOut } from './session.ts';

const people: Readonly<Record<string, { readonly id: string; readonly name: string; readonly password: string }>> = {
  clerk: { id: 'u-1', name: '周慎', password: 'one' },
  city: { id: 'u-2', name: '李禾', password: 'two' },
};

/** A server with sessions in cookies, as ours has them: a token a session, refused without it. */
function sessions() {
  const open = new Map<string, string>();
  let made = 0;
  const view = (username: string, sid: string): SessionView => ({
    user: { id: people[username]?.id ?? '', username, name: people[username]?.name ?? '', org: 'org', grants: [] },
    expiresAt: '2026-01-01T00:00:00Z',
    csrfToken: `token-${sid}`,
    campaigns: [],
  });
  const answer = (asked: Asked, response: ServerResponse) => {
    const sid = /sid=([^;]+)/.exec(asked.headers.cookie ?? '')?.[1] ?? '';
    const username = open.get(sid);
    if (asked.method === 'POST') {
      const given = JSON.parse(asked.body) as { username: string; password: string };
      if (people[given.username]?.password !== given.password) return refusal(response, 401, 'access.bad-password');
      const next = String(++made);
      open.set(next, given.username);
      return json(response, view(given.username, next), 200, { 'set-cookie': `sid=${next}; HttpOnly` });
    }
    if (username === undefined) return refusal(response, 401, 'access.signed-out');
    if (asked.path === '/api/session/token')
      return json(response, { csrfToken: `token-${sid}`, userId: people[username]?.id, expiresAt: '' });
    if (asked.headers['x-csrf-token'] !== `token-${sid}`) return refusal(response, 403, 'access.bad-csrf');
    open.delete(sid);
    return void response.writeHead(204, { 'set-cookie': 'sid=; Max-Age=0' }).end();
  };
  return { open, answer };
}

let server: LocalServer;
let held: ReturnType<typeof sessions>;
let fails: number | null;
let room: Map<string, string>;

beforeEach(async () => {
  closePage();
  queries.clear();
  held = sessions();
  fails = null;
  server = await serveLocally((asked, response) =>
    fails === null ? held.answer(asked, response) : refusal(response, fails, 'server.unavailable'),
  );
  room = new Map();
  const storage: DraftStorage = {
    get length() {
      return room.size;
    },
    key: (i) => [...room.keys()][i] ?? null,
    getItem: (key) => room.get(key) ?? null,
    setItem: (key, value) => void room.set(key, value),
    removeItem: (key) => void room.delete(key),
  };
  vi.stubGlobal('localStorage', storage);
  vi.stubGlobal(
    'fetch',
    fetchOf(() => server.origin),
  );
  vi.stubGlobal('confirm', () => {
    throw new Error('nothing was to be asked');
  });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  queries.clear();
  await server.close();
});

const draftOf = (person: string) =>
  keepDraft(
    localStorage,
    { person, form: 'problem.claim', object: 'p-1' },
    { at: Date.now(), commandId: 'c', version: 1, values: { text: '已完成' } },
  );
const known = () => queries.getQueryData<SessionView>(['api', '/api/session'])?.user.username;

describe('signing in', () => {
  test('makes the page theirs, with the token of their session, and forgets what was read before', async () => {
    queries.setQueryData(['api', '/api/ledger'], { rows: ['of somebody else'] });
    await signIn('clerk', 'one');
    expect([ownerOfPage(), csrfToken(), known()]).toEqual([{ id: 'u-1', username: 'clerk', name: '周慎' }, 'token-1', 'clerk']);
    expect(queries.getQueryData(['api', '/api/ledger'])).toBeUndefined();
  });

  test('with a wrong password leaves the page nobody’s and asks for no session', async () => {
    await expect(signIn('clerk', 'wrong')).rejects.toMatchObject({ status: 401, problem: { code: 'access.bad-password' } });
    expect([ownerOfPage(), csrfToken(), server.lines()]).toEqual([null, '', ['POST /api/session']]);
  });

  test('of another person ends the page of the first: it is to be loaded anew', async () => {
    await signIn('clerk', 'one');
    await signIn('city', 'two');
    expect([ownerOfPage(), csrfToken()]).toEqual([null, '']);
  });

  test('of the same person once more goes on with the new token', async () => {
    await signIn('clerk', 'one');
    await signIn('clerk', 'one');
    expect([ownerOfPage()?.id, csrfToken()]).toEqual(['u-1', 'token-2']);
  });
});

describe('signing in again over an open page', () => {
  test('keeps the page and takes the new token', async () => {
    await signIn('clerk', 'one');
    held.open.clear();
    queries.setQueryData(['api', '/api/ledger'], { rows: ['theirs'] });
    await signInAgain('clerk', 'one');
    expect([ownerOfPage()?.id, csrfToken(), known()]).toEqual(['u-1', 'token-2', 'clerk']);
    expect(queries.getQueryData(['api', '/api/ledger'])).toEqual({ rows: ['theirs'] });
  });

  test('as somebody else is refused, and the page stays the first person’s with their token', async () => {
    await signIn('clerk', 'one');
    await expect(signInAgain('city', 'two')).rejects.toMatchObject({ problem: { code: 'web.other-person' } });
    expect([ownerOfPage()?.id, csrfToken(), known()]).toEqual(['u-1', 'token-1', 'clerk']);
  });
});

describe('signing out', () => {
  test('ends the session there and the page here, and takes away what was typed and not sent', async () => {
    await signIn('clerk', 'one');
    draftOf('u-1');
    draftOf('u-2');
    const asked: number[] = [];
    vi.stubGlobal('confirm', () => true);
    expect(await signOut((count) => String(asked.push(count)))).toBe(true);
    expect(asked).toEqual([1]);
    expect([ownerOfPage(), csrfToken(), held.open.size, known()]).toEqual([null, '', 0, undefined]);
    expect([...room.keys()]).toEqual(['clearzero.draft/u-2/problem.claim/p-1']);
  });

  test('asks nothing where nothing was typed', async () => {
    await signIn('clerk', 'one');
    draftOf('u-2');
    expect(await signOut(() => 'x')).toBe(true);
  });

  test('is not done when they would rather stay', async () => {
    await signIn('clerk', 'one');
    draftOf('u-1');
    vi.stubGlobal('confirm', () => false);
    expect(await signOut(() => 'x')).toBe(false);
    expect([ownerOfPage()?.id, held.open.size, room.size]).toEqual(['u-1', 1, 1]);
  });

  test('of a session that ended is done already', async () => {
    await signIn('clerk', 'one');
    held.open.clear();
    expect(await signOut(() => 'x')).toBe(true);
    expect(ownerOfPage()).toBeNull();
  });

  test('where somebody else signed in meanwhile ends the page and leaves their session alone', async () => {
    await signIn('clerk', 'one');
    await fetch('/api/session', { method: 'POST', credentials: 'same-origin', body: '{"username":"city","password":"two"}' });
    expect(await signOut(() => 'x')).toBe(true);
    expect([ownerOfPage(), [...held.open.values()]]).toEqual([null, ['clerk', 'city']]);
  });

  test('while the server is away keeps the page and what was typed', async () => {
    await signIn('clerk', 'one');
    draftOf('u-1');
    vi.stubGlobal('confirm', () => true);
    fails = 503;
    await expect(signOut(() => 'x')).rejects.toBeInstanceOf(ApiError);
    expect([ownerOfPage()?.id, room.size]).toEqual(['u-1', 1]);
    fails = null;
    await server.close();
    await expect(signOut(() => 'x')).rejects.toMatchObject({ status: 0 });
    expect([ownerOfPage()?.id, room.size]).toEqual(['u-1', 1]);
  });
});

describe('what a page offers', () => {
  const campaign = { slug: 'shanxi-2019', root: 140000 };
  const session = (grants: SessionView['user']['grants']): SessionView => ({
    user: { id: 'u', username: 'u', name: 'u', org: 'o', grants },
    expiresAt: '',
    csrfToken: '',
    campaigns: [],
  });
  const grant = (role: string, place = 140000, of: string | null = 'shanxi-2019') => [{ role, place, placeName: '', campaign: of }];

  test('is nothing before the session is known, and nothing without a role', () => {
    expect(may(undefined, 'ledger.read', campaign)).toBe(false);
    expect(may(session([]), 'ledger.read', campaign)).toBe(false);
  });

  test('is of this campaign: a role in another one offers nothing here', () => {
    expect(may(session(grant('clerk')), 'ledger.read', campaign)).toBe(true);
    expect(may(session(grant('clerk', 140000, 'other')), 'ledger.read', campaign)).toBe(false);
  });

  test('is nothing for a role that this page was not made with', () => {
    expect(roles).not.toContain('emperor');
    expect(may(session(grant('emperor')), 'ledger.read', campaign)).toBe(false);
  });

  test('to the press is figures and no ledger', () => {
    expect(may(session(grant('press')), 'ledger.read', campaign)).toBe(false);
  });
});
