import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaign, testApp, type TestApp } from '../../../test/support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp(300);
}, 120_000);
afterAll(() => app?.close());

const get = (path: string, query: string, who = 'clerk') => app.call(who, 'GET', `/api/${path}?campaign=${campaign}&${query}`);
const asOf = (day: string) => `asOf=${encodeURIComponent(`${day}T18:00:00+08:00`)}`;

interface Row {
  readonly no: string;
  readonly deadline: string | null;
  readonly foundAt: string;
  readonly updatedAt: string;
}

/** A list as its pages have it. */
async function listed(query: string, who = 'clerk'): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after = ''; ; ) {
    const page = await get('ledger', `${query}&limit=200${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`, who);
    expect(page.status, page.text).toBe(200);
    rows.push(...(page.body.rows as Row[]));
    if (page.body.next === null) return rows;
    after = page.body.next as string;
  }
}

const total = async (query: string, who = 'clerk') => (await get('ledger/total', query, who)).body.total as number;
const among = (day: string | null, from: string, to: string) => day !== null && day >= from && day <= to;
const instants = ['', asOf('2019-08-05'), asOf('2019-08-20'), asOf('2019-10-01')];

describe('days of the ledger', () => {
  test.each(instants)('take just the lines whose deadline, finding or last change lies on them, in every list and file: %s', async (at) => {
    for (const who of ['clerk', 'linfen', 'hongtong']) {
      const all = await listed(at, who);
      // Instants are written in the campaign's own time: their first ten characters are its civil day.
      const days = {
        due: (r: Row) => r.deadline,
        found: (r: Row) => r.foundAt.slice(0, 10),
        updated: (r: Row) => r.updatedAt.slice(0, 10),
      };
      for (const [key, dayOf] of Object.entries(days)) {
        for (const [from, to] of [
          ['2019-07-20', '2019-08-03'],
          ['2019-08-01', '2019-08-01'],
          ['0001-01-01', '2019-08-04'],
          ['2019-08-05', '9999-01-01'],
        ] as const) {
          const range = `${from.startsWith('0001') ? '' : from}..${to.startsWith('9999') ? '' : to}`;
          const expected = all.filter((r) => among(dayOf(r), from, to)).map((r) => r.no);
          for (const sort of ['no', '-updated', 'place', 'state', 'deadline', '-found']) {
            const rows = await listed(`${at}&${key}=${range}&sort=${sort}`, who);
            expect(rows.map((r) => r.no).sort(), `${who} ${key}=${range} ${sort}`).toEqual([...expected].sort());
          }
          expect(await total(`${at}&${key}=${range}`, who), `${who} ${key}=${range}`).toBe(expected.length);
        }
      }
    }
  });

  test('go with the other filters, and with a view whose deadlines they narrow', async () => {
    const at = asOf('2019-08-20');
    const overdue = await listed(`${at}&view=overdue`);
    expect(overdue.length).toBeGreaterThan(5);
    const some = overdue.filter((r) => among(r.deadline, '2019-08-01', '2019-08-12')).map((r) => r.no);
    const rows = await listed(`${at}&view=overdue&due=2019-08-01..2019-08-12`);
    expect(rows.map((r) => r.no).sort()).toEqual(some.sort());
    // What is due later is not overdue.
    expect(await total(`${at}&view=overdue&due=2019-08-21..`)).toBe(0);
    const facets = (await get('ledger/facets', `${at}&due=2019-08-01..2019-08-12`)).body.facets as Record<string, { count: number }[]>;
    const cities = facets.city?.reduce((n, c) => n + c.count, 0);
    expect(cities).toBe(await total(`${at}&due=2019-08-01..2019-08-12`));
  });

  test('are in the file that is taken away', async () => {
    const query = `${asOf('2019-08-20')}&found=2019-08-01..2019-08-10`;
    const csv = await get('ledger.csv', query);
    expect(csv.status).toBe(200);
    for (const row of await listed(query)) expect(csv.text).toContain(row.no);
    expect(csv.text.match(/SX2019-\d+/g)?.length).toBe(await total(query));
  });

  test('that are none, or end before they begin, are refused with words', async () => {
    for (const key of ['due', 'found', 'updated']) {
      for (const days of ['x', '2019-02-30..', '2019-08-02..2019-08-01', '..']) {
        const reply = await get('ledger', `${key}=${days}`);
        expect([reply.status, reply.body.code, (reply.body.details as { key: string }).key], days).toEqual([400, 'filter.malformed', key]);
      }
    }
  });
});

test('each bar of the ageing of overdue problems opens its own list, for everyone, at any instant', async () => {
  let seen = 0;
  for (const at of [...instants, asOf('2019-08-12'), asOf('2019-09-03'), `asOf=${encodeURIComponent('2019-08-21T00:00:00+08:00')}`]) {
    for (const who of ['clerk', 'director', 'linfen', 'taiyuan', 'hongtong']) {
      const { overdue } = (await get('dashboard', at, who)).body as unknown as {
        overdue: { total: number; buckets: { from: number; to: number | null; count: number; query: string }[] };
      };
      for (const bucket of overdue.buckets) {
        const rows = await listed(`${at}&${bucket.query}`, who);
        expect(rows.length, `${who} ${at} ${bucket.query}`).toBe(bucket.count);
        seen += rows.length;
      }
      expect(overdue.total).toBe(await total(`${at}&view=overdue`, who));
    }
  }
  expect(seen).toBeGreaterThan(50);
});
