import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Load } from '../support/load.ts';
import { ownDirectory, type Served, served, slug, storedOf } from '../support/served.ts';

let s: Served;
let load: Load;

beforeAll(async () => {
  s = await served(ownDirectory(), { CLEARZERO_DATABASE_WAIT_MS: '1000' });
  load = new Load(s, 6);
}, 120_000);
afterAll(async () => {
  await load?.end();
  await s?.close();
}, 60_000);

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
      await load.goesOn();
      const before = s.postmaster();
      process.kill(before, 'SIGKILL');
      await expect.poll(() => s.said().split('The database is there again.').length - 1, { timeout: 20_000 }).toBe(round + 1);
      expect(await load.goesOn()).toBeLessThan(15_000);
      expect(s.postmaster()).not.toBe(before);
      expect(s.child.exitCode).toBeNull();
      expect(load.failures.length).toBeGreaterThan(0);
      load.onlyAway();
    }
  }, 90_000);

  test('loses one process goes on', async () => {
    await load.goesOn();
    const victim = backends()[0];
    expect(victim).toBeDefined();
    process.kill(victim as number, 'SIGKILL');
    expect(await load.goesOn()).toBeLessThan(15_000);
    load.onlyAway();
  }, 60_000);

  test('stands still answers in time that it is busy, and goes on when it moves again', async () => {
    await load.goesOn();
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
    expect(await load.goesOn()).toBeLessThan(15_000);
    load.onlyAway();
  }, 60_000);

  test('lost its connections has kept whatever it acknowledged', async () => {
    expect(await storedOf(s.env, load.taken)).toBe(load.taken.size);
    expect(load.taken.size).toBeGreaterThan(50);
    expect(s.said()).not.toMatch(/\n\s+at /);
  });
});
