import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findEngine } from '../../src/storage/engine/index.ts';
import { ownDirectory, type Served, served, slug, storedOf } from '../support/served.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const mount = ownDirectory();
/** A disk of its own, which only root can make. */
const mounted = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=240m', 'tmpfs', mount]).status === 0;
const why = mounted ? '' : ' (LEFT OUT: only root on Linux can mount a small disk)';
let s: Served;
const taken = new Set<string>();

beforeAll(async () => {
  if (!mounted) return;
  chmodSync(mount, 0o755);
  s = await served(join(mount, 'data'), { CLEARZERO_DATABASE_WAIT_MS: '1000' });
}, 120_000);
afterAll(async () => {
  rmSync(join(mount, 'ballast'), { force: true });
  await s?.close();
  if (mounted) spawnSync('umount', ['-l', mount]);
  rmSync(mount, { recursive: true, force: true });
}, 60_000);

/** Takes all the room there is, but for some kilobytes. */
function fill(): void {
  const file = openSync(join(mount, 'ballast'), 'a');
  try {
    for (const size of [1_048_576, 4096]) {
      const part = Buffer.alloc(size, 1);
      while (writeSync(file, part) === size);
    }
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
  } finally {
    closeSync(file);
  }
}
const free = () => rmSync(join(mount, 'ballast'));

async function give(i: number) {
  const row = s.rows[i % s.rows.length] as Served['rows'][number];
  const id = v7();
  const body = { id, government: `gov-${row.place}`, department: `分局${i}${'长'.repeat(400)}`.slice(0, 60), person: '某某' };
  const done = await s.ask(`/api/problems/${row.id}/assign?campaign=${slug}`, body);
  if (done.status < 300) taken.add(id);
  return done;
}

const read = () => s.ask(`/api/ledger?campaign=${slug}&limit=5`);

/** A tool of the command line on the same data. */
function tool(...args: string[]): Promise<{ status: number | null; said: string }> {
  const child = spawn(process.execPath, [main, ...args], { env: s.env, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString('utf8')));
  child.stderr.on('data', (text: Buffer) => (said += text.toString('utf8')));
  child.stdin.on('error', () => undefined);
  child.stdin.end('a long enough passphrase\n');
  return new Promise((done) => child.once('close', (status) => done({ status, said })));
}
const trace = /\n\s+at \S/;

describe.runIf(mounted)('when the disk is full', () => {
  test('commands are answered 507 with what to do, and reading goes on', async () => {
    fill();
    let full = await give(0);
    for (let i = 1; full.status < 300 && i < 3000; i++) full = await give(i);
    expect(full).toMatchObject({ status: 507, code: 'server.disk-full' });
    expect(full.text).toContain('free space');
    expect((await read()).status).toBe(200);
    expect((await s.ask('/public')).status).toBe(200);
  }, 60_000);

  test('no tool ends in a stack trace, and the examination says it', async () => {
    const [doctor, figures, backup] = [
      await tool('doctor'),
      await tool('figures', '--campaign', slug, '--as-of', '2019-08-05T18:00:00+08:00', '--set', 'press', '--json'),
      await tool('backup', '--out', join(mount, 'backup')),
    ];
    expect(doctor.said).toMatch(/fail\s+disk .*free at least 1 GiB/);
    expect(doctor.status).toBe(1);
    expect(figures.status).toBe(0);
    expect(backup).toMatchObject({ status: 3 });
    expect(backup.said).toContain('server.disk-full');
    for (const { said } of [doctor, figures, backup]) expect(said).not.toMatch(trace);
  }, 60_000);

  test('the database that ends for want of room for its log is started again once there is room', async () => {
    const engine = await findEngine(s.dataDir);
    const client = new pg.Client(engine?.connection);
    client.on('error', () => undefined);
    await client.connect();
    // Each switch wants another 16 MB for the log.
    for (let i = 0; i < 40; i++) {
      const error: unknown = await client
        .query("select pg_logical_emit_message(false, 'x', 'y'), pg_switch_wal()")
        .catch((e: unknown) => e);
      if (error instanceof Error) break;
    }
    await client.end().catch(() => undefined);
    await expect.poll(async () => (await give(7)).status, { timeout: 20_000, interval: 100 }).toBeGreaterThanOrEqual(500);
    await expect
      .poll(async () => (await read()).code, { timeout: 20_000, interval: 100 })
      .toMatch(/^server\.(disk-full|unavailable|database-busy)$/);
    const verify = await tool('verify', '--campaign', slug);
    expect(verify.status).toBe(3);
    expect(verify.said).not.toMatch(trace);
    free();
    await engine?.stop();
    await expect.poll(async () => (await give(8)).status, { timeout: 30_000, interval: 100 }).toBeLessThan(300);
    expect(s.child.exitCode).toBeNull();
    expect(s.said()).not.toMatch(trace);
  }, 90_000);

  test('everything acknowledged is there', async () => {
    expect(await storedOf(s.env, taken)).toBe(taken.size);
    expect(taken.size).toBeGreaterThan(0);
    const verify = await tool('verify', '--campaign', slug);
    expect(verify).toMatchObject({ status: 0 });
  }, 60_000);
});

test(`a small disk was filled up${why}`, () => {
  expect(why === '' || process.getuid?.() !== 0 || process.platform !== 'linux').toBe(true);
});
