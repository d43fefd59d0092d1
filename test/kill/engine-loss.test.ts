import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownDirectory, type Served, served, slug, storedOf } from '../support/served.ts';

let s: Served;
/** Ids of commands that were acknowledged. */
const taken = new Set<string>();
/** Status and code of every answer that was not a success. */
let failures: string[] = [];
let ended = false;
let lanes: Promise<unknown> = Promise.resolve();

beforeAll(async () => {
  s = await served(ownDirectory(), { CLEARZERO_DATABASE_WAIT_MS: '1000' });
  lanes = Promise.all([0, 1, 2, 3, 4, 5].map(giveCommands));
}, 120_000);
afterAll(async () => {
  ended = true;
  await lanes;
  await s?.close();
}, 60_000);

/** Gives commands and reads pages without a pause, as long as the test goes on. */
async function giveCommands(lane: number): Promise<void> {
  for (let i = lane; !ended; i++) {
    const row = s.rows[i % s.rows.length] as Served['rows'][number];
    const id = v7();
    const body = { id, government: `gov-${row.place}`, department: `分局${i}`, person: '某某' };
    const [done, read] = [
      await s.ask(`/api/problems/${row.id}/assign?campaign=${slug}`, body),
      await s.ask(`/api/ledger?campaign=${slug}&limit=5`),
    ];
    if (done.status < 300) taken.add(id);
    for (const a of [done, read])
      if (a.status >= 300) failures.push(`${a.status} ${a.code}${a.headers.has('retry-after') ? '' : ' without retry-after'}`);
    if (done.status >= 300) await sleep(20);
  }
}

/** Waits until commands are acknowledged again; answers how long that took. */
async function goesOn(): Promise<number> {
  const began = performance.now();
  const before = taken.size;
  await expect.poll(() => taken.size, { timeout: 30_000, interval: 20 }).toBeGreaterThan(before + 5);
  return performance.now() - began;
}

/** What people were told meanwhile: 503 with a code and when to ask again, and nothing else. */
function onlyAway(): void {
  const away = new Set(['503 server.unavailable', '503 server.database-busy']);
  expect(failures.filter((f) => !away.has(f))).toEqual([]);
  failures = [];
}

/** Processes of the database beside its first one. */
function backends(): number[] {
  const postmaster = s.postmaster();
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        return (
          pid > 0 &&
          pid !== postmaster &&
          readlinkSync(`/proc/${pid}/cwd`) === s.cluster &&
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('127.0.0.1')
        );
      } catch {
        return false;
      }
    });
}

describe.runIf(process.platform === 'linux')('a server whose database', () => {
  test('is killed under load goes on within seconds, three times over', async () => {
    for (let round = 0; round < 3; round++) {
      await goesOn();
      const before = s.postmaster();
      process.kill(before, 'SIGKILL');
      await expect.poll(() => s.said().split('The database is there again.').length - 1, { timeout: 20_000 }).toBe(round + 1);
      expect(await goesOn()).toBeLessThan(15_000);
      expect(s.postmaster()).not.toBe(before);
      expect(s.child.exitCode).toBeNull();
      expect(failures.length).toBeGreaterThan(0);
      onlyAway();
    }
  }, 90_000);

  test('loses one process goes on', async () => {
    await goesOn();
    const victim = backends()[0];
    expect(victim).toBeDefined();
    process.kill(victim as number, 'SIGKILL');
    expect(await goesOn()).toBeLessThan(15_000);
    onlyAway();
  }, 60_000);

  test('stands still answers in time that it is busy, and goes on when it moves again', async () => {
    await goesOn();
    const postmaster = s.postmaster();
    process.kill(postmaster, 'SIGSTOP');
    try {
      for (const pid of backends()) process.kill(pid, 'SIGTERM');
      await sleep(100);
      const began = performance.now();
      const reply = await s.ask(`/api/ledger?campaign=${slug}&limit=5`);
      expect(performance.now() - began).toBeLessThan(4000);
      expect(reply).toMatchObject({ status: 503, code: 'server.database-busy' });
      const page = await s.ask('/public');
      expect(page.status).toBe(503);
      expect(page.text).toContain('<h1>数据库正忙');
    } finally {
      process.kill(postmaster, 'SIGCONT');
    }
    expect(await goesOn()).toBeLessThan(15_000);
    onlyAway();
  }, 60_000);

  test('lost its connections has kept whatever it acknowledged', async () => {
    expect(await storedOf(s.env, taken)).toBe(taken.size);
    expect(taken.size).toBeGreaterThan(50);
    expect(s.said()).not.toMatch(/\n\s+at /);
  });
});
