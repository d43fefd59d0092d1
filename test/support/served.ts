import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../src/app/config.ts';
import { open } from '../../src/app/running.ts';
import { shanxiData } from '../../src/app/seeds.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { scalePlan, shanxiPlan } from '../../src/demo/shanxi-2019.ts';
import { findEngine, startEngine } from '../../src/storage/engine/index.ts';
import { addUser } from '../../src/usecases/access/users.ts';
import { simulate } from '../../src/app/simulate.ts';
import { live } from '../generators/live-commands.ts';

export const slug = 'served-test';
const password = 'a long enough password';
const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** The product as a process of its own over a data directory of its own, with a clerk who is signed in. */
export interface Served {
  readonly child: ChildProcess;
  readonly address: string;
  readonly dataDir: string;
  readonly cluster: string;
  readonly env: NodeJS.ProcessEnv;
  /** What it wrote to stderr so far. */
  said(): string;
  readonly token: string;
  /** Problems that can be assigned. */
  readonly rows: readonly { readonly id: string; readonly place: number }[];
  ask(
    path: string,
    body?: object,
  ): Promise<{ readonly status: number; readonly code: string; readonly headers: Headers; readonly text: string }>;
  /** Number of the database's process. */
  postmaster(): number;
  close(): Promise<void>;
}

/** A data directory that the database's account can enter. */
export function ownDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'clearzero-served-'));
  chmodSync(path, 0o755);
  return path;
}

/**
 * @param more      environment of the server, beside our own; with a DATABASE_URL there is no cluster
 * @param problems  how many the campaign has
 */
export async function served(dataDir: string, more: NodeJS.ProcessEnv = {}, problems = 120): Promise<Served> {
  const env = { ...process.env, CLEARZERO_DATA: dataDir, DATABASE_URL: '', PORT: '0', ...more };
  await prepare(env, problems);
  const cluster = env.DATABASE_URL === '' ? await clusterOf(dataDir) : '';
  const child = spawn(process.execPath, [main, 'serve', '--json'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString('utf8')));
  let address = '';
  for await (const line of createInterface({ input: child.stdout })) {
    address = (JSON.parse(line) as { address?: string }).address ?? '';
    if (address !== '') break;
  }
  if (address === '') throw new Error(`the server did not start: ${said}`);
  const call = (path: string, token: string, body?: object) =>
    fetch(`${address}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
    });
  const { token } = (await (await call('/api/session', '', { username: 'clerk', password })).json()) as { token: string };
  const states = 'confirmed,supervised,planned,rectifying,staged,returned';
  const list = await call(`/api/ledger?campaign=${slug}&state=${states}&limit=50`, token);
  const { rows } = (await list.json()) as { rows: { id: string; place: number }[] };
  return {
    child,
    address,
    dataDir,
    cluster,
    env,
    token,
    rows,
    said: () => said,
    async ask(path, body) {
      const reply = await call(path, path.startsWith('/public') ? '' : token, body);
      const text = await reply.text();
      const code = reply.headers.get('content-type')?.includes('json') === true ? ((JSON.parse(text) as { code?: string }).code ?? '') : '';
      return { status: reply.status, code, headers: reply.headers, text };
    },
    postmaster: () => Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]),
    async close() {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await new Promise<void>((done) => child.once('exit', () => done()));
      if (cluster !== '') await (await findEngine(dataDir))?.stop();
      rmSync(dataDir, { recursive: true, force: true });
      // Where temporary directories are closed to the server's account, the cluster lies outside, in a folder of its own.
      if (cluster !== '' && !cluster.startsWith(dataDir)) rmSync(dirname(cluster), { recursive: true, force: true });
    },
  };
}

async function prepare(env: NodeJS.ProcessEnv, problems: number): Promise<void> {
  const running = await open(readConfig(env));
  try {
    const loaded = await simulate(running.services, scalePlan(shanxiPlan(await shanxiData()), slug, problems, 4), []);
    if (isRefusal(loaded)) throw new Error(loaded.code);
    const { id: _id, ...clerk } = live.clerk;
    const made = await addUser(running.services, { username: 'clerk', password, name: clerk.name, org: clerk.org, grants: clerk.grants });
    if (isRefusal(made)) throw new Error(made.code);
  } finally {
    await running.close();
  }
}

async function clusterOf(dataDir: string): Promise<string> {
  const engine = await startEngine({ dataDir });
  await engine.stop();
  return engine.cluster;
}

/** How many of some commands a data directory holds, read past the server that took them. */
export async function storedOf(env: NodeJS.ProcessEnv, commands: Iterable<string>): Promise<number | undefined> {
  const running = await open(readConfig(env));
  try {
    const { pool } = running.services.database;
    const r = await pool.query<{ n: number }>('select count(*) as n from commands where id = any($1::uuid[])', [[...commands]]);
    return r.rows[0]?.n;
  } finally {
    await running.close();
  }
}
