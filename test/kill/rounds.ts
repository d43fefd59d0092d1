import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { v7 } from 'uuid';
import { expect } from 'vitest';
import { readConfig } from '../../src/app/config.ts';
import { open, type Running } from '../../src/app/running.ts';
import { shanxiData } from '../../src/app/seeds.ts';
import { verifyLive } from '../../src/app/verify.ts';
import { base64, fromBase64 } from '../../src/domain/kernel/base64.ts';
import { consistent, includes } from '../../src/domain/log/merkle.ts';
import { parseCheckpoint, parseNote } from '../../src/domain/log/note.ts';
import { findCampaign } from '../../src/storage/acts/read.ts';
import { signedBy } from '../../src/storage/log/keys.ts';
import { consistencyFrom, latestCheckpoint, proofOfAct } from '../../src/usecases/log/checkpoint.ts';
import { sequenceCampaign } from '../../src/usecases/log/sequence.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import type { ProblemCommand } from '../../src/domain/problems/commands.ts';
import { seeded } from '../../src/demo/random.ts';
import { scalePlan, shanxiPlan } from '../../src/demo/shanxi-2019.ts';
import { findEngine } from '../../src/storage/engine/index.ts';
import { addUser } from '../../src/usecases/access/users.ts';
import { rebuildCampaign } from '../../src/usecases/campaign/rebuild.ts';
import { simulate } from '../../src/app/simulate.ts';
import { commandProblem } from '../../src/usecases/problems/command.ts';
import { actorOf, live } from '../generators/live-commands.ts';

interface Sent {
  readonly id: string;
  readonly problem: string;
  readonly command: ProblemCommand;
}

/** What the outside knows of a round: everything sent, and what was acknowledged of it. */
interface Known {
  readonly sent: Map<string, Sent>;
  readonly taken: Map<string, readonly string[] | null>;
  readonly refused: Set<string>;
  /** Signed receipts of acknowledged commands, by command. */
  readonly receipts: Map<string, string>;
  /** Every signed checkpoint that anybody was ever given. */
  readonly checkpoints: Map<number, string>;
}

const slug = 'kill-test';
const password = 'a long enough password';
const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const worker = fileURLToPath(new URL('./worker.ts', import.meta.url));

/**
 * Rounds of commands and kills on one data directory: in turn the process that takes commands dies, or the database's own, and
 * commands come through the use-cases or over HTTP. After each, whatever was acknowledged must be there once, whatever is sent again
 * must not be applied twice, and the projections must be what the acts say.
 */
export async function killRounds(rounds: number, seed: number): Promise<{ taken: number; resent: number; unknown: number }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'clearzero-kill-'));
  chmodSync(dataDir, 0o755); // so that root's server account can enter
  const env = { ...process.env, CLEARZERO_DATA: dataDir, DATABASE_URL: '', PORT: '0' };
  const r = seeded(seed, 1);
  const total = { taken: 0, resent: 0, unknown: 0 };
  const checkpoints = new Map<number, string>();
  let cluster = '';
  try {
    const first = await open(readConfig(env));
    cluster = await clusterOf(dataDir);
    await prepare(first);
    await first.close();
    for (let round = 0; round < rounds; round++) {
      const known: Known = { sent: new Map(), taken: new Map(), refused: new Set(), receipts: new Map(), checkpoints };
      const victim = round % 3 === 2 ? 'database' : 'process';
      const way = round % 2 === 0 ? direct : overHttp;
      await way(env, known, seed * 1000 + round, async (child) => {
        await sleep(100 + r.next() * 900);
        if (victim === 'database') process.kill(postmasterOf(cluster), 'SIGKILL');
        // The process has a moment to trip over the loss, then goes as well.
        if (victim === 'database') await sleep(50 + r.next() * 200);
        child.kill('SIGKILL');
      });
      const running = await open(readConfig(env));
      try {
        await verify(running, known);
        await verifyLog(running, known);
        if (round === rounds - 1) {
          const check = await verifyLive(running.services, slug);
          expect(isRefusal(check) ? check.code : check.first).toBeNull();
        }
      } finally {
        await running.close();
      }
      total.taken += known.taken.size;
      total.unknown += known.sent.size - known.taken.size - known.refused.size;
      total.resent += known.sent.size;
    }
    return total;
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
    // Where temporary directories are closed to the server's account, the cluster lies outside, in a folder of its own.
    if (cluster !== '' && !cluster.startsWith(dataDir)) rmSync(dirname(cluster), { recursive: true, force: true });
  }
}

async function prepare(running: Running): Promise<void> {
  const loaded = await simulate(running.services, scalePlan(shanxiPlan(await shanxiData()), slug, 120, 4), []);
  if (isRefusal(loaded)) throw new Error(loaded.code);
  const { id: _id, ...clerk } = live.clerk;
  const made = await addUser(running.services, { username: 'clerk', password, name: clerk.name, org: clerk.org, grants: clerk.grants });
  if (isRefusal(made)) throw new Error(made.code);
}

async function clusterOf(dataDir: string): Promise<string> {
  const engine = await findEngine(dataDir);
  if (engine === undefined) throw new Error('no engine');
  await engine.stop();
  return engine.cluster;
}

const postmasterOf = (cluster: string) => Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => (child.exitCode === null && child.signalCode === null ? child.once('exit', () => resolve()) : resolve()));

type Way = (env: NodeJS.ProcessEnv, known: Known, seed: number, kill: (child: ChildProcess) => Promise<void>) => Promise<void>;

/** Commands by a process over the use-cases; it says on stdout what it did. */
const direct: Way = async (env, known, seed, kill) => {
  const child = spawn(process.execPath, [worker, slug, String(seed)], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let begun: () => void = () => undefined;
  const working = new Promise<void>((resolve) => (begun = resolve));
  const reading = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      let said: { sent?: Sent; taken?: string; acts?: string[]; refused?: string };
      try {
        said = JSON.parse(line) as typeof said;
      } catch {
        continue; // the last line may be cut off
      }
      if (said.sent !== undefined) known.sent.set(said.sent.id, said.sent);
      if (said.taken !== undefined) known.taken.set(said.taken, said.acts ?? []);
      if (said.refused !== undefined) known.refused.add(said.refused);
      begun();
    }
  })();
  await Promise.race([working, ended(child)]);
  await kill(child);
  await ended(child);
  await reading;
};

/** Commands over HTTP to the product itself, several at a time. */
const overHttp: Way = async (env, known, seed, kill) => {
  const child = spawn(process.execPath, [main, 'serve', '--json'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let address = '';
  for await (const line of createInterface({ input: child.stdout })) {
    address = (JSON.parse(line) as { address?: string }).address ?? '';
    if (address !== '') break;
  }
  const post = (path: string, body: object, token = '') =>
    fetch(`${address}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
    });
  const { token } = (await (await post('/api/session', { username: 'clerk', password })).json()) as { token: string };
  const list = await fetch(
    `${address}/api/ledger?campaign=${slug}&state=confirmed,supervised,planned,rectifying,staged,returned&limit=50`,
    {
      headers: { authorization: `Bearer ${token}` },
    },
  );
  const { rows } = (await list.json()) as { rows: { id: string; place: number }[] };
  expect(rows.length).toBeGreaterThan(0);
  let dead = false;
  const lanes = Promise.all(
    [1, 2, 3, 4].map(async (lane) => {
      const r = seeded(seed, lane);
      while (!dead) {
        const row = rows[Math.floor(r.next() * rows.length)] as (typeof rows)[number];
        const id = v7();
        const body = { government: `gov-${row.place}`, department: `分局${Math.floor(r.next() * 100)}`, person: '某某' };
        known.sent.set(id, { id, problem: row.id, command: { do: 'assign', ...body } });
        try {
          const reply = await post(`/api/problems/${row.id}/assign?campaign=${slug}`, { id, ...body }, token);
          const answer = (await reply.json()) as { receipt?: string };
          if (reply.status < 300) {
            known.taken.set(id, null);
            known.receipts.set(id, answer.receipt ?? '');
          }
          // A failed server has refused nothing: whether the command was taken is not known.
          else if (reply.status < 500) known.refused.add(id);
        } catch {
          dead = true;
        }
      }
    }),
  );
  const watching = (async () => {
    while (!dead) {
      try {
        const reply = await fetch(`${address}/api/log/${slug}/checkpoint`, { headers: { authorization: `Bearer ${token}` } });
        if (reply.status === 200) remember(known, ((await reply.json()) as { note: string }).note);
        await sleep(40);
      } catch {
        return;
      }
    }
  })();
  await kill(child);
  await ended(child);
  await Promise.all([lanes, watching]);
};

/** A checkpoint as somebody outside keeps it: there are never two roots for one size. */
function remember(known: Known, note: string): void {
  const c = parseCheckpoint(parseNote(note)?.text ?? '');
  if (c === undefined) throw new Error(`not a checkpoint: ${note}`);
  const root = base64(c.root);
  expect(known.checkpoints.get(c.size) ?? root, `one root for ${c.size} entries`).toBe(root);
  known.checkpoints.set(c.size, root);
}

/** The log after the restart: it goes on, holds what receipts promised, and every checkpoint ever given is its beginning. */
async function verifyLog(running: Running, known: Known): Promise<void> {
  const { services } = running;
  const row = await findCampaign(services.database.db, slug);
  if (row === undefined) throw new Error('no campaign');
  await sequenceCampaign(services, row);
  const head = await latestCheckpoint(services, row);
  const newest = parseCheckpoint(parseNote(head?.note ?? '')?.text ?? '');
  if (head === undefined || newest === undefined) throw new Error('no checkpoint');
  const acts = await services.database.pool.query<{ n: number }>('select count(*) as n from acts where campaign_id = $1', [row.id]);
  expect(head.size).toBe(acts.rows[0]?.n);
  for (const [size, root] of known.checkpoints) {
    const proof = (await consistencyFrom(services, row, size))?.proof.map((h) => fromBase64(h) as Uint8Array);
    expect(consistent({ size, root: fromBase64(root) as Uint8Array }, newest, proof ?? []), `checkpoint of ${size} is a beginning`).toBe(
      true,
    );
  }
  remember(known, head.note);
  const key = services.log.publicKey(slug);
  for (const [id, receipt] of [...known.receipts].slice(-40)) {
    const note = parseNote(receipt);
    expect(note !== undefined && signedBy(key, note.text, note.signatures[0]?.bytes ?? new Uint8Array()), `receipt of ${id}`).toBe(true);
    const leaves = (note?.text ?? '').trimEnd().split('\n').slice(5);
    const proof = (await proofOfAct(services, row, id)) ?? '';
    const lines = proof.split('\n');
    const path = lines.slice(2, lines.indexOf('')).map((h) => fromBase64(h) as Uint8Array);
    const index = Number(lines[1]?.slice('index '.length));
    expect(
      includes(fromBase64(leaves[0] ?? '') as Uint8Array, index, newest.size, path, newest.root),
      `receipt of ${id} is in the log`,
    ).toBe(true);
  }
}

/** After the restart: nothing acknowledged is lost, nothing is applied twice, projections are what the acts say. */
async function verify(running: Running, known: Known): Promise<void> {
  const { services } = running;
  const stored = async (id: string) =>
    (await services.database.pool.query<{ act_ids: string[] }>('select act_ids from commands where id = $1', [id])).rows[0]?.act_ids;
  const actor = await clerkOf(running);
  const unsure = [...known.sent.keys()].filter((id) => !known.taken.has(id) && !known.refused.has(id));
  // Whatever nobody heard of again is sent again, and of the others the last ones, nearest to the kill.
  const resent = new Set([...unsure, ...[...known.sent.keys()].slice(-30)]);
  for (const [id, sent] of known.sent) {
    const acknowledged = known.taken.get(id);
    const before = await stored(id);
    if (known.taken.has(id)) expect(before, `acknowledged command ${id} is there`).toBeDefined();
    if (acknowledged !== undefined && acknowledged !== null) expect(before).toEqual(acknowledged);
    if (known.refused.has(id)) expect(before, `refused command ${id} left nothing`).toBeUndefined();
    if (!resent.has(id)) continue;
    const by =
      acknowledged === null || (sent.command.do === 'assign' && 'department' in sent.command && sent.command.department !== '分局')
        ? actor
        : actorOf(sent.command.do);
    const again = await commandProblem(services, by, { campaign: slug, problem: sent.problem, id, command: sent.command });
    if (before !== undefined) {
      if (isRefusal(again)) throw new Error(`sent again, ${id} was refused: ${again.code}`);
      expect(again.repeated).toBe(true);
      expect(again.acts.every((a) => before.includes(a.id))).toBe(true);
    }
    const after = await stored(id);
    if (before !== undefined) expect(after).toEqual(before);
    const acts = after ?? [];
    const found = await services.database.pool.query<{ n: number }>('select count(*) as n from acts where id = any($1::uuid[])', [acts]);
    expect(found.rows[0]?.n).toBe(acts.length);
  }
  const report = await rebuildCampaign(services, slug);
  if (isRefusal(report)) throw new Error(report.code);
  expect(report.tables.filter((t) => !t.same)).toEqual([]);
  expect(report).toMatchObject({ same: true, badActs: 0 });
}

/** The clerk as the server knows them: repeating a command is the right of whoever gave it. */
async function clerkOf(running: Running) {
  const r = await running.services.database.pool.query<{ id: string; name: string; org: string }>(
    "select id, name, org from users where username = 'clerk'",
  );
  const row = r.rows[0];
  if (row === undefined) throw new Error('no clerk');
  return { ...live.clerk, ...row };
}
