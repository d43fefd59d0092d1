import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testKeeping } from '../../test/support/keeping.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { instant, parseInstant, type Instant } from '../domain/kernel/instant.ts';
import { isRefusal } from '../domain/kernel/refusal.ts';
import { openDatabase, type Database } from '../storage/database.ts';
import { findActor } from '../usecases/access/users.ts';
import { proposeText } from '../usecases/publication/propose.ts';
import { checkBulletin } from '../usecases/publication/check.ts';
import { readPublicCases } from '../usecases/public/cases.ts';
import { openPublicView } from '../usecases/public/view.ts';
import { findFrozen, listPublicBulletins, openPublicArtefact, proveBulletin, readPublicBulletin } from '../usecases/publication/public.ts';
import { listBulletins, readBulletin } from '../usecases/publication/read.ts';
import { sequenceCampaign } from '../usecases/log/sequence.ts';
import { rebuildBulletin } from '../usecases/publication/release.ts';
import { makeServices, type Services } from '../usecases/services.ts';
import type { Actor } from '../domain/access/policy.ts';
import { ensureDemoAccounts } from './demo-accounts.ts';
import { ensureDemoBulletins } from './demo-bulletins.ts';
import { demoCampaign, ensureDemo } from './demo.ts';

let test_: TestDatabase;
let database: Database;
let s: Services;
let clerk: Actor;

beforeAll(async () => {
  test_ = await freshDatabase();
  database = openDatabase({ connectionString: test_.url, max: 10 });
  s = makeServices(
    database,
    () => v7(),
    () => instant(Date.now()),
    await testKeeping(),
  );
  await ensureDemo(s);
  await ensureDemoAccounts(s);
  clerk = (await findActor(s, 'clerk')) as Actor;
}, 240_000);
afterAll(async () => {
  await database?.close();
  await test_?.drop();
});

describe('the shipped press text of 5 August 2019', () => {
  test('is written by one demo person and released by another, once', async () => {
    expect(await ensureDemoBulletins(s)).toBe(3);
    expect(await ensureDemoBulletins(s)).toBe(0);
    const list = await listBulletins(s, clerk, { campaign: demoCampaign });
    if (isRefusal(list)) throw new Error(list.code);
    expect(list.bulletins.map(({ bulletin: b }) => [b.no, b.kind, b.lang, b.state])).toEqual([
      [3, 'qa', 'zh', 'released'],
      [2, 'press', 'en', 'released'],
      [1, 'press', 'zh', 'released'],
    ]);
  }, 120_000);

  test('says the published figures, with the net and overall rates beside them', async () => {
    const page = await readPublicBulletin(s, demoCampaign, 1);
    if (isRefusal(page)) throw new Error(page.code);
    const words = page.article.replace(/<[^>]+>/g, '').replace(/&#39;/g, "'");
    for (const said of [
      '共检查污染源5,686家，印发督办函4批，督办环境问题2,507个',
      '前三批督办的1,914个问题中，已完成整改1,258个，清零率为65.73%',
      '行政处罚决定539件，罚款3,555万元',
      '典型案件62件',
      '按日连续处罚2件',
      '查封、扣押15件',
      '限制生产、停产整治29件',
      '移送行政拘留16件',
      '“散乱污”企业67家',
      '整改任务38项，整改措施94条',
      '典型案例5起',
      '50.18%',
      '合成演示数据',
    ]) {
      expect(words).toContain(said);
    }
    const view = await openPublicView(s, demoCampaign);
    if (isRefusal(view)) throw new Error(view.code);
    const cases = await readPublicCases(s, view);
    expect(cases).toHaveLength(5);
    for (const c of cases) expect(words).toContain(c.text);
    expect(page.figures.filter((f) => f.id === 'clearance.net').map((f) => f.filter)).toContainEqual({});
    const english = await readPublicBulletin(s, demoCampaign, 2);
    if (isRefusal(english)) throw new Error(english.code);
    expect(english.article.replace(/<[^>]+>/g, '')).toContain('fines of 35,550,000 yuan');
  });

  test('is made again from the records, byte for byte', async () => {
    const list = await listBulletins(s, clerk, { campaign: demoCampaign });
    if (isRefusal(list)) throw new Error(list.code);
    for (const { id } of list.bulletins.map((b) => b.bulletin)) {
      const report = await rebuildBulletin(s, clerk, { campaign: demoCampaign, id });
      if (isRefusal(report)) throw new Error(report.code);
      expect(report.artefacts.map((a) => [a.format, a.same, a.stored])).toEqual(['html', 'docx', 'pdf', 'zip'].map((f) => [f, true, true]));
      expect(report.same).toBe(true);
      const page = await readBulletin(s, clerk, { campaign: demoCampaign, id });
      if (isRefusal(page)) throw new Error(page.code);
      expect(page.bulletin.released?.figures.length).toBeGreaterThan(10);
    }
  }, 120_000);

  test('its proof bundle proves itself without us', async () => {
    const file = await openPublicArtefact(s, demoCampaign, 1, 'zip');
    if (isRefusal(file)) throw new Error(file.code);
    const folder = mkdtempSync(join(tmpdir(), 'cz-proof-'));
    for (const [name, bytes] of Object.entries(unzipSync(await buffer(file.stream)))) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    const run = () => spawnSync(process.execPath, [join(folder, 'verify.mjs')], { encoding: 'utf8' });
    const good = run();
    expect(good.status, good.stdout).toBe(0);
    expect(good.stdout.split('\n').filter((l) => l.startsWith('ok')).length).toBeGreaterThan(40);
    writeFileSync(join(folder, 'records/001.numerator.txt'), '00000000-0000-7000-8000-000000000000\n');
    expect(run().status).toBe(1);
  });

  test('is found by each figure it froze; its release stands in the log, and publishes no instant again', async () => {
    const page = await readPublicBulletin(s, demoCampaign, 1);
    const view = await openPublicView(s, demoCampaign);
    if (isRefusal(page) || isRefusal(view)) throw new Error('not there');
    const find = (f: (typeof page.figures)[number], asOf: string) =>
      findFrozen(s, demoCampaign, { ...f, asOf: parseInstant(asOf) as Instant });
    for (const f of page.figures) expect((await find(f, f.asOf))?.frozen.recordsRoot, f.id).toBe(f.recordsRoot);
    expect(await find(page.figures[0] as (typeof page.figures)[number], '2019-07-07T18:00:00+08:00')).toBe(undefined);
    expect(view.published.every((p) => p.recordedAt === p.asOf + 60_000)).toBe(true);
    await sequenceCampaign(s, view.row);
    const proof = await proveBulletin(s, demoCampaign, 1);
    if (isRefusal(proof)) throw new Error(proof.code);
    expect(JSON.parse(proof.entry)).toMatchObject({ kind: 'BulletinReleased', payload: { artefacts: page.artefacts } });
    expect(proof.entry).not.toContain(clerk.name);
    expect(await proveBulletin(s, demoCampaign, 9)).toMatchObject({ code: 'bulletin.unknown' });
    expect(await readPublicBulletin(s, demoCampaign, 9)).toMatchObject({ code: 'bulletin.unknown' });
    const list = await listPublicBulletins(s, demoCampaign);
    expect(isRefusal(list) ? 0 : list.length).toBe(3);
  }, 60_000);

  test.each(['zh', 'en'] as const)(
    'offers texts whose numbers hold: questions and phases (%s)',
    async (lang) => {
      for (const q of [
        { kind: 'qa', asOf: '2019-08-05T18:00:00+08:00' },
        { kind: 'phase-summary', phase: 'self-check' },
        { kind: 'phase-summary', phase: 'enforcement' },
        { kind: 'phase-summary' },
      ]) {
        const text = await proposeText(s, clerk, { campaign: demoCampaign, lang, ...q });
        if (isRefusal(text)) throw new Error(text.code);
        const checked = await checkBulletin(s, clerk, { campaign: demoCampaign, ...text });
        if (isRefusal(checked)) throw new Error(checked.code);
        expect(
          checked.findings.filter((f) => f.severity === 'error').map((f) => f.code),
          `${q.kind} ${q.phase}`,
          // The demo published later instants already, and none at the ends of its phases.
        ).toEqual(q.kind === 'qa' ? [] : ['bulletin.instant-passed']);
        expect(checked.tokens.length).toBeGreaterThan(5);
      }
    },
    60_000,
  );
});
