import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaign, testApp, type TestApp } from '../../../test/support/app.ts';
import type { DeskView } from '../../contract/desk.ts';
import type { BatchList, BatchPage } from '../../contract/supervision.ts';

let app: TestApp;
let batch = 0;
let letter = '';
beforeAll(async () => {
  app = await testApp(40);
  const found = {
    campaign,
    unit: '听松演示焦化厂',
    aspect: 'key-dischargers',
    type: 'key-dischargers',
    text: '外排水超标',
    clue: 'inspection',
  };
  const made = await app.call('finder', 'POST', '/api/problems', { ...found, place: 141_024, evidence: [] });
  const id = (made.body.item as { id: string }).id;
  await app.call('clerk', 'POST', `/api/problems/${id}/confirm?campaign=${campaign}`, {});
  const deadline = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  const done = await app.call('clerk', 'POST', '/api/batches', { campaign, name: '督办', deadline, problems: [id] });
  batch = done.body.no as number;
  letter = (await page('linfen')).cities.find((c) => c.place === 141_000)?.letter?.id ?? '';
}, 120_000);
afterAll(() => app?.close());

const page = async (who: string) => (await app.call(who, 'GET', `/api/batches/${batch}?campaign=${campaign}`)).body as unknown as BatchPage;
const list = async (who: string, more = '') =>
  ((await app.call(who, 'GET', `/api/batches?campaign=${campaign}${more}`)).body as unknown as BatchList).batches;
const sign = (who: string, id = letter, body: object = {}) =>
  app.call(who, 'POST', `/api/letters/${id}/receive?campaign=${campaign}`, body);
const desk = async (who: string) => ((await app.call(who, 'GET', `/api/desk?campaign=${campaign}`)).body as unknown as DeskView).groups;
const own = async (who: string) => (await page(who)).cities.find((c) => c.place === 141_000)?.letter;

describe('a letter that came in today', () => {
  test('waits for its city alone, and nobody else signs for it', async () => {
    expect(letter).not.toBe('');
    expect(await own('linfen')).toMatchObject({ receivedAt: null, canReceive: true });
    expect(await own('clerk')).toMatchObject({ receivedAt: null, canReceive: false });
    expect((await list('linfen'))[0]).toMatchObject({ no: batch, letters: 1, received: 0, mine: 1 });
    expect((await list('clerk'))[0]).toMatchObject({ no: batch, letters: 1, received: 0, mine: 0 });
    expect((await desk('linfen')).find((g) => g.code === 'receive')).toMatchObject({ count: 1, query: null });
    for (const who of ['taiyuan', 'clerk', 'hongtong']) expect((await desk(who)).find((g) => g.code === 'receive')).toBeUndefined();
    // The neighbour sees the batch, and no letter in it.
    expect((await list('taiyuan'))[0]).toMatchObject({ no: batch, letters: 0, mine: 0 });

    expect((await sign('taiyuan')).status).toBe(404);
    expect((await sign('taiyuan')).body.code).toBe('letter.unknown');
    for (const who of ['clerk', 'director', 'inspector', 'auditor']) expect([who, (await sign(who)).status]).toEqual([who, 403]);
    // The letter is the city's: a county does not see it, and of another campaign nobody sees anything.
    for (const who of ['hongtong', 'stranger']) expect([who, (await sign(who)).status]).toEqual([who, 404]);
    // Another stream's id is no letter, whatever it is.
    const problem = (await app.services.database.pool.query<{ id: string }>("select id from items where kind = 'problem' limit 1")).rows[0];
    for (const id of [problem?.id ?? '', v7()]) expect((await sign('linfen', id)).body.code).toBe('letter.unknown');
    expect((await sign('linfen', letter, { happenedAt: '2019-01-01T00:00:00Z' })).status).toBe(422);
    expect(await own('linfen')).toMatchObject({ receivedAt: null });
  });

  test('is signed for once, however often and however many at a time it is sent', async () => {
    const before = encodeURIComponent(new Date().toISOString());
    const id = v7();
    const [a, b, c] = await Promise.all([sign('linfen', letter, { id }), sign('linfen', letter, { id }), sign('linfen')]);
    const codes = [a, b, c].map((r) => r?.body.code ?? r?.status).sort();
    // The repetition answers like the first; of the two commands, one is taken.
    expect([JSON.stringify([200, 200, 'letter.received']), JSON.stringify([200, 'letter.received', 'letter.received'])]).toContain(
      JSON.stringify(codes),
    );
    expect((await sign('linfen')).body.code).toBe('letter.received');
    const acts = await app.services.database.pool.query("select 1 from acts where kind = 'LetterReceived' and stream_id = $1", [letter]);
    expect(acts.rowCount).toBe(1);
    const seen = await own('linfen');
    expect(seen?.receivedAt).not.toBeNull();
    expect(seen?.canReceive).toBe(false);
    expect((await list('clerk'))[0]).toMatchObject({ no: batch, letters: 1, received: 1 });
    expect((await desk('linfen')).find((g) => g.code === 'receive')).toBeUndefined();
    // As of before it was not.
    expect((await list('clerk', `&asOf=${before}`))[0]).toMatchObject({ no: batch, received: 0, mine: 0 });
  });
});
