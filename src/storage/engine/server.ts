import { spawn, spawnSync } from 'node:child_process';
import { chownSync, closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { bareEnvironment, translate } from './cluster.ts';
import { EngineError, explainOutput } from './errors.ts';
import { judge } from './identity.ts';
import { isAlive } from './processes.ts';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
  /** False if the process may as well be something else: the system does not say. */
  readonly sure: boolean;
}

const logName = 'server.log';
/** How long a pid file may be empty. */
const emptyMs = 2000;
const largestLog = 20 * 1024 * 1024;

/** The server that lives on a cluster according to its pid file; undefined if there is none or it is dead. */
export function findPostmaster(cluster: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(pidFile(cluster), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!pid) return undefined;
  const verdict = judge(pid, cluster, Number(lines[2]) || undefined);
  if (verdict === 'not ours') return undefined;
  return { pid, port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === 'ready', sure: verdict === 'ours' };
}

/**
 * Takes away the pid file of a server that is dead although its number still answers: a zombie nobody collects, or a
 * number that went to another process. PostgreSQL would refuse to start for both. Backends that outlived their server
 * are still found by PostgreSQL itself, through the cluster's shared memory.
 */
export function clearDeadPidFile(cluster: string): void {
  if (findPostmaster(cluster)) return;
  const file = statSync(pidFile(cluster), { throwIfNoEntry: false });
  // Another starter makes the file and writes it a moment later.
  if (file?.size === 0 && Date.now() - file.mtimeMs < emptyMs) return;
  rmSync(pidFile(cluster), { force: true });
}

export type Launch = 'launched' | 'taken' | 'dying' | 'left';

/**
 * Launches a server, apart from our own process group: Ctrl-C is for us, and we stop the server in our own time.
 * @returns "taken" if another starter was first, "dying" if processes of the last server are still going away, "left" if the signal said
 *          to wait no longer
 */
export async function launch(cluster: string, port: number, binaries: Binaries, account: Account, signal?: AbortSignal): Promise<Launch> {
  const logFile = join(cluster, logName);
  rotate(logFile);
  const log = openSync(logFile, 'a', 0o600);
  if (account) chownSync(logFile, account.uid, account.gid);
  const start = statSync(logFile).size;
  let exited: number | undefined;
  let launched: number | undefined;
  try {
    const [program, args] = command(cluster, port, binaries);
    const child = spawn(program, args, {
      ...account,
      cwd: cluster,
      env: bareEnvironment(),
      detached: true,
      stdio: ['ignore', log, log],
      windowsHide: true,
    });
    await new Promise<void>((done, failed) => child.once('spawn', done).once('error', (error) => failed(translate(error))));
    child.once('exit', (code) => (exited = code ?? -1));
    launched = child.pid;
    child.unref();
  } finally {
    closeSync(log);
  }

  for (;;) {
    const server = findPostmaster(cluster);
    if (server?.ready && (server.pid === launched || process.platform === 'win32')) return 'launched';
    if (exited !== undefined && (exited !== 0 || process.platform !== 'win32')) break;
    if (signal?.aborted === true) return 'left';
    await sleep(15);
  }
  const said = readFileSync(logFile, 'utf8').slice(start);
  if (/lock file "postmaster\.pid" (already exists|is empty)/.test(said)) return 'taken';
  if (/pre-existing shared memory block/.test(said)) return 'dying';
  throw explainOutput(said, 'engine.start-failed');
}

// On Windows only pg_ctl can lay down administrator rights and send the stop signal.
function command(cluster: string, port: number, binaries: Binaries): [string, string[]] {
  if (process.platform === 'win32') return [binaries.pgCtl, ['start', '-w', '-D', cluster, '-o', `-p ${port}`]];
  return [binaries.postgres, ['-D', cluster, '-p', String(port)]];
}

/** Fast shutdown: transactions under way are rolled back, everything acknowledged is on disk. */
export async function shutDown(cluster: string, binaries: Binaries): Promise<void> {
  const server = findPostmaster(cluster);
  if (!server) return;
  if (process.platform === 'win32') spawnSync(binaries.pgCtl, ['stop', '-m', 'fast', '-D', cluster]);
  else kill(server.pid, 'SIGINT');
  const deadline = Date.now() + 120_000;
  while (isAlive(server.pid) && existsSync(pidFile(cluster))) {
    if (Date.now() > deadline) throw new EngineError('engine.timeout', 'The database did not stop within two minutes.');
    await sleep(10);
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * A loopback port nobody listens on at this moment.
 * @param wanted  taken if it is free: whoever knew the last server finds the next one
 */
export async function freePort(wanted = 0): Promise<number> {
  const port = await tryPort(wanted);
  return port ?? (await tryPort(0)) ?? 0;
}

function tryPort(wanted: number): Promise<number | undefined> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(undefined));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}

export const pidFile = (cluster: string) => join(cluster, 'postmaster.pid');

function rotate(logFile: string): void {
  const found = statSync(logFile, { throwIfNoEntry: false });
  if (found && found.size > largestLog) renameSync(logFile, `${logFile}.1`);
}
