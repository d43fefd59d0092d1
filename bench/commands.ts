import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { v7 } from 'uuid';
import { isRefusal } from '../src/domain/kernel/refusal.ts';
import { buildServer } from '../src/http/server/server.ts';
import { addUser } from '../src/usecases/access/users.ts';
import { commandProblem } from '../src/usecases/problems/command.ts';
import { add } from './report.ts';
import { office, type Setting } from './setting.ts';
import { watchWaits } from './waits.ts';

const clients = 16;
const seconds = 8;

/** Runs work on as many clients for some seconds, until there is none; how many a second were taken. */
async function rate(work: (client: number) => Promise<'taken' | 'refused' | 'none'>): Promise<number> {
  const started = performance.now();
  const end = started + seconds * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < end) {
        const what = await work(client);
        if (what === 'none') return;
        if (what === 'taken') done++;
      }
    }),
  );
  return (done * 1000) / (performance.now() - started);
}

/** Bare durable inserts: one row, one commit, over as many connections. */
async function bareInserts(x: Setting): Promise<number> {
  const { pool } = x.running.services.database;
  await pool.query('create table if not exists bench_bare (id uuid primary key, body text not null)');
  const body = 'x'.repeat(600);
  // The pool's own way to the server, which may be the embedded one.
  const { Client = pg.Client, ...options } = pool.options as pg.PoolConfig & { Client?: typeof pg.Client };
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new Client(options);
      await client.connect();
      return client;
    }),
  );
  const result = await rate(async (n) => {
    await connections[n]?.query({ name: 'bare', text: 'insert into bench_bare (id, body) values ($1, $2)', values: [v7(), body] });
    return 'taken';
  });
  await Promise.all(connections.map((c) => c.end()));
  await pool.query('drop table bench_bare');
  return result;
}

/** Durable commands by 16 clients, through the use-case and over HTTP, beside bare inserts before and after. */
export async function commands(x: Setting): Promise<void> {
  const { services } = x.running;
  const cleared = await services.database.pool.query<{ id: string }>(
    `select id from items where campaign_id = $1 and kind = 'problem' and state = 11 order by id limit 60000`,
    [x.campaignId],
  );
  const open = await services.database.pool.query<{ id: string }>(
    `select id from items where campaign_id = $1 and kind = 'problem' and state in (3, 4, 5, 6, 7) order by id limit 60000`,
    [x.campaignId],
  );
  const watch = cleared.rows.map((r) => ({ id: r.id, body: { until: '2027-01-31' }, verb: 'watch' as const }));
  const extend = open.rows.map((r) => ({ id: r.id, body: { rule: 'SX-YAN-01', days: 5, reason: '测试' }, verb: 'extend' as const }));
  const queue = watch.flatMap((w, i) => (extend[i] === undefined ? [w] : [w, extend[i]]));
  // A small campaign has few problems that can still be told something: each way gets half of them.
  const first = queue.splice(0, Math.ceil(queue.length / 2));
  let refused = 0;
  const direct = async (): Promise<'taken' | 'refused' | 'none'> => {
    const next = first.shift();
    if (next === undefined) return 'none';
    const command = { do: next.verb, ...next.body } as never;
    const done = await commandProblem(services, office, { campaign: x.slug, problem: next.id, id: v7(), command });
    if (!isRefusal(done)) return 'taken';
    refused++;
    return 'refused';
  };
  const before = await bareInserts(x);
  const own = await rate(direct);
  const waits = watchWaits(services.database.pool);
  const used = process.cpuUsage();
  const began = performance.now();
  const http = await overHttp(x, queue);
  const { user, system } = process.cpuUsage(used);
  const share = (user + system) / 1000 / (performance.now() - began);
  const waited = await waits.stop();
  const after = await bareInserts(x);
  const bare = (before + after) / 2;
  const line = (what: string, n: number, goal = 0.15) =>
    add({
      section: 'commands',
      what,
      measured: `${n.toFixed(0)}/s`,
      limit: `bare inserts ${bare.toFixed(0)}/s`,
      ratio: (n / bare).toFixed(3),
      goal: goal === 0.15 ? '>= 0.15 with projections behind the watermark' : `>= ${goal}`,
      ok: n / bare >= goal,
    });
  line(`durable commands, use-case, ${clients} clients (${refused} refused)`, own);
  if (http === undefined) return;
  line(`durable commands, HTTP, ${clients} clients (${http.refused} refused)`, http.rate, 0.08);
  const answered = (what: string, of: { p50: number; p95: number }, goal: string, ok: boolean) =>
    add({
      section: 'commands',
      what,
      measured: `p50 ${of.p50.toFixed(1)} ms, p95 ${of.p95.toFixed(1)} ms`,
      limit: '',
      ratio: '',
      goal,
      ok,
    });
  add({
    section: 'commands',
    what: 'sessions of the database meanwhile, on average',
    measured: [...waited]
      .slice(0, 7)
      .map(([what, n]) => `${what} ${n.toFixed(2)}`)
      .join(', '),
    limit: `server process: ${share.toFixed(2)} of a core`,
    ratio: '',
    goal: '',
    ok: null,
  });
  answered(`answer to a command, HTTP, ${clients} clients`, http, 'p95 <= 40 ms', http.p95 <= 40);
  answered(`answer to a command, HTTP, one client, ${http.one.rate.toFixed(0)}/s`, http.one, '>= 248/s', http.one.rate >= 248);
}

interface OverHttp {
  readonly rate: number;
  readonly refused: number;
  readonly p50: number;
  readonly p95: number;
  /** The same by one client. */
  readonly one: { readonly rate: number; readonly p50: number; readonly p95: number };
}

async function overHttp(x: Setting, queue: readonly { id: string; verb: string; body: object }[]): Promise<OverHttp | undefined> {
  const { services } = x.running;
  const { app } = await buildServer({ services });
  const password = 'bench-password-of-its-own';
  await addUser(services, { username: 'bench', name: 'bench', org: 'bench-office', password, grants: office.grants });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const session = await fetch(`http://127.0.0.1:${port}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'bench', password }),
  });
  const { token } = (await session.json()) as { token: string };
  const child = spawn(process.execPath, [fileURLToPath(new URL('./http-clients.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const alone = queue.slice(0, 4_000);
  const rest = queue.slice(alone.length, alone.length + 30_000);
  child.stdin.end(JSON.stringify({ port, token, clients, seconds, campaign: x.slug, queue: rest, alone }));
  let answer: OverHttp | undefined;
  for await (const line of createInterface({ input: child.stdout })) answer = JSON.parse(line) as typeof answer;
  await app.close();
  return answer;
}
