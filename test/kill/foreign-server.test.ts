import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cutter, type Cutter } from '../support/cutter.ts';
import { foreignServer, type ForeignServer } from '../support/foreign-server.ts';
import { Load } from '../support/load.ts';
import { ownDirectory, type Served, served, slug, storedOf } from '../support/served.ts';

let foreign: ForeignServer;
let wire: Cutter;
let s: Served;
beforeAll(async () => {
  foreign = await foreignServer();
  wire = await cutter(foreign.port);
  s = await served(ownDirectory(), { DATABASE_URL: foreign.urlAt(wire.port), CLEARZERO_DATABASE_WAIT_MS: '1000' }, 1200);
}, 120_000);
afterAll(async () => {
  await s?.close();
  await wire?.close();
  await foreign?.remove();
}, 60_000);

/** Reads an answer to its end, or to where it breaks off. */
function read(path: string, onFirst?: () => void): Promise<{ status: number; whole: boolean; text: string }> {
  return new Promise((resolve) => {
    const request = get(`${s.address}${path}`, { headers: { authorization: `Bearer ${s.token}` } }, (res) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => {
        if (parts.length === 0) onFirst?.();
        parts.push(part);
      });
      res.on('error', () => undefined);
      res.on('close', () => resolve({ status: res.statusCode ?? 0, whole: res.complete, text: Buffer.concat(parts).toString('utf8') }));
    });
    request.on('error', () => resolve({ status: 0, whole: false, text: '' }));
  });
}

/** How many acts there are of a problem. */
const acts = async (problem: string) => {
  const page = await s.ask(`/api/items/${problem}?campaign=${slug}`);
  return (JSON.parse(page.text) as { acts: unknown[] }).acts.length;
};

describe.runIf(process.platform !== 'win32')('a wire to the database that is cut', () => {
  test('in the middle of a page leaves an export visibly broken, and the next one is whole', async () => {
    const path = `/api/ledger.csv?campaign=${slug}&sort=no`;
    const whole = await read(path);
    expect(whole).toMatchObject({ status: 200, whole: true });
    for (let round = 0; round < 3; round++) {
      const cuts = wire.cuts;
      const broken = await read(path, () => wire.cutAfter(20_000 + round * 7001));
      expect(wire.cuts).toBe(cuts + 1);
      expect(broken).toMatchObject({ status: 200, whole: false });
      expect(broken.text.length).toBeLessThan(whole.text.length);
      expect(whole.text.startsWith(broken.text.slice(0, 1000))).toBe(true);
    }
    const cuts = wire.cuts;
    wire.cutAfter(200_000);
    const book = await read(`/api/ledger.xlsx?campaign=${slug}&sort=no`);
    expect(wire.cuts).toBe(cuts + 1);
    // Broken before its first byte it is a problem, later an aborted transfer; never a book that opens.
    expect(book.status === 503 ? 'told' : book.whole).toBe(book.status === 503 ? 'told' : false);
    expect(await read(path)).toEqual(whole);
  }, 60_000);

  test.each(['before', 'after'] as const)(
    '%s a command is committed: 503 with a code, and once on repetition',
    async (when) => {
      let met = 0;
      for (let round = 0; round < 5; round++) {
        const row = s.rows[round] as Served['rows'][number];
        const was = await acts(row.id);
        const body = { id: v7(), government: `gov-${row.place}`, department: `重发${when}${round}`, person: '某某' };
        const send = () => s.ask(`/api/problems/${row.id}/assign?campaign=${slug}`, body);
        const cuts = wire.cuts;
        wire.cutAtCommit(when);
        let first = await send();
        // A job may have committed first; then it was the one that was cut, and the command was taken.
        if (first.status < 300) {
          expect(wire.cuts).toBe(cuts + 1);
          continue;
        }
        expect(first).toMatchObject({ status: 503, code: 'server.unavailable' });
        expect(first.headers.has('retry-after')).toBe(true);
        expect(wire.cuts).toBe(cuts + 1);
        expect(await storedOf({ ...s.env, DATABASE_URL: foreign.urlAt(foreign.port) }, [body.id])).toBe(when === 'after' ? 1 : 0);
        met++;
        first = await send();
        const second = await send();
        expect([first.status < 300, second.status < 300]).toEqual([true, true]);
        expect(await acts(row.id)).toBe(was + 1);
      }
      expect(met).toBeGreaterThan(2);
      expect(s.child.exitCode).toBeNull();
    },
    60_000,
  );
});

describe.runIf(process.platform !== 'win32')('a database of somebody else that', () => {
  let load: Load;
  beforeAll(() => {
    load = new Load(s, 4);
  });

  test('is restarted under load: 503 with a code meanwhile, and the server goes on', async () => {
    for (let round = 0; round < 2; round++) {
      await load.goesOn();
      await foreign.stop();
      for (const path of ['/api/ready', `/api/ledger?campaign=${slug}&limit=5`, '/public'])
        expect((await s.ask(path)).status, path).toBe(503);
      // The process itself is alive, and says so to whoever asks without an account.
      expect((await fetch(`${s.address}/api/health`)).status).toBe(200);
      await sleep(500);
      await foreign.start();
      expect(await load.goesOn()).toBeLessThan(15_000);
      expect(load.failures.length).toBeGreaterThan(0);
      load.onlyAway();
      expect(s.child.exitCode).toBeNull();
    }
  }, 90_000);

  test('crashes and recovers under load: the same', async () => {
    await load.goesOn();
    foreign.kill();
    await sleep(300);
    await foreign.start();
    expect(await load.goesOn()).toBeLessThan(20_000);
    load.onlyAway();
    expect(s.child.exitCode).toBeNull();
  }, 60_000);

  test('has kept whatever was acknowledged, and the jobs go on', async () => {
    await expect.poll(() => load.taken.size, { timeout: 30_000 }).toBeGreaterThan(100);
    await load.end();
    expect(await storedOf(s.env, load.taken)).toBe(load.taken.size);
    await expect
      .poll(async () => JSON.parse((await s.ask('/api/ready')).text) as unknown, { timeout: 20_000 })
      .toEqual({ ready: true, jobs: 'well' });
    expect(s.said()).not.toMatch(/\n\s+at /);
  }, 60_000);
});
