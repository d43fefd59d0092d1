import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { EngineError, explainOutput } from './errors.ts';
import { isAlive } from './processes.ts';
import { settingsFile } from './settings.ts';

export const engineUser = 'clearzero';
const passwordName = 'clearzero.password';
const settingsName = 'clearzero.conf';
const workshopPrefix = '.making-';

export const passwordOf = (cluster: string) => readFileSync(join(cluster, passwordName), 'utf8').trim();

/**
 * Makes a cluster if there is none. It is made beside and renamed into place, so a killed initdb leaves nothing half
 * made, and of two starters the slower one finds the place taken and throws its own away.
 */
export async function ensureCluster(cluster: string, binaries: Binaries, account: Account): Promise<void> {
  if (existsSync(join(cluster, 'PG_VERSION'))) return;
  const parent = dirname(cluster);
  mkdirSync(parent, { recursive: true, mode: 0o755 });
  sweep(parent);
  const workshop = join(parent, `${workshopPrefix}${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    const made = await makeCluster(workshop, binaries, account);
    renameSync(made, cluster);
    syncDirectory(parent);
  } catch (error) {
    const lostTheRace = existsSync(join(cluster, 'PG_VERSION'));
    if (!lostTheRace) throw translate(error);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** Writes the settings of this version of ours; the cluster's own postgresql.conf only includes them. */
export function writeSettings(cluster: string, settings: Record<string, string>, account: Account): void {
  const file = join(cluster, settingsName);
  const half = `${file}.${process.pid}`;
  writeFileSync(half, settingsFile(settings), { mode: 0o600 });
  own(half, account);
  renameSync(half, file);
}

async function makeCluster(workshop: string, binaries: Binaries, account: Account): Promise<string> {
  const made = join(workshop, 'cluster');
  const passwordFile = join(workshop, 'password');
  mkdirSync(workshop, { mode: 0o700 });
  const password = randomBytes(32).toString('base64url');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  own(workshop, account);
  own(passwordFile, account);

  await initdb(binaries.initdb, workshop, account, [
    ...['--pgdata', made, '--username', engineUser, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
    // The builtin provider orders by code point whatever libraries come later, so an upgrade cannot disorder an index.
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ...['--data-checksums', '--no-instructions'],
  ]);

  appendFileSync(join(made, 'postgresql.conf'), `\ninclude_if_exists = '${settingsName}'\n`);
  writeFileSync(
    join(made, 'pg_hba.conf'),
    '# loopback only, password always\nhost all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\n',
  );
  renameSync(passwordFile, join(made, passwordName));
  return made;
}

function initdb(program: string, cwd: string, account: Account, args: string[]): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { ...account, cwd, env: bareEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => failed(translate(error)));
    child.on('close', (code) => (code === 0 ? done() : failed(explainOutput(output, 'engine.initdb-failed'))));
  });
}

/** PG* variables of the person's shell must not steer our server. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env;
  return { PATH, LC_ALL: 'C', ...(SystemRoot ? { SystemRoot, TEMP } : {}) };
}

function own(path: string, account: Account): void {
  if (account) chownSync(path, account.uid, account.gid);
}

function sweep(parent: string): void {
  for (const name of readdirSync(parent)) {
    const maker = name.startsWith(workshopPrefix) && Number(name.slice(workshopPrefix.length).split('-')[0]);
    if (maker && !isAlive(maker)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

export function translate(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const explained = explainOutput(String((error as Error).message), 'engine.start-failed');
  return new EngineError(explained.code, explained.message, { cause: error });
}
