import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaign, password, testApp, type TestApp } from '../../../test/support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp(40);
}, 120_000);
afterAll(() => app?.close());

const signIn = (username: string, secret: string, remoteAddress: string, cookie = '') =>
  app.raw.inject({
    method: 'POST',
    url: '/api/session',
    remoteAddress,
    payload: { username, password: secret },
    headers: cookie === '' ? {} : { cookie },
  });
const cookiesOf = (reply: Awaited<ReturnType<typeof signIn>>) =>
  Object.fromEntries([reply.headers['set-cookie'] ?? []].flat().map((c) => (c.split(';')[0] as string).split('='))) as Record<
    string,
    string
  >;
const found = {
  ...{ campaign, unit: '松风演示化工厂', place: 141_024, aspect: 'key-dischargers', type: 'key-dischargers' },
  ...{ text: '外排水超标', clue: 'inspection', evidence: [] },
};

describe('guessing', () => {
  test('of 120 at once for one account, from any addresses, at most 10 get as far as the password; the others are told why', async () => {
    const replies = await Promise.all(Array.from({ length: 120 }, (_, i) => signIn('auditor', 'a wrong one', `10.0.0.${i % 4}`)));
    const codes = replies.map((r) => (r.json() as { code: string }).code);
    const hashed = codes.filter((code) => code === 'access.bad-credentials').length;
    expect(hashed).toBeGreaterThan(0);
    expect(hashed).toBeLessThanOrEqual(10);
    expect(new Set(codes)).toEqual(
      new Set(['access.bad-credentials', 'access.too-many-tries', 'access.busy', 'request.rate'].filter((c) => codes.includes(c))),
    );
    for (const r of replies.filter((x) => x.statusCode !== 401)) {
      expect([429, 503]).toContain(r.statusCode);
      expect(Number(r.headers['retry-after'])).toBeGreaterThan(0);
    }
    // Not before the window is over, whatever the address.
    expect((await signIn('auditor', password, '10.9.9.9')).statusCode).toBe(429);
  });

  test('by others never locks the owner out of a device that is known, nor anybody at another account', async () => {
    const mine = cookiesOf(await signIn('inspector', password, '10.1.0.1'));
    const device = `clearzero-device=${mine['clearzero-device']}`;
    for (let i = 0; i < 12; i++) await signIn('inspector', 'a wrong one', '10.1.0.2');
    expect((await signIn('inspector', password, '10.1.0.2')).statusCode).toBe(429);
    expect((await signIn('inspector', password, '10.1.0.2', device)).statusCode).toBe(200);
    // A made-up device, or one that is known for someone else, is none.
    expect((await signIn('inspector', password, '10.1.0.3', `clearzero-device=${'x'.repeat(43)}`)).statusCode).toBe(429);
    const other = cookiesOf(await signIn('finder', password, '10.1.0.4'))['clearzero-device'];
    expect((await signIn('inspector', password, '10.1.0.4', `clearzero-device=${other}`)).statusCode).toBe(429);
  });

  test('on a known device is limited too, and one device may be known for several people', async () => {
    const device = cookiesOf(await signIn('linfen', password, '10.2.0.1'))['clearzero-device'];
    const cookie = `clearzero-device=${device}`;
    const second = await signIn('hongtong', password, '10.2.0.1', cookie);
    expect(cookiesOf(second)['clearzero-device']).toBe(device);
    for (let i = 0; i < 10; i++) expect((await signIn('linfen', 'a wrong one', '10.2.0.1', cookie)).statusCode).toBe(401);
    expect((await signIn('linfen', 'a wrong one', '10.2.0.1', cookie)).statusCode).toBe(429);
    expect((await signIn('hongtong', password, '10.2.0.1', cookie)).statusCode).toBe(200);
  });

  test('a right password makes the tries before it good', async () => {
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 8; i++) await signIn('taiyuan', 'a wrong one', `10.3.${round}.1`);
      expect((await signIn('taiyuan', password, `10.3.${round}.1`)).statusCode).toBe(200);
    }
  });
});

describe('a session by cookie', () => {
  const post = (headers: Record<string, string>) => app.raw.inject({ method: 'POST', url: '/api/problems', headers, payload: found });

  test('asks for the token whatever Authorization header stands beside it', async () => {
    const { clearzero } = cookiesOf(await signIn('finder', password, '10.4.0.1'));
    for (const authorization of ['Basic x', 'Bearer', 'Bearer short', 'Digest a=b', 'bearer abcdefghijklmnopqrstuvwxyz']) {
      const reply = await post({ cookie: `clearzero=${clearzero}`, authorization });
      expect([authorization, reply.statusCode, reply.json().code]).toEqual([authorization, 403, 'access.bad-csrf']);
    }
    // A bearer token stands in place of the cookie, good or not.
    const unknown = await post({ cookie: `clearzero=${clearzero}`, authorization: `Bearer ${'y'.repeat(40)}` });
    expect([unknown.statusCode, unknown.json().code]).toEqual([401, 'access.signed-out']);
  });

  test.each(['garbage', 'null', '', 'http://', 'https://evil.example', 'javascript:1', 'localhost', '%00', 'http://[::1'])(
    'refuses the origin %j with a code',
    async (origin) => {
      const signed = await signIn('finder', password, '10.4.0.2');
      const headers = { cookie: `clearzero=${cookiesOf(signed).clearzero}`, 'x-csrf-token': signed.json().csrfToken as string, origin };
      const reply = await post(headers);
      expect([reply.statusCode, reply.json().code]).toEqual([403, 'access.bad-origin']);
    },
  );

  test('that ended says so, and the page gets on with a fresh token after signing in elsewhere', async () => {
    const first = await signIn('finder', password, '10.4.0.3');
    const old = { cookie: `clearzero=${cookiesOf(first).clearzero}`, 'x-csrf-token': first.json().csrfToken as string };
    await app.raw.inject({ method: 'DELETE', url: '/api/session', headers: old });
    const ended = (await post(old)).json();
    expect([ended.code, ended.details.ended]).toEqual(['access.signed-out', true]);
    expect((await app.raw.inject({ method: 'POST', url: '/api/problems', payload: found })).json().details.ended).toBe(false);
    const cookie = `clearzero=${cookiesOf(await signIn('finder', password, '10.4.0.3')).clearzero}`;
    const stale = (await post({ ...old, cookie })).json();
    expect([stale.code, stale.details.renew]).toEqual(['access.bad-csrf', '/api/session/token']);
    const fresh = (await app.raw.inject({ method: 'GET', url: stale.details.renew as string, headers: { cookie } })).json();
    expect(fresh.userId).toBe(first.json().user.id);
    expect((await post({ cookie, 'x-csrf-token': fresh.csrfToken as string })).statusCode).toBe(201);
  });
});
