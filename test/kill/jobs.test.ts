import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { verifyLive } from '../../src/app/verify.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { seeded } from '../../src/demo/random.ts';
import { fileSigner } from '../../src/storage/log/keys.ts';
import { fileMarks } from '../../src/storage/log/marks.ts';
import { campaign, testApp, type TestApp } from '../support/app.ts';

const program = fileURLToPath(new URL('./job-runner.ts', import.meta.url));
// Long enough for a machine that is busy with other things to renew it in time.
const leaseMs = 2000;
/** How long the database lets a frozen process keep a transaction. */
const silentMs = 1200;

let keys: string;
let app: TestApp;
let ended = false;
let lanes: Promise<unknown>;
let taken = 0;
/** Every checkpoint that anybody could have seen: its root by its size. */
const checkpoints = new Map<number, string>();
const runners: Runner[] = [];

interface Runner {
  readonly child: ChildProcess;
  /** When it began a run last. */
  ran: number;
  said: string;
}

beforeAll(async () => {
  keys = mkdtempSync(join(tmpdir(), 'clearzero-jobs-'));
  app = await testApp(60, undefined, { log: fileSigner(keys, undefined), marks: fileMarks(keys).marks });
  const { body } = await app.call(
    'clerk',
    'GET',
    `/api/ledger?campaign=${campaign}&state=confirmed,supervised,planned,rectifying&limit=40`,
  );
  const rows = body.rows as { id: string; place: number }[];
  lanes = Promise.all([0, 1].map((lane) => giveCommands(rows, lane)).concat(watch()));
}, 120_000);
afterEach(() => {
  for (const { child } of runners) child.kill('SIGKILL');
});
afterAll(async () => {
  ended = true;
  await lanes;
  await app.close();
  rmSync(keys, { recursive: true, force: true });
}, 60_000);

async function giveCommands(rows: readonly { id: string; place: number }[], lane: number): Promise<void> {
  for (let i = lane; !ended; i += 2) {
    const row = rows[i % rows.length] as (typeof rows)[number];
    const sent = { id: v7(), government: `gov-${row.place}`, department: `分局${i}`, person: '某某' };
    const reply = await app.call('clerk', 'POST', `/api/problems/${row.id}/assign?campaign=${campaign}`, sent);
    if (reply.status < 300) taken++;
    await sleep(5);
  }
}

/** Keeps what is signed as somebody outside would: there are never two roots for one size. */
async function watch(): Promise<void> {
  while (!ended) {
    const { rows } = await app.services.database.pool.query<{ size: number; root: string }>(
      "select size, encode(root, 'hex') as root from log_checkpoints order by size desc limit 20",
    );
    for (const { size, root } of rows) {
      expect(checkpoints.get(size) ?? root, `one root for ${size} entries`).toBe(root);
      checkpoints.set(size, root);
    }
    await sleep(15);
  }
}

/** @param shiftMs  how wrong its clock is */
async function start(shiftMs = 0): Promise<Runner> {
  const shift = `const R = Date; globalThis.Date = class extends R {
    constructor(...a) { if (a.length === 0) super(R.now() + ${shiftMs}); else super(...a); }
    static now() { return R.now() + ${shiftMs}; } };`;
  const child = spawn(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(shift)}`, program, app.url, keys, String(leaseMs), String(silentMs)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const runner: Runner = { child, ran: 0, said: '' };
  runners.push(runner);
  child.stderr.on('data', (text: Buffer) => (runner.said += text.toString('utf8')));
  let ready = false;
  child.stdout.on('data', (text: Buffer) => {
    ready = true;
    if (text.includes('ran')) runner.ran = performance.now();
  });
  await expect.poll(() => ready, { timeout: 20_000, interval: 10 }).toBe(true);
  return runner;
}

const size = () => Math.max(0, ...checkpoints.keys());
const runs = (r: Runner) => r.ran > 0 && performance.now() - r.ran < 300;

/** The one that numbers at the moment. */
async function holder(of: readonly Runner[]): Promise<Runner> {
  let found: Runner | undefined;
  await expect.poll(() => (found = of.find(runs)), { timeout: 15_000, interval: 10 }).toBeDefined();
  return found as Runner;
}

/** Waits until acts that are recorded now are signed; answers how long that took. */
async function goesOn(): Promise<number> {
  const began = performance.now();
  const before = size();
  await expect.poll(size, { timeout: 20_000, interval: 10 }).toBeGreaterThan(before + 3);
  return performance.now() - began;
}

// A machine that stands still for longer than a lease takes it away rightly: then there is another try.
describe.runIf(process.platform !== 'win32')('two processes that number one log', { retry: 2 }, () => {
  const r = seeded(2, 9);

  test('are one at a time, and when that one is killed the other goes on', async () => {
    let two = [await start(), await start()];
    for (let round = 0; round < 4; round++) {
      const first = await holder(two);
      const other = two.find((x) => x !== first) as Runner;
      const before = other.ran;
      await sleep(300 + r.next() * 400);
      expect(other.ran).toBe(before);
      first.child.kill('SIGKILL');
      // What the killed one had signed last may be seen only now: it is the other that has to go on.
      await expect.poll(() => runs(other), { timeout: leaseMs + 3000, interval: 10 }).toBe(true);
      expect(await goesOn()).toBeLessThan(leaseMs + 3000);
      two = [other, await start()];
    }
  }, 90_000);

  test('frozen at any moment, one loses its lease, and when it moves again it disturbs nothing', async () => {
    const two = [await start(), await start()];
    for (let round = 0; round < 8; round++) {
      const first = await holder(two);
      const other = two.find((x) => x !== first) as Runner;
      await sleep(r.next() * 200);
      first.child.kill('SIGSTOP');
      try {
        const began = performance.now();
        await expect.poll(() => runs(other), { timeout: 15_000, interval: 10 }).toBe(true);
        await goesOn();
        expect(performance.now() - began).toBeLessThan(leaseMs + silentMs + 3000);
        await sleep(r.next() * 300);
      } finally {
        first.child.kill('SIGCONT');
      }
      await goesOn();
      await expect.poll(() => two.filter(runs).length, { timeout: 5000, interval: 20 }).toBe(1);
    }
  }, 120_000);

  test('with clocks that are years off, they take nothing from each other and sign the same log', async () => {
    const year = 365 * 86_400_000;
    const two = [await start(-3 * year), await start(3 * year)];
    const first = await holder(two);
    const other = two.find((x) => x !== first) as Runner;
    const before = other.ran;
    await sleep(3 * leaseMs);
    expect(other.ran).toBe(before);
    await goesOn();
    first.child.kill('SIGKILL');
    expect(await goesOn()).toBeLessThan(leaseMs + 3000);
    // Told to stop, it gives the lease back.
    const third = await start();
    other.child.kill('SIGTERM');
    await expect.poll(() => other.child.exitCode, { timeout: 10_000 }).toBe(0);
    expect(await goesOn()).toBeLessThan(3000);
    expect(runs(third)).toBe(true);
    third.child.kill('SIGTERM');
    await expect.poll(() => third.child.exitCode, { timeout: 10_000 }).toBe(0);
  }, 60_000);

  test('have left one log without a fork, with everything that was acknowledged in it', async () => {
    ended = true;
    await lanes;
    const check = await verifyLive(app.services, campaign);
    if (isRefusal(check)) throw new Error(check.code);
    expect(check.faults).toEqual([]);
    expect(check).toMatchObject({ ok: true, unnumbered: 0 });
    expect(taken).toBeGreaterThan(500);
    expect(checkpoints.size).toBeGreaterThan(100);
    expect(runners.map((x) => x.said).join('')).not.toMatch(/LogFork|entries were signed/);
  }, 60_000);
});
