import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaign, testApp, type TestApp } from '../../../test/support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp(300);
}, 120_000);
afterAll(() => app?.close());

const past = encodeURIComponent('2019-08-05T18:00:00+08:00');
const get = (path: string, query: string, who = 'clerk') => app.call(who, 'GET', `/api/${path}?campaign=${campaign}&${query}`);

interface Row {
  readonly no: string;
  readonly place: number;
  readonly state: string;
}

/** A list as its pages have it. */
async function listed(query: string, who: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after = ''; ; ) {
    const page = await get('ledger', `${query}&limit=40${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`, who);
    expect(page.status, page.text).toBe(200);
    rows.push(...(page.body.rows as Row[]));
    if (page.body.next === null) return rows;
    after = page.body.next as string;
  }
}

const position = async (query: string, no: string, who = 'clerk') => {
  const reply = await get('ledger/position', `${query}&no=${no}`, who);
  expect(reply.status, `${query} ${no} ${reply.text}`).toBe(200);
  const { index, inList, total, previous, following } = reply.body as Record<string, unknown>;
  return { index, inList, total, previous, following };
};

describe('the place of a record in a list', () => {
  test.each([
    ['clerk', 'sort=no'],
    ['clerk', 'sort=-updated'],
    ['clerk', 'view=overdue&sort=deadline'],
    ['clerk', `sort=state&asOf=${past}`],
    ['clerk', `view=open&sort=-deadline&asOf=${past}`],
    ['clerk', `view=overdue&sort=-updated&asOf=${past}`],
    ['clerk', `city=140100,141000&sort=place&asOf=${past}`],
    ['clerk', 'sort=-found&q=%E6%9C%AA'],
    ['taiyuan', 'sort=-place'],
    ['linfen', `sort=-deadline&asOf=${past}`],
  ])('is where its pages have it, with its neighbours there: %s, %s', async (who, query) => {
    const rows = await listed(query, who);
    expect(rows.length).toBeGreaterThan(2);
    const some = [0, 1, 2, 39, 40, 41, Math.floor(rows.length / 2), rows.length - 1].filter((i) => i < rows.length);
    for (const i of new Set(some)) {
      expect(await position(query, (rows[i] as Row).no, who), `${i}`).toEqual({
        index: i + 1,
        inList: true,
        total: rows.length,
        previous: rows[i - 1]?.no ?? null,
        following: rows[i + 1]?.no ?? null,
      });
    }
  });

  test('of one that has left the list is none, and its neighbours are those between which it would stand', async () => {
    const numbers = (await listed('sort=no', 'clerk')).map((r) => r.no);
    const cleared = (await listed('sort=no&state=cleared', 'clerk')).map((r) => r.no);
    const outside = numbers.find((no, i) => i > 10 && !cleared.includes(no) && i < numbers.length - 10) as string;
    const at = numbers.indexOf(outside);
    expect(await position('sort=no&state=cleared', outside)).toEqual({
      index: null,
      inList: false,
      total: cleared.length,
      previous: cleared.findLast((no) => numbers.indexOf(no) < at) ?? null,
      following: cleared.find((no) => numbers.indexOf(no) > at) ?? null,
    });
  });

  test('follows a command: the record is out of the list, the others stay', async () => {
    const query = 'view=unsent&sort=no';
    const found = await app.call('finder', 'POST', '/api/problems', {
      ...{ campaign, unit: '松风演示化工厂', place: 141_024, aspect: 'key-dischargers', type: 'key-dischargers' },
      ...{ text: '未登记的锅炉', clue: 'inspection', evidence: [] },
    });
    const { id, no } = found.body.item as { id: string; no: string };
    expect((await position(query, no)).inList).toBe(false);
    const confirmed = await app.call('clerk', 'POST', `/api/problems/${id}/confirm?campaign=${campaign}`, {});
    expect(confirmed.status, confirmed.text).toBe(200);
    expect(await position(query, no)).toMatchObject({ inList: true, following: null });
  });

  test('is told to nobody who may not see the record, and names none outside their places', async () => {
    const neighbour = (await listed('city=141000&sort=no', 'clerk'))[0] as Row;
    for (const query of ['sort=no', 'city=141000&sort=no', `sort=no&asOf=${past}`]) {
      const refused = await get('ledger/position', `${query}&no=${neighbour.no}`, 'taiyuan');
      expect([refused.status, refused.body.code]).toEqual([404, 'item.unknown']);
      expect(refused.text).not.toContain('SX2019');
    }
    const places = new Map((await listed('sort=no', 'clerk')).map((r) => [r.no, r.place]));
    const own = await listed('sort=-updated', 'taiyuan');
    for (const row of own.slice(0, 12)) {
      const { previous, following } = await position('sort=no', row.no, 'taiyuan');
      for (const no of [previous, following]) {
        if (no !== null) expect(Math.floor((places.get(no as string) ?? 0) / 100), String(no)).toBe(1401);
      }
    }
    expect((await get('ledger/position', `sort=no&no=${neighbour.no}`, 'press')).status).toBe(403);
    expect((await get('ledger/position', `sort=no&no=${neighbour.no}`, 'stranger')).status).toBe(404);
  });

  test('is none before the record was recorded, nor in a list of another kind', async () => {
    const last = (await listed('sort=-found', 'clerk'))[0] as Row;
    for (const query of [`sort=no&asOf=${past}`, 'kind=case&sort=no']) {
      const reply = await get('ledger/position', `${query}&no=${last.no}`);
      expect([reply.status, reply.body.code], reply.text).toEqual([404, 'item.unknown']);
    }
  });
});
