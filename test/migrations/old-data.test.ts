import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/app/config.ts';
import { open, type Running } from '../../src/app/running.ts';
import { verifyLive } from '../../src/app/verify.ts';
import { isRefusal, type Refusal } from '../../src/domain/kernel/refusal.ts';
import { findCampaign, listStreamActs } from '../../src/storage/acts/read.ts';
import { findActor } from '../../src/usecases/access/users.ts';
import { rebuildCampaign } from '../../src/usecases/campaign/rebuild.ts';
import { viewEvidence } from '../../src/usecases/evidence/custody.ts';
import { readFigureSet } from '../../src/usecases/figures/read.ts';
import { sequenceCampaign } from '../../src/usecases/log/sequence.ts';
import { commandProblem } from '../../src/usecases/problems/command.ts';
import { rebuildBulletin } from '../../src/usecases/publication/release.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

// What the version before the table of streams left behind: its database as SQL, its keys, its evidence, and what it answered.
const fixture = new URL('../fixtures/old-data/', import.meta.url);
const was = JSON.parse(readFileSync(new URL('expected.json', fixture), 'utf8')) as {
  readonly campaign: string;
  readonly problem: string;
  readonly evidence: string;
  readonly bulletin: string;
  readonly acts: number;
  readonly figures: readonly (readonly [string, object, number, number | null])[];
};
const register = 'atlantis-multas';

let db: TestDatabase;
let dataDir: string;
let running: Running;

beforeAll(async () => {
  db = await freshDatabase();
  await db.pool.query('drop schema public cascade; create schema public');
  await db.pool.query(brotliDecompressSync(readFileSync(new URL('dump.sql.br', fixture))).toString('utf8'));
  dataDir = mkdtempSync(join(tmpdir(), 'clearzero-old-'));
  for (const part of ['keys', 'evidence']) cpSync(new URL(part, fixture), join(dataDir, part), { recursive: true });
  running = await open(readConfig({ CLEARZERO_DATA: dataDir, DATABASE_URL: db.url }));
}, 120_000);
afterAll(async () => {
  await running?.close();
  await db?.drop();
  if (dataDir !== undefined) rmSync(dataDir, { recursive: true, force: true });
});

function must<T>(result: T | Refusal): T {
  if (isRefusal(result)) throw new Error(`${result.code} ${JSON.stringify(result.details)}`);
  return result as T;
}
const person = async (name: string) => {
  const actor = await findActor(running.services, name);
  if (actor === undefined) throw new Error(name);
  return actor;
};

test('starts and is brought to the newest schema, and keeps every act', async () => {
  const names = (await db.pool.query<{ name: string }>('select name from migrations order by name')).rows.map((r) => r.name);
  expect(names).toContain('0010-pages-by-deadline.sql');
  expect(names).toContain('0011-streams.sql');
  const acts = await db.pool.query<{ n: number }>("select count(*)::int as n from acts where kind <> 'LogMarksBegun'");
  expect(acts.rows[0]?.n).toBe(was.acts);
});

test('answers of a past instant as it did', async () => {
  const asOf = '2019-08-05T18:00:00+08:00';
  const { figures } = must(await readFigureSet(running.services, await person('clerk'), { campaign: was.campaign, set: 'press', asOf }));
  expect(figures.map((f) => [f.id, f.filter, f.numerator, f.denominator])).toEqual(was.figures);
});

test.each([was.campaign, register])('%s verifies, log and all', async (campaign) => {
  const row = await findCampaign(running.services.database.db, campaign);
  if (row === undefined) throw new Error(campaign);
  await sequenceCampaign(running.services, row);
  const check = must(await verifyLive(running.services, campaign));
  expect(check.faults).toEqual([]);
  expect(check.log?.entries).toBeGreaterThan(2);
});

test.each([was.campaign, register])('%s is rebuilt to what it was', async (campaign) => {
  const report = must(await rebuildCampaign(running.services, campaign));
  expect(report.tables.filter((t) => !t.same)).toEqual([]);
  expect(report.firstBad).toBeNull();
});

test('hands out the evidence and remakes the bulletin that it kept', async () => {
  const s = running.services;
  const handed = must(await viewEvidence(s, await person('clerk'), { campaign: was.campaign, sha256: was.evidence }));
  expect(await text(handed.open.stream)).toBe('点位,COD\n入口,120\n');
  const again = must(await rebuildBulletin(s, await person('clerk'), { campaign: was.campaign, id: was.bulletin }));
  expect(again.figures.every((f) => f.same)).toBe(true);
  expect(again.artefacts.every((a) => a.stored)).toBe(true);
});

test('takes commands on what it had, and verifies with them', async () => {
  const s = running.services;
  const give = async (who: string, command: Parameters<typeof commandProblem>[2]['command']) =>
    must(await commandProblem(s, await person(who), { campaign: was.campaign, problem: was.problem, command }));
  await give('clerk', { do: 'withdraw', reason: '误报' });
  await give('clerk2', { do: 'withdraw', reason: '误报' });
  const row = await findCampaign(s.database.db, was.campaign);
  if (row === undefined) throw new Error(was.campaign);
  expect((await listStreamActs(s.database.db, row, was.problem)).at(-1)?.kind).toBe('ProblemWithdrawn');
  await new Promise((done) => setTimeout(done, 50));
  await sequenceCampaign(s, row);
  expect(must(await verifyLive(s, was.campaign)).faults).toEqual([]);
});
