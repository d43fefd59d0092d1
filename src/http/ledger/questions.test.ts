import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaign, people, testApp, type TestApp } from '../../../test/support/app.ts';

let app: TestApp;
const q = `campaign=${campaign}`;
beforeAll(async () => {
  app = await testApp(300);
}, 120_000);
afterAll(() => app?.close());

const get = (url: string, who = 'clerk') => app.call(who, 'GET', url);
const total = async (query: string, who = 'clerk') => {
  const reply = await get(`/api/ledger/total?${q}&${query}`, who);
  expect(reply.status, `${query} ${reply.text}`).toBe(200);
  return reply.body.total as number;
};
const record = async (text: string, unit = '松风演示化工厂') => {
  const body = {
    ...{ campaign, unit, place: 141_024, aspect: 'key-dischargers', type: 'key-dischargers', text, clue: 'hotline', evidence: [] },
  };
  const made = await app.call('finder', 'POST', '/api/problems', body);
  expect(made.status).toBe(201);
  return made.body.item as { id: string; no: string };
};

describe('a filter', () => {
  test('takes any number of places of the campaign, the sum of each, in lists, totals and files', async () => {
    const { places } = (await get(`/api/campaigns/${campaign}`)).body as { places: { code: number; level: string }[] };
    const counties = places.filter((p) => p.level === 'county').map((p) => p.code);
    expect(counties.length).toBeGreaterThan(100);
    const twelve = counties.slice(20, 32);
    let sum = 0;
    for (const county of twelve) sum += await total(`county=${county}`);
    expect(await total(`county=${twelve.join()}`)).toBe(sum);
    const all = counties.join('%2C');
    for (const path of ['/api/ledger', '/api/ledger/facets', '/api/ledger.csv'])
      expect((await get(`${path}?${q}&county=${all}`)).status).toBe(200);
    const cities = places.filter((p) => p.level === 'city').map((p) => p.code);
    expect(await total(`city=${cities.join()}`)).toBe(await total(''));
    const saved = await app.call('clerk', 'POST', `/api/views?${q}`, { name: 'all', query: `county=${all}` });
    expect(saved.status).toBe(201);
    const many = Array.from({ length: 1000 }, (_, i) => 100_000 + i).join();
    const refused = await get(`/api/ledger?${q}&county=${many}`);
    expect([refused.status, refused.body.code]).toEqual([400, 'filter.too-many']);
  });

  test('on the wire too, as long as every county of a country', async () => {
    await app.raw.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.raw.server.address() as { port: number };
    const list = Array.from({ length: 3000 }, (_, i) => 110_000 + i).join('%2C');
    const reply = await fetch(`http://127.0.0.1:${port}/api/ledger/total?${q}&county=${list}`, {
      headers: { authorization: `Bearer ${await app.token('clerk')}` },
    });
    expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([400, 'filter.too-many']);
  });
});

describe('search', () => {
  test('finds what the eye sees, on both sides', async () => {
    await record('落实“六个百分之百”不到位，废\u200b机油\u200b泄漏', '甲·乙化工厂');
    const { no } = await record('一号\u3000锅炉 5～10天未检修');
    for (const text of [
      ...['"六个百分之百"', '「六个百分之百」', '‘六个百分之百’', '＂六个百分之百＂', '六个百分之百'],
      ...['废机油泄漏', '废\u200d机油\ufeff泄漏', '甲•乙化工厂', '甲・乙'],
    ]) {
      expect(await total(`q=${encodeURIComponent(text)}`), text).toBeGreaterThan(0);
    }
    for (const text of [no.replace('-', '—'), no.replace('-', '－'), no.toLowerCase(), '一号 锅炉', '5~10天', '5〜10天']) {
      const rows = (await get(`/api/ledger?${q}&q=${encodeURIComponent(text)}`)).body.rows as { no: string }[];
      expect(
        rows.map((r) => r.no),
        text,
      ).toContain(no);
    }
  });
});

describe('what is hidden from a government', () => {
  const governments = ['taiyuan', 'linfen', 'hongtong'];

  test('can be neither filtered, counted, listed, searched nor exported, and no value of it answers otherwise than another', async () => {
    await record('线索测试');
    for (const who of governments) {
      for (const path of ['/api/ledger', '/api/ledger/total', '/api/ledger/facets', '/api/ledger.csv', '/api/ledger.xlsx']) {
        const answers = [];
        for (const value of ['hotline', 'inspection', 'none', '']) answers.push(await get(`${path}?${q}&clue=${value}`, who));
        for (const a of answers) expect([who, path, a.status, a.body.code]).toEqual([who, path, 403, 'filter.masked']);
      }
      const facets = (await get(`/api/ledger/facets?${q}`, who)).body.facets as Record<string, unknown>;
      expect(Object.keys(facets)).toContain('state');
      expect(Object.keys(facets)).not.toContain('clue');
      const rows = (await get(`/api/ledger?${q}&limit=500`, who)).body.rows as { clue: string }[];
      expect(rows.every((r) => r.clue === '')).toBe(true);
      const csv = (await get(`/api/ledger.csv?${q}`, who)).text;
      expect(csv.split('\r\n')[0]).not.toMatch(/线索|clue/i);
      expect(csv).not.toContain('12369举报');
      const found = await total(`q=${encodeURIComponent('hotline')}`, who);
      expect(found).toBe(0);
    }
    expect((await get(`/api/ledger?${q}&clue=hotline`)).status).toBe(200);
    expect((await get(`/api/ledger.csv?${q}`)).text.split('\r\n')[0]).toContain('线索来源');
  });

  test('holds for the acts of problems and sources: neither who acted nor who inspected', async () => {
    const source = await app.call('clerk', 'POST', '/api/sources', {
      ...{ campaign, name: '竹溪演示铸造厂', uscc: null, place: 141_024, industry: '3391', scattered: false },
    });
    const inspection = await app.call('inspector', 'POST', '/api/inspections', {
      ...{ campaign, sourceId: source.body.id, aspect: 'key-dischargers', officers: ['郝某某', '常某某'], legalBody: '某局' },
      ...{ result: 'clean', text: '未见异常' },
    });
    expect(inspection.status, inspection.text).toBe(201);
    for (const who of governments.slice(1)) {
      const page = await get(`/api/sources/${String(source.body.id)}?${q}`, who);
      expect(page.status).toBe(200);
      expect(page.text).not.toContain('郝某某');
      expect(page.text).not.toContain('"officers"');
      const acts = page.body.acts as { actor: { id: string; name: string; org: string } }[];
      expect(acts.every((a) => a.actor.org === people[who]?.org || (a.actor.id === '' && a.actor.name === ''))).toBe(true);
    }
    expect((await get(`/api/sources/${String(source.body.id)}?${q}`)).text).toContain('郝某某');
  });
});

describe('an address that is none', () => {
  const dashes = '-'.repeat(36);
  const id = '00000000-0000-7000-8000-000000000000';
  test.each([
    ...['/api/sources/:x?Q', '/api/bulletins/:x?Q', '/api/letters/:x/file?Q&format=docx', '/api/items/:x?Q', '/api/items/:x/evidence?Q'],
    ...['/api/uploads/:x', '/api/log/sim-test/proof/:x', '/api/evidence/:x/view?Q', '/api/batches/:x?Q', '/api/figures/:x?Q'],
    ...['/api/figures/:x/records?Q', '/api/log/:x/checkpoint', '/api/campaigns/:x', '/api/bulletins/:x/file?Q&format=pdf'],
  ])('is refused with a code: %s', async (pattern) => {
    const wrong = [
      dashes,
      'abc',
      '%00',
      `${id}%00`,
      '%ED%A0%80',
      id.replace('7', 'g'),
      `${id}0`,
      "'%20or%201=1",
      '9'.repeat(40),
      '%E2%80%8B',
    ];
    for (const x of wrong) {
      const url = pattern.replace(':x', x).replace('Q', q);
      for (const who of ['clerk', 'taiyuan']) {
        const reply = await get(url, who);
        expect(reply.status, `${url} ${reply.text}`).toBeGreaterThanOrEqual(400);
        expect(reply.status, `${url} ${reply.text}`).toBeLessThan(500);
        expect(reply.body.code, url).toBeTruthy();
      }
    }
  });

  test('as the key of a page, or an instant, is refused with a code', async () => {
    for (const sort of ['no', 'deadline', 'found', 'place', 'state', 'updated']) {
      for (const key of [
        '',
        '~',
        `~${id}`,
        `999999999999999~${id}`,
        `Infinity~${id}`,
        `-Infinity~${id}`,
        `1e400~${id}`,
        `1~${dashes}`,
        `99999~1~${id}`,
        `9999999~1~${id}`,
        `1~999999999999999~${id}`,
        `NaN~${id}`,
        `1~1~1~${id}`,
        `1~${id}%00`,
      ]) {
        const reply = await get(`/api/ledger?${q}&sort=${sort}&after=${key}`);
        expect([200, 400], `${sort} ${key} ${reply.text.slice(0, 300)}`).toContain(reply.status);
        const records = await get(`/api/figures/problems.supervised/records?${q}&after=${key}`);
        expect([200, 400], `${key} ${records.text.slice(0, 300)}`).toContain(records.status);
      }
    }
    for (const at of ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00%2B14:00', '9999-12-31T23:59:59Z', '2019-08-05', '%00', '-1', '1e9']) {
      for (const url of [
        `/api/figures/problems.supervised/history?${q}&from=${at}&points=400`,
        `/api/ledger?${q}&asOf=${at}`,
        `/api/figures/problems.supervised/waterfall?${q}&from=${at}`,
      ]) {
        const reply = await get(url);
        expect([400, 404], `${url} ${reply.text.slice(0, 300)}`).toContain(reply.status);
      }
    }
    const history = await get(`/api/figures/problems.supervised/history?${q}&from=0001-01-02T00:00:00Z&points=400`);
    expect(history.status, history.text.slice(0, 300)).toBe(200);
  });

  test('of a command may name the campaign of its body, and no other', async () => {
    const ask = (slug: string) =>
      app.call('clerk', 'POST', `/api/problems/bulk?campaign=${slug}`, { campaign, verb: 'confirm', ids: [id], body: {}, preview: true });
    expect((await ask(campaign)).status).toBe(200);
    const other = await ask('another');
    expect([other.status, other.body.code]).toEqual([400, 'input.invalid']);
  });

  test('holds no key that is not known: the nearest is named', async () => {
    for (const [url, nearest] of [
      [`/api/figures?${q}&asof=2019-08-05T18:00:00%2B08:00`, 'asOf'],
      [`/api/ledger?${q}&citys=140100`, 'city'],
      [`/api/ledger.csv?${q}&countY=140105`, 'county'],
      [`/api/dashboard?${q}&as_of=2019-08-05T18:00:00%2B08:00`, 'asOf'],
      [`/api/campaigns/${campaign}?asof=2019-08-05T18:00:00%2B08:00`, 'asOf'],
      [`/c/${campaign}/ledger?asof=2019-08-05T18:00:00%2B08:00`, 'asOf'],
      [`/c/${campaign}?Asof=x`, 'asOf'],
    ] as const) {
      const reply = await get(url);
      expect([reply.status, reply.body.code, (reply.body.details as { nearest: string }).nearest], url).toEqual([
        400,
        'query.unknown',
        nearest,
      ]);
    }
  });
});
