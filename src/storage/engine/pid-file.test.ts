import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startEngine } from './index.ts';
import { judge } from './identity.ts';

const isRoot = process.getuid?.() === 0;
const runner = fileURLToPath(new URL('../../../test/support/engine-runner.ts', import.meta.url));
/** Root sees every process from inside; an ordinary account does not, and is told the least. */
const ordinary = isRoot ? { uid: 65_534, gid: 65_534 } : {};

let home: string;
let children: ChildProcess[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'clearzero-pid-'));
  children = [];
  chmodSync(home, 0o755);
  mkdirSync(join(home, 'data'));
  if (isRoot) chownSync(join(home, 'data'), 65_534, 65_534);
});
afterEach(async () => {
  for (const child of children) child.kill('SIGTERM');
  for (const c of children) if (c.exitCode === null && c.signalCode === null) await new Promise((done) => c.once('exit', done));
  rmSync(home, { recursive: true, force: true });
});

/** The engine in a process of an ordinary account, once it is up. */
async function start(): Promise<{ child: ChildProcess; cluster: string; postmaster: number }> {
  const env = { PATH: process.env.PATH, HOME: home };
  const child = spawn(process.execPath, [runner, join(home, 'data')], { ...ordinary, cwd: '/', env, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const line = await new Promise<string>((done, failed) => {
    child.stdout?.once('data', (text: Buffer) => done(text.toString('utf8')));
    child.once('exit', (code) => failed(new Error(`ended with ${code}`)));
  });
  const { cluster } = JSON.parse(line) as { cluster: string };
  return { child, cluster, postmaster: Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]) };
}

const idle = (options: object = {}, argv0 = 'sleep') => {
  const child = spawn('/bin/sleep', ['300'], { argv0, stdio: 'ignore', ...options });
  children.push(child);
  return child.pid as number;
};
const longAgo = () => Math.floor(Date.now() / 1000) - 86_400;
const now = () => Math.floor(Date.now() / 1000);

describe.runIf(process.platform === 'linux')('a pid file that a dead server left behind', () => {
  test.each([
    ['the first process of the machine', () => 1, now],
    ['a process of another account', () => idle(), now],
    ['an unrelated process of the same account', () => idle(ordinary), now],
    ['a process of that name which is younger than the file', () => idle(ordinary, 'postgres'), longAgo],
    ['another cluster’s server', () => idle({ ...ordinary, cwd: '/tmp' }, 'postgres'), now],
    ['a number nobody has', () => 4_194_303, now],
  ])('and that now names %s does not hold up the start', async (_, pid, startedAt) => {
    const first = await start();
    const file = join(first.cluster, 'postmaster.pid');
    const text = readFileSync(file, 'utf8').split('\n');
    first.child.kill('SIGKILL');
    process.kill(first.postmaster, 'SIGKILL');
    await sleep(200);
    writeFileSync(file, [String(pid()), text[1], String(startedAt()), ...text.slice(3)].join('\n'));
    const began = performance.now();
    await start();
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test('a process that may well be the server is waited for, and named after some seconds', async () => {
    const dataDir = join(home, 'own');
    mkdirSync(dataDir);
    const first = await startEngine({ dataDir, systemHome: join(home, 'system') });
    await first.stop();
    const file = join(first.cluster, 'postmaster.pid');
    const { uid, gid } = statSync(first.cluster);
    const pid = idle({ ...(isRoot ? { uid, gid } : {}), cwd: first.cluster }, 'postgres');
    writeFileSync(file, `${pid}\n${first.cluster}\n${now()}\n1\n\n127.0.0.1\n\nstarting\n`);
    const lines: string[] = [];
    const starting = startEngine({ dataDir, systemHome: join(home, 'system'), log: (line) => lines.push(line) });
    await expect.poll(() => lines.join('\n'), { timeout: 10_000 }).toContain(`process ${pid}, named in ${file}`);
    process.kill(pid, 'SIGKILL');
    const engine = await starting;
    await engine.stop();
  });
});

test('neither a number nobody has nor our own process is taken for a server', () => {
  expect(judge(4_194_303, home, now())).toBe('not ours');
  expect(judge(process.pid, home, now())).toBe('not ours');
});
