import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { exportBundle, verifyFolder, verifyLive } from '../../src/app/verify.ts';
import { below, pick, seeded, type Random } from '../../src/demo/random.ts';
import { scalePlan, shanxiPlan } from '../../src/demo/shanxi-2019.ts';
import { shanxiData } from '../../src/app/seeds.ts';
import type { Act } from '../../src/domain/acts/act.ts';
import { decideReceive } from '../../src/domain/evidence/decide.ts';
import { foldEvidence } from '../../src/domain/evidence/state.ts';
import { evidenceStreamId } from '../../src/domain/evidence/stream.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { campaignStreamId, findCampaign, streamRows, type CampaignRow } from '../../src/storage/acts/read.ts';
import { fromRow } from '../../src/storage/acts/rows.ts';
import { findActor, addUser } from '../../src/usecases/access/users.ts';
import { takeCommand } from '../../src/usecases/command/take.ts';
import { hostileStep, honestStep, issueStep, reaching, type Request, type World } from '../generators/hostile-sequences.ts';
import { campaign, password, people, testApp, type TestApp } from '../support/app.ts';
import { part, uploadHeaders } from '../support/upload.ts';

export interface HostileRun {
  /** When it began. */
  readonly began: number;
  readonly requests: number;
  /** Answers by status and code. */
  readonly answers: ReadonlyMap<string, number>;
  /** Answers that nobody may get: 500 and the like, with what was asked. */
  readonly broken: readonly string[];
  /** What became worse than it was at some time while it ran. */
  readonly lowered: readonly string[];
  /** Questions to the server and to its database that were not answered in time. */
  readonly silent: readonly string[];
  readonly slowest: number;
  /** Readers of exports who left in the middle. */
  readonly left: number;
  readonly acts: readonly Act[];
  readonly row: CampaignRow;
  readonly app: TestApp;
  /** Faults of the live check and of every bundle that was written and verified. */
  readonly faults: readonly string[];
}

/** Gives so many sequences of commands, in lanes side by side, and looks at the server all the while. */
export async function runHostile(sequences: number, seed: number, lanes = 8): Promise<HostileRun> {
  const app = await testApp(90);
  const everybody = [...Object.keys(people)];
  for (const [username, who] of Object.entries(reaching)) {
    const grants = [{ role: who.role, place: 140_000, campaign: null }];
    const made = await addUser(app.services, { username, name: username, org: who.org, password, grants });
    if (isRefusal(made)) throw new Error(made.code);
    everybody.push(username);
  }
  await app.raw.listen({ port: 0, host: '127.0.0.1' });
  const address = `http://127.0.0.1:${(app.raw.server.address() as AddressInfo).port}`;
  const row = (await findCampaign(app.services.database.db, campaign)) as CampaignRow;
  const tally = new Tally();
  const world = await firstWorld(app, row);
  const watch = watching(app, address, tally);
  let given = 0;
  const lane = async (n: number) => {
    for (;;) {
      const no = given++;
      if (no >= sequences) return;
      // A long run says how far it is: what grows shows here first.
      if (no > 0 && no % 1000 === 0)
        console.log(`${no} sequences, ${tally.requests} requests, ${Math.round((Date.now() - tally.began) / 1000)} s`);
      await sequence(app, row, world, everybody, address, seeded(seed, no), tally, n);
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, n) => lane(n)));
  await releaseOne(app, tally);
  await sleep(50);
  await watch.end();
  const acts: Act[] = [];
  for await (const rows of streamRows(app.services.database.db, row)) acts.push(...rows.map((r) => fromRow(r, campaign)));
  return { ...tally, app, row, acts, faults: await verified(app) };
}

class Tally {
  readonly began = Date.now();
  requests = 0;
  readonly answers = new Map<string, number>();
  readonly broken: string[] = [];
  readonly lowered: string[] = [];
  readonly silent: string[] = [];
  slowest = 0;
  left = 0;
}

async function firstWorld(app: TestApp, row: CampaignRow): Promise<World> {
  const { pool } = app.services.database;
  const problems = await pool.query<{ id: string; no: string; place: number; state: number; version: number; day: string | null }>(
    `select id, no, place, state, version, case when deadline_at < 'infinity' then to_char((deadline_at - interval '1 day') at time zone 'Asia/Shanghai', 'YYYY-MM-DD') end as day
     from items where campaign_id = $1 and kind = 'problem' order by id`,
    [row.id],
  );
  const { states } = shanxiStates(await shanxiData());
  const ids = await pool.query<{ id: string }>(
    `(select distinct on (stream) stream_id as id from acts where campaign_id = $1) union (select id from acts where campaign_id = $1 order by id limit 40)`,
    [row.id],
  );
  const sources = await pool.query<{ id: string }>('select id from sources where campaign_id = $1 order by id limit 20', [row.id]);
  return {
    problems: problems.rows.map((p) => ({
      id: p.id,
      no: p.no,
      place: p.place,
      state: states[p.state - 1] ?? '',
      version: p.version,
      deadline: p.day,
    })),
    ids: [...ids.rows.map((x) => x.id), campaignStreamId(row.id)],
    sources: sources.rows.map((x) => x.id),
    bulletins: [],
    files: [],
  };
}

const shanxiStates = (data: Awaited<ReturnType<typeof shanxiData>>) => scalePlan(shanxiPlan(data), campaign, 90, 3).settings;

/** A few steps by several people around one problem. */
async function sequence(
  app: TestApp,
  row: CampaignRow,
  w: World,
  everybody: readonly string[],
  address: string,
  r: Random,
  tally: Tally,
  lane: number,
) {
  const p = around(w, r);
  const steps = 2 + below(r, 4);
  for (let i = 0; i < steps; i++) {
    const x = r.next();
    if (x < 0.45) {
      if (p.state === 'rectifying' || p.state === 'staged') await handInQuickly(app, row, w, p, r);
      const step = honestStep(campaign, r, w, p);
      if (step !== undefined) await give(app, w, step, tally);
    } else if (x < 0.49) await give(app, w, issueStep(campaign, r, w), tally);
    else if (x < 0.5) await upload(app, w, everybody, p, r, tally);
    else if (x < 0.515) await leaveReading(app, address, r, tally);
    else await Promise.all(hostileStep(campaign, r, w, everybody, p).map((step) => give(app, w, step, tally)));
  }
  void lane;
}

/** Mostly one of the problems on which something is still to be done, so that people meet. */
function around(w: World, r: Random): World['problems'][number] {
  const open = w.problems.filter(
    (x) => !['cleared', 'watched', 'settled', 'rebounded', 'withdrawn', 'merged', 'split', 'notFounded', ''].includes(x.state),
  );
  return r.next() < 0.75 && open.length > 0 ? pick(r, open.slice(-30)) : pick(r, w.problems);
}

async function give(app: TestApp, w: World, q: Request, tally: Tally): Promise<void> {
  const r = await app.call(q.who, q.method, q.url, q.body);
  tally.requests++;
  const key = `${r.status} ${r.body.code ?? ''}`.trim();
  tally.answers.set(key, (tally.answers.get(key) ?? 0) + 1);
  if (r.status >= 500)
    tally.broken.push(`${key}: ${q.who} ${q.method} ${q.url} ${JSON.stringify(q.body ?? {}).slice(0, 300)} -> ${r.text.slice(0, 300)}`);
  if (r.status >= 300) return;
  const item = r.body.item as { id: string; no: string; place: number; state: string; version: number } | undefined;
  // Some answers say how many acts they wrote, others show them.
  const acts = Array.isArray(r.body.acts) ? (r.body.acts as { id: string }[]) : [];
  if (item !== undefined) {
    const known = w.problems.find((x) => x.id === item.id);
    if (known === undefined)
      w.problems.push({ id: item.id, no: item.no, place: item.place, state: item.state, version: item.version, deadline: null });
    else if (item.version > known.version) Object.assign(known, { state: item.state, version: item.version });
  }
  const made = r.body.id as string | undefined;
  if (q.url.startsWith('/api/bulletins') && made !== undefined) {
    const known = w.bulletins.find((b) => b.id === made);
    const version = (r.body.version as number | undefined) ?? 1;
    if (known === undefined) w.bulletins.push({ id: made, version });
    else known.version = Math.max(known.version, version);
  }
  if (q.url === '/api/batches')
    for (const id of (q.body as { problems: string[] }).problems) {
      const known = w.problems.find((x) => x.id === id);
      if (known !== undefined) Object.assign(known, { state: 'supervised', deadline: '2099-01-01', version: known.version + 1 });
    }
  if (w.ids.length < 4000) w.ids.push(...acts.map((a) => a.id), ...(made === undefined ? [] : [made]));
}

/** Bytes in the store and their receipt, without the way of an upload: it looks at each file in a process of its own. */
async function handInQuickly(app: TestApp, row: CampaignRow, w: World, p: World['problems'][number], r: Random): Promise<void> {
  const s = app.services;
  const bytes = Buffer.from(`整改材料 ${p.no} ${below(r, 1e9)}`);
  const { sha256 } = await s.blobs.put(bytes);
  const streamId = evidenceStreamId(campaign, sha256);
  const by = await findActor(s, 'govA');
  if (by === undefined) throw new Error('govA');
  const receipt = {
    ...{
      sha256,
      bytes: bytes.length,
      mediaType: 'text/plain',
      kind: 'document' as const,
      name: '材料.txt',
      takenAt: null,
      deviceTakenAt: null,
    },
    ...{ hasLocation: false, itemId: p.id, itemNo: p.no, place: p.place },
  };
  const done = await takeCommand(s, {
    ...{ row, actor: by, id: undefined, happenedAt: undefined, subjectId: streamId, content: { ...receipt } },
    decide: async (tools) => decideReceive(streamId, foldEvidence(await tools.hold(streamId)), receipt, []),
  });
  if (isRefusal(done)) throw new Error(done.code);
  w.files.push({ sha256, problem: p.id });
  if (w.ids.length < 4000) w.ids.push(streamId);
}

/** A tiny file over the wire as anybody hands it in; now and then its hash is another's, or two send it at once. */
async function upload(
  app: TestApp,
  w: World,
  everybody: readonly string[],
  p: World['problems'][number],
  r: Random,
  tally: Tally,
): Promise<void> {
  const bytes = Buffer.from(r.next() < 0.3 ? '同一份材料\n' : `材料 ${below(r, 1e9)}\n`);
  const hash = r.next() < 0.8 ? createHash('sha256').update(bytes).digest('hex') : 'f'.repeat(64);
  const one = async (who: string) => {
    const made = await app.call(who, 'POST', '/api/uploads', undefined, uploadHeaders(p.id, bytes, '材料.txt', 'document', hash));
    const done = made.status === 201 ? await part(app, who, String(made.headers.location), 0, bytes) : made;
    tally.requests += 2;
    const key = `upload ${done.status} ${done.body.code ?? ''}`.trim();
    tally.answers.set(key, (tally.answers.get(key) ?? 0) + 1);
    if (done.status >= 500) tally.broken.push(`${key}: ${who} upload ${done.text.slice(0, 300)}`);
    if (done.status === 204) w.files.push({ sha256: hash, problem: p.id });
  };
  await Promise.all([one(pick(r, ['govA', 'teamA', 'clerk'])), one(r.next() < 0.5 ? 'govA' : pick(r, everybody))]);
}

/** Begins to read an export over a socket and leaves. */
async function leaveReading(app: TestApp, address: string, r: Random, tally: Tally): Promise<void> {
  const url = pick(r, [
    '/api/ledger.csv',
    '/api/ledger.xlsx',
    '/api/figures/problems.found/records.csv',
    '/api/figures/problems.found/records.xlsx',
  ]);
  const leave = new AbortController();
  const authorization = `Bearer ${await app.token(pick(r, ['clerk', 'auditor', 'linfen', 'director']))}`;
  try {
    const reply = await fetch(`${address}${url}?campaign=${campaign}`, { headers: { authorization }, signal: leave.signal });
    const key = `export ${reply.status}`;
    tally.answers.set(key, (tally.answers.get(key) ?? 0) + 1);
    if (reply.status >= 500 && reply.status !== 503) tally.broken.push(`${key} ${url}`);
    await reply.body?.getReader().read();
  } finally {
    leave.abort();
    tally.left++;
  }
}

/** Looks every while whether the server and its database answer, and whether a supervised count fell. */
function watching(app: TestApp, address: string, tally: Tally) {
  let ended = false;
  const highest = new Map<string, number>();
  const own = new pg.Client({ connectionString: app.url });
  const timed = async (what: string, work: () => Promise<unknown>) => {
    const began = performance.now();
    const late = sleep(15_000, 'late', { ref: false });
    const answer = await Promise.race([
      work().then(
        () => 'answered',
        (e: unknown) => String(e),
      ),
      late,
    ]);
    tally.slowest = Math.max(tally.slowest, performance.now() - began);
    if (answer !== 'answered') tally.silent.push(`${what}: ${answer}`);
  };
  const counts = async () => {
    for (const batches of ['', '&batches=1', '&batches=2', '&batches=3', '&batches=4', '&batches=5']) {
      const r = await app.call('clerk', 'GET', `/api/figures/problems.supervised?campaign=${campaign}${batches}`);
      const n = (r.body.figure as { numerator: number } | undefined)?.numerator;
      if (n === undefined) continue;
      if (n < (highest.get(batches) ?? 0)) tally.lowered.push(`supervised${batches}: ${highest.get(batches)} -> ${n}`);
      highest.set(batches, Math.max(n, highest.get(batches) ?? 0));
    }
  };
  const run = (async () => {
    await own.connect();
    for (let i = 0; !ended; i++) {
      await timed('/api/ready', async () => {
        const r = await fetch(`${address}/api/ready`);
        if (r.status !== 200) throw new Error(`${r.status} ${await r.text()}`);
      });
      await timed('select 1', () => own.query('select 1'));
      if (i % 5 === 0) await counts();
      await sleep(100);
    }
    await counts();
    await own.end();
  })();
  return {
    end: async () => {
      ended = true;
      await run;
    },
  };
}

/** A bulletin from draft to release and its correction, beside everything else that was written. */
async function releaseOne(app: TestApp, tally: Tally): Promise<void> {
  const post = async (who: string, path: string, body: object) => {
    const r = await app.call(who, 'POST', `/api/bulletins${path}?campaign=${campaign}`, body);
    tally.answers.set(`release ${r.status} ${r.body.code ?? ''}`.trim(), 1);
    if (r.status >= 500) tally.broken.push(`release ${path}: ${r.text.slice(0, 300)}`);
    return r.body as { id: string; no: number; version: number };
  };
  const text = {
    lang: 'zh',
    title: '进展通报',
    asOf: new Date(Date.now() - 10).toISOString(),
    body: '督办问题{{problems.supervised@1}}个。',
  };
  const drafted = await post('clerk', '', { campaign, kind: 'bulletin', ...text });
  const submitted = await post('clerk', `/${drafted.id}/submit`, { version: drafted.version });
  await post('director', `/${drafted.id}/release`, { version: submitted.version, confirm: String(drafted.no) });
  const again = await post('clerk', '', {
    campaign,
    kind: 'bulletin',
    ...text,
    title: '更正',
    corrects: { id: drafted.id, reason: '更正' },
  });
  const forward = await post('clerk', `/${again.id}/submit`, { version: again.version });
  const both = ['director', 'directorB'].map((who) =>
    post(who, `/${again.id}/release`, { version: forward.version, confirm: String(again.no) }),
  );
  await Promise.all(both);
}

/** What the verifier says of the installation, and of each kind of bundle that it hands out. */
async function verified(app: TestApp): Promise<string[]> {
  const live = await verifyLive(app.services, campaign);
  if (isRefusal(live)) return [live.code];
  const faults = live.faults.map((f) => `live: ${f}`);
  for (const personal of [true, false]) {
    for (const evidence of [true, false]) {
      const folder = mkdtempSync(join(tmpdir(), 'clearzero-hostile-'));
      try {
        const made = await exportBundle(app.services, campaign, folder, { personal, evidence });
        if (isRefusal(made)) faults.push(`bundle: ${made.code}`);
        const v = await verifyFolder(folder, { key: app.services.log.verifier(campaign), witnesses: [] });
        faults.push(...v.faults.map((f) => `bundle: ${f.what}: ${f.where}: ${f.why}`));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
  }
  return faults;
}
