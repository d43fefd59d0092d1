import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handIn } from '../../../test/support/upload.ts';
import { testApp, campaign, type Reply, type TestApp } from '../../../test/support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp(60);
}, 120_000);
afterAll(() => app?.close());

const found = {
  campaign,
  unit: '听松演示焦化厂',
  place: 141_024,
  aspect: 'key-dischargers',
  type: 'key-dischargers',
  text: '外排水氨氮超标',
  clue: 'inspection',
  evidence: [],
};
const sha = () => v7().replaceAll('-', '').padEnd(64, '0');
const photo = () => ({ sha256: sha(), kind: 'photo', name: '整改后.jpg', takenAt: new Date().toISOString() });
/** Evidence whose bytes are handed in for the problem first. */
const photoOf = async (who: string, item: string) => ({
  ...photo(),
  sha256: await handIn(app, who, item, Buffer.from(`a,b\n${v7()},1\n`)),
});
const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function figure(id: string, more = ''): Promise<number> {
  const reply = await app.call('clerk', 'GET', `/api/figures/${id}?campaign=${campaign}${more}`);
  return (reply.body.figure as { numerator: number }).numerator;
}

function state(reply: Reply): string {
  expect(reply.status, `${reply.body.code ?? ''} ${JSON.stringify(reply.body.details ?? '')}`).toBeLessThan(300);
  return (reply.body.item as { state: string }).state;
}

describe('the life of a problem over the API', () => {
  test('runs from finding to clearing and rebound, each step by who may, and the figures follow', async () => {
    const before = {
      supervised: await figure('problems.supervised'),
      rectified: await figure('problems.rectified'),
      rebounded: await figure('problems.rebounded'),
    };
    const asOf = encodeURIComponent(new Date().toISOString());
    await new Promise((resolve) => setTimeout(resolve, 30));
    const made = await app.call('finder', 'POST', '/api/problems', found);
    expect(made.status).toBe(201);
    const { id, no } = made.body.item as { id: string; no: string };
    const act = (who: string, verb: string, body: object = {}) =>
      app.call(who, 'POST', `/api/problems/${id}/${verb}?campaign=${campaign}`, body);
    expect(state(await act('clerk', 'confirm'))).toBe('confirmed');
    const issued = await app.call('clerk', 'POST', '/api/batches', { campaign, name: '第9批', deadline: later(20), problems: [id] });
    expect(issued.status).toBe(201);
    expect(state(await act('clerk', 'assign', { government: 'gov-141024', department: '分局', person: '石远' }))).toBe('supervised');
    expect(
      (await act('hongtong', 'plan', { implementer: 'u', goal: 'g', deadline: later(90), measures: 'm', acceptanceBody: 'sx-acceptance' }))
        .body.code,
    ).toBe('problem.plan-after-deadline');
    expect(
      state(
        await act('hongtong', 'plan', { implementer: 'u', goal: 'g', deadline: later(10), measures: 'm', acceptanceBody: 'sx-acceptance' }),
      ),
    ).toBe('planned');
    expect((await act('hongtong', 'claim', { text: '完成', evidence: [photo()] })).body.code).toBe('problem.wrong-state');
    expect(state(await act('hongtong', 'start'))).toBe('rectifying');
    expect((await act('hongtong', 'claim', { text: '完成', evidence: [] })).body.code).toBe('problem.evidence-missing');
    expect((await act('hongtong', 'claim', { text: '完成', evidence: [{ ...photo(), takenAt: '2019-07-01T00:00:00Z' }] })).body.code).toBe(
      'problem.evidence-old',
    );
    const used = await photoOf('hongtong', id);
    expect(state(await act('hongtong', 'claim', { text: '完成', evidence: [used] }))).toBe('claimed');
    expect(state(await act('inspector', 'return', { reason: '不符' }))).toBe('returned');
    expect(state(await act('hongtong', 'start'))).toBe('rectifying');
    expect((await act('hongtong', 'claim', { text: '完成', evidence: [used] })).body.code).toBe('problem.evidence-seen');
    expect((await act('hongtong', 'claim', { text: '完成', evidence: [photo()] })).body.code).toBe('problem.evidence-not-kept');
    expect(state(await act('hongtong', 'claim', { text: '完成', evidence: [await photoOf('hongtong', id)] }))).toBe('claimed');
    expect(state(await act('inspector', 'check', { text: '属实' }))).toBe('checked');
    expect((await act('acceptance', 'accept', { criteria: 'c', penaltyCase: null, noPenaltyReason: null })).body.code).toBe(
      'problem.penalty-missing',
    );
    expect(state(await act('acceptance', 'accept', { criteria: 'c', penaltyCase: null, noPenaltyReason: '及时改正' }))).toBe('accepted');
    expect(state(await act('acceptance', 'clear', { decisionNo: '1' }))).toBe('cleared');
    expect(await figure('problems.supervised')).toBe(before.supervised + 1);
    expect(await figure('problems.rectified')).toBe(before.rectified + 1);
    const rebound = await act('inspector', 'rebound', { reason: '恢复生产', evidence: [await photoOf('inspector', id)] });
    expect(state(rebound)).toBe('rebounded');
    expect(await figure('problems.rectified')).toBe(before.rectified + 1);
    expect(await figure('problems.rebounded')).toBe(before.rebounded + 1);
    const page = await app.call('clerk', 'GET', `/api/items/${no}?campaign=${campaign}`);
    expect((page.body.rebound as { newNo: string }).newNo).toMatch(/-\d+$/);
    // As of before it was found nothing of this existed.
    expect(await figure('problems.supervised', `&asOf=${asOf}`)).toBe(before.supervised);
    expect((await app.call('clerk', 'GET', `/api/items/${no}?campaign=${campaign}&asOf=${asOf}`)).status).toBe(404);
  });

  test('withdraws only by two persons, and the published count keeps the withdrawn one', async () => {
    const id = ((await app.call('finder', 'POST', '/api/problems', found)).body.item as { id: string }).id;
    await app.call('clerk', 'POST', `/api/problems/${id}/confirm?campaign=${campaign}`, {});
    await app.call('clerk', 'POST', '/api/batches', { campaign, name: '第10批', deadline: later(20), problems: [id] });
    const supervised = await figure('problems.supervised');
    const withdraw = (who: string) => app.call(who, 'POST', `/api/problems/${id}/withdraw?campaign=${campaign}`, { reason: '重复' });
    expect((await withdraw('clerk')).status).toBe(200);
    expect((await withdraw('clerk')).body.code).toBe('problem.two-persons');
    expect(state(await withdraw('clerk2'))).toBe('withdrawn');
    expect(await figure('problems.supervised')).toBe(supervised);
  });

  test('a late entry recorded today but happened in July changes no figure as of 5 August', async () => {
    const asOf = `&asOf=${encodeURIComponent('2019-08-05T18:00:00+08:00')}`;
    const before = await figure('problems.found', asOf);
    const made = await app.call('finder', 'POST', '/api/problems', { ...found, happenedAt: '2019-07-20T10:00:00+08:00' });
    expect(made.status).toBe(201);
    expect(await figure('problems.found', asOf)).toBe(before);
  });

  test('an aspect added now appears from now on and changes nothing before', async () => {
    const past = `/api/campaigns/${campaign}?asOf=${encodeURIComponent('2019-10-01T00:00:00+08:00')}`;
    const then = (await app.call('clerk', 'GET', past)).body.aspects as unknown[];
    const words = { zh: '恶臭', en: 'Odour' };
    const made = await app.call('director', 'POST', `/api/campaigns/${campaign}/aspects`, {
      code: 'odour',
      name: words,
      unit: words,
      criteria: words,
      evidence: ['photo'],
      acceptanceBody: 'sx-acceptance',
      noticeDays: 0,
      deadlineDays: 20,
    });
    expect(made.status).toBe(201);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const now = (await app.call('clerk', 'GET', `/api/campaigns/${campaign}`)).body.aspects as { code: string }[];
    expect(now.map((a) => a.code)).toContain('odour');
    expect((await app.call('clerk', 'GET', past)).body.aspects).toEqual(then);
    expect((await app.call('finder', 'POST', '/api/problems', { ...found, aspect: 'odour' })).status).toBe(201);
    expect(await figure('problems.found', '&aspect=odour')).toBe(1);
  });
});

describe('a figure set', () => {
  test('is narrowed by a filter where its figures know it', async () => {
    const reply = await app.call('clerk', 'GET', `/api/figures?campaign=${campaign}&city=141000`);
    const figures = reply.body.figures as { id: string; filter: Record<string, unknown>; numerator: number }[];
    expect(figures.some((f) => f.id === 'letters.batches')).toBe(false);
    expect(figures.every((f) => f.filter.city === '141000')).toBe(true);
    const one = figures.find((f) => f.id === 'problems.supervised' && f.filter.batches === undefined);
    expect(one?.numerator).toBe(await figure('problems.supervised', '&city=141000'));
  });
});

describe('repetition', () => {
  test('the same id twice is one act; with other content it is a conflict, and nothing is written', async () => {
    const id = v7();
    const body = { ...found, id, text: '只记一次' };
    const first = await app.call('finder', 'POST', '/api/problems', body);
    const second = await app.call('finder', 'POST', '/api/problems', body);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect([first.body.repeated, second.body.repeated]).toEqual([false, true]);
    expect((second.body.item as { id: string }).id).toBe((first.body.item as { id: string }).id);
    const other = await app.call('finder', 'POST', '/api/problems', { ...body, text: '另一内容' });
    expect([other.status, other.body.code]).toEqual([409, 'command.id-conflict']);
    const total = await app.call('clerk', 'GET', `/api/ledger/total?campaign=${campaign}&q=${encodeURIComponent('只记一次')}`);
    expect(total.body.total).toBe(1);
  });

  test('sixteen people claiming one number at once get sixteen numbers', async () => {
    const replies = await Promise.all(Array.from({ length: 16 }, () => app.call('finder', 'POST', '/api/problems', found)));
    expect(replies.every((r) => r.status === 201)).toBe(true);
    expect(new Set(replies.map((r) => (r.body.item as { no: string }).no)).size).toBe(16);
  });
});

describe('bad input', () => {
  const q = `campaign=${campaign}`;
  const cases: [string, string, string, unknown, number, string][] = [
    ['malformed as-of', 'GET', `/api/figures?${q}&asOf=2019-08-05`, undefined, 400, 'asof.malformed'],
    ['as-of without offset', 'GET', `/api/figures?${q}&asOf=2019-08-05T18:00:00`, undefined, 400, 'asof.malformed'],
    ['as-of of a day that is not', 'GET', `/api/figures?${q}&asOf=2019-02-30T00:00:00Z`, undefined, 400, 'asof.malformed'],
    ['as-of in the future', 'GET', `/api/figures?${q}&asOf=2099-01-01T00:00:00Z`, undefined, 400, 'asof.future'],
    ['as-of before the campaign', 'GET', `/api/figures?${q}&asOf=2018-01-01T00:00:00Z`, undefined, 404, 'asof.before-campaign'],
    ['unknown campaign', 'GET', '/api/figures?campaign=nowhere', undefined, 404, 'campaign.unknown'],
    ['unknown figure', 'GET', `/api/figures/no.such?${q}`, undefined, 404, 'figure.unknown'],
    ['unknown set', 'GET', `/api/figures?${q}&set=other`, undefined, 404, 'figure.set-unknown'],
    ['filter of another figure', 'GET', `/api/figures/letters.batches?${q}&city=140100`, undefined, 400, 'filter.not-of-figure'],
    ['filter that is no code', 'GET', `/api/figures/problems.found?${q}&city=14`, undefined, 400, 'filter.malformed'],
    ['a set filtered by an unknown city', 'GET', `/api/figures?${q}&city=149900`, undefined, 400, 'filter.unknown-value'],
    ['unknown query key', 'GET', `/api/figures?${q}&surprise=1`, undefined, 400, 'query.unknown'],
    ['bad page position', 'GET', `/api/ledger?${q}&after=%27;drop`, undefined, 400, 'page.bad-key'],
    ['unknown item', 'GET', `/api/items/SX-none?${q}`, undefined, 404, 'item.unknown'],
    ['unknown route', 'GET', '/api/nothing', undefined, 404, 'route.unknown'],
    ['unknown aspect', 'POST', '/api/problems', { ...found, aspect: 'nope' }, 422, 'problem.aspect-unknown'],
    ['unknown type', 'POST', '/api/problems', { ...found, type: 'nope' }, 422, 'problem.type-unknown'],
    ['a city where a county is asked', 'POST', '/api/problems', { ...found, place: 141_000 }, 422, 'problem.place-unknown'],
    [
      'happened before the first phase',
      'POST',
      '/api/problems',
      { ...found, happenedAt: '2019-01-01T00:00:00Z' },
      422,
      'command.happened-before-campaign',
    ],
    ['happened in the future', 'POST', '/api/problems', { ...found, happenedAt: '2099-01-01T00:00:00Z' }, 422, 'command.happened-future'],
    ['happened at no instant', 'POST', '/api/problems', { ...found, happenedAt: 'yesterday' }, 400, 'asof.malformed'],
    ['an id that is none', 'POST', '/api/problems', { ...found, id: 'x' }, 400, 'input.invalid'],
    ['an extra field', 'POST', '/api/problems', { ...found, recordedAt: '2019-07-01T00:00:00Z' }, 400, 'input.invalid'],
    [
      'batch of nothing confirmed',
      'POST',
      '/api/batches',
      { campaign, name: 'n', deadline: '2099-01-01', problems: ['00000000-0000-7000-8000-000000000000'] },
      404,
      'item.unknown',
    ],
    [
      'wrong check digit',
      'POST',
      '/api/sources',
      { campaign, name: 'n', uscc: '91130200699229617A', place: 141_024, industry: '1' },
      422,
      'source.uscc',
    ],
  ];
  test.each(cases)('%s', async (_name, method, url, body, status, code) => {
    const who = code.startsWith('batch') || url === '/api/batches' ? 'clerk' : body === undefined ? 'clerk' : 'finder';
    const reply = await app.call(who, method, url, body);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
    const messages = reply.body.messages as { zh: string; en: string };
    expect(messages.zh).toMatch(/\p{Script=Han}/u);
    expect(messages.zh + messages.en).not.toMatch(/\{\w+\}|undefined/);
  });

  test('broken JSON, the wrong media type and a body too large are told apart', async () => {
    const send = async (payload: string, type: string) => {
      const r = await app.raw.inject({
        method: 'POST',
        url: '/api/problems',
        headers: { authorization: `Bearer ${await app.token('finder')}`, 'content-type': type },
        payload,
      });
      return [r.statusCode, (r.json() as { code: string }).code];
    };
    expect(await send('{"a":', 'application/json')).toEqual([400, 'body.malformed']);
    expect(await send('a=b', 'application/x-www-form-urlencoded')).toEqual([415, 'body.media-type']);
    expect(await send(JSON.stringify({ text: 'x'.repeat(1_100_000) }), 'application/json')).toEqual([413, 'body.too-large']);
  });

  test('hostile texts are kept as texts, found again, and harmless in a spreadsheet', async () => {
    const text = `=HYPERLINK("http://x")'; drop table acts;-- <script>alert(1)</script> \u0007 ${'长'.repeat(50)}`;
    const made = await app.call('finder', 'POST', '/api/problems', { ...found, text, unit: '@SUM(1)' });
    expect(made.status).toBe(201);
    const no = (made.body.item as { no: string }).no;
    const page = await app.call('clerk', 'GET', `/api/items/${no}?${q}`);
    // Only the control character is gone.
    expect((page.body.item as { text: string }).text).toBe(text.replace('\u0007', ''));
    const csv = await app.call('clerk', 'GET', `/api/ledger.csv?${q}&q=${encodeURIComponent('长长')}`);
    expect(csv.text).toContain("'@SUM(1)");
    expect(csv.text).toContain(`"'=HYPERLINK`);
  });
});

describe('sessions', () => {
  test('a cookie alone changes nothing without the CSRF token, and nothing from another site', async () => {
    const signed = await app.raw.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username: 'finder', password: 'a long enough password' },
    });
    const cookie = String(signed.headers['set-cookie']).split(';')[0] as string;
    expect(String(signed.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
    const { csrfToken } = signed.json() as { csrfToken: string };
    const post = (headers: Record<string, string>) =>
      app.raw.inject({ method: 'POST', url: '/api/problems', headers: { cookie, ...headers }, payload: found });
    expect((await post({})).json().code).toBe('access.bad-csrf');
    expect((await post({ 'x-csrf-token': csrfToken, origin: 'https://evil.example' })).json().code).toBe('access.bad-origin');
    expect((await post({ 'x-csrf-token': csrfToken })).statusCode).toBe(201);
    const out = await app.raw.inject({ method: 'DELETE', url: '/api/session', headers: { cookie, 'x-csrf-token': csrfToken } });
    expect(out.statusCode).toBe(200);
    expect((await post({ 'x-csrf-token': csrfToken })).json().code).toBe('access.signed-out');
  });

  test('guessing is slowed down by account, with the same answer for names that do not exist', async () => {
    const guess = (username: string) =>
      app.raw.inject({ method: 'POST', url: '/api/session', payload: { username, password: 'wrong wrong wrong' } });
    const known = (await guess('press')).json() as { code: string; title: string };
    const unknown = (await guess('nobody-here')).json() as { code: string; title: string };
    expect([known.code, known.title]).toEqual([unknown.code, unknown.title]);
    for (let i = 0; i < 9; i++) await guess('press');
    expect((await guess('press')).json().code).toBe('access.too-many-tries');
    expect((await guess('press')).statusCode).toBe(429);
  });

  test('answers carry the security headers', async () => {
    const reply = await app.call('clerk', 'GET', '/api/session');
    expect(String(reply.headers['content-security-policy'])).toContain("default-src 'none'");
    expect(reply.headers['x-content-type-options']).toBe('nosniff');
    expect(reply.headers['cache-control']).toBe('no-store');
  });
});
