import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaign, testApp, type TestApp } from '../../../test/support/app.ts';

let app: TestApp;
const q = `campaign=${campaign}`;
const august = '2019-08-05T18:00:00+08:00';
const may = (at: string) => encodeURIComponent(at);
const press = (url: string) => app.call('press', 'GET', url);

beforeAll(async () => {
  app = await testApp(400);
}, 120_000);
afterAll(() => app?.close());

describe('the press', () => {
  test('reads nothing of a campaign of which nothing was released', async () => {
    for (const path of ['/api/figures', '/api/dashboard', '/api/figures/problems.supervised', '/api/figures/problems.supervised/records']) {
      const reply = await press(`${path}?${q}`);
      expect([path, reply.status, reply.body.code]).toEqual([path, 404, 'publication.none-so-early']);
    }
    const page = await press(`/api/campaigns/${campaign}`);
    expect([page.status, page.body.batches, page.body.recorded]).toEqual([200, [], { from: null, to: null }]);
  });

  test('reads what was released, as of released instants, as coarse as the public pages', async () => {
    const released = await app.call('director', 'POST', `/api/campaigns/${campaign}/releases`, { asOf: august });
    expect(released.status, released.text).toBe(201);
    const set = await press(`/api/figures?${q}`);
    expect([set.status, set.body.asOf]).toEqual([200, august]);
    const open = await app.call('clerk', 'GET', `/api/figures?${q}&asOf=${may(august)}`);
    expect(set.body.figures).toEqual(open.body.figures);
    const other = await press(`/api/figures?${q}&asOf=${may('2019-08-06T00:00:00+08:00')}`);
    expect([other.status, other.body.code]).toEqual([404, 'publication.not-published']);
    const crossed = await press(`/api/figures/problems.supervised?${q}&city=140100&aspect=key-dischargers`);
    expect([crossed.status, crossed.body.code]).toEqual([404, 'publication.closed-crossing']);
    expect((await press(`/api/figures/problems.supervised/waterfall?${q}&from=${may(august)}`)).status).toBe(403);
    const history = await press(`/api/figures/problems.supervised/history?${q}`);
    expect((history.body.points as { at: string }[]).map((p) => p.at)).toEqual([august]);
    const page = await press(`/api/campaigns/${campaign}`);
    expect((page.body.batches as unknown[]).length).toBeGreaterThan(0);
  });

  test('reads records without unit and text, none finer than the public list, in every format', async () => {
    const url = '/api/figures/problems.supervised/records';
    const office = (await app.call('clerk', 'GET', `${url}?${q}&asOf=${may(august)}&limit=1000`)).body as {
      total: number;
      records: { unit: string; title: string }[];
    };
    const list = (await press(`${url}?${q}&limit=1000`)).body as { total: number; records: Record<string, unknown>[] };
    expect([list.total, list.records.length]).toEqual([office.total, office.records.length]);
    const csv = (await press(`${url}.csv?${q}`)).text;
    expect(parse(csv, { bom: true })).toHaveLength(office.total + 1);
    const texts = [csv, JSON.stringify(list), (await press(`/api/dashboard?${q}`)).text];
    for (const r of office.records) for (const text of texts) expect(text.includes(r.unit) || text.includes(r.title)).toBe(false);
    // The public page of the same instant tells each record's place; so coarse, and no finer.
    const page = (await app.raw.inject({ method: 'GET', url: `/public/${campaign}/data/problems.csv?asOf=${may(august)}` })).body;
    const publicPlaces = new Map(
      (parse(page, { bom: true, columns: true, comment: '#' }) as { key: string; place: string }[]).map((r) => [r.key, r.place]),
    );
    for (const r of list.records) expect(String(r.place === 0 ? '' : r.place)).toBe(publicPlaces.get(String(r.no)));
    const further = (await press(`${url}?${q}&limit=5`)).body as { next: string };
    expect(((await press(`${url}?${q}&limit=5&after=${encodeURIComponent(further.next)}`)).body.records as { no: string }[])[0]?.no).toBe(
      list.records[5]?.no,
    );
  });

  test('sees small counts neither of a county nor on the dashboard', async () => {
    const board = (await press(`/api/dashboard?${q}`)).body as { counties: { figure: { numerator: number } }[]; curve: { days: string[] } };
    expect(board.curve.days).toEqual([august]);
    expect(board.counties.every((c) => c.figure.numerator === 0 || c.figure.numerator >= 5)).toBe(true);
  });

  test('reads neither lists nor objects, and gives no command', async () => {
    for (const path of ['/api/ledger', '/api/ledger.csv', '/api/items/SX2019-0001', '/api/batches/1'])
      expect((await press(`${path}?${q}`)).status, path).toBe(403);
    const bulk = await app.call('press', 'POST', '/api/problems/bulk', {
      campaign,
      verb: 'confirm',
      ids: ['00000000-0000-7000-8000-000000000000'],
      body: {},
      preview: true,
    });
    expect(bulk.status).toBe(403);
  });
});
