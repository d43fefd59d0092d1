import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaign, testApp, type TestApp } from '../../../test/support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp(30);
}, 120_000);
afterAll(() => app?.close());

const views = async (who: string) =>
  (await app.call(who, 'GET', `/api/views?campaign=${campaign}`)).body as unknown as { id: string; name: string; query: string }[];

test('a saved view gets another name from its owner alone, and keeps its question and its place', async () => {
  const ids: string[] = [];
  for (const name of ['太原逾期', '临汾逾期']) {
    const saved = await app.call('clerk', 'POST', `/api/views?campaign=${campaign}`, { name, query: 'view=overdue&due=..2019-08-01' });
    ids.push(saved.body.id as string);
  }
  const path = `/api/views/${ids[0]}`;
  for (const other of ['clerk2', 'linfen', 'press']) {
    const refused = await app.call(other, 'POST', path, { name: 'x' });
    expect([refused.status, refused.body.code], other).toEqual([404, 'view.unknown']);
  }
  for (const name of ['', 'x'.repeat(61)]) expect((await app.call('clerk', 'POST', path, { name })).status).toBe(400);
  const renamed = await app.call('clerk', 'POST', path, { name: '太原：逾期' });
  expect([renamed.status, renamed.body]).toEqual([200, { id: ids[0], name: '太原：逾期' }]);
  expect((await views('clerk')).map((v) => [v.name, v.query])).toEqual([
    ['太原：逾期', 'view=overdue&due=..2019-08-01'],
    ['临汾逾期', 'view=overdue&due=..2019-08-01'],
  ]);
});
