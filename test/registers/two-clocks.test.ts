import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/domain/access/policy.ts';
import { draft, type Draft } from '../../src/domain/acts/act.ts';
import { formatInstant } from '../../src/domain/kernel/instant.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { verifyLive } from '../../src/app/verify.ts';
import { findCampaign, type CampaignRow } from '../../src/storage/acts/read.ts';
import { takeCommand } from '../../src/usecases/command/take.ts';
import { openView, standingOf } from '../../src/usecases/figures/as-of.ts';
import { readFigureSet } from '../../src/usecases/figures/read.ts';
import { latestCheckpoint } from '../../src/usecases/log/checkpoint.ts';
import { sequenceCampaign } from '../../src/usecases/log/sequence.ts';
import { readPublicCases } from '../../src/usecases/public/cases.ts';
import { publishFigures } from '../../src/usecases/public/publish.ts';
import { openPublicView } from '../../src/usecases/public/view.ts';
import { importSnapshot } from '../../src/usecases/registers/import.ts';
import { checkProjections } from '../../src/usecases/campaign/rebuild.ts';
import { finesOfAtlantis, header } from './invented.ts';
import { accepted, at, bench, load, mappingOf, type Bench } from './support.ts';

const campaign = 'atlantis-multas';
const mapping = mappingOf(finesOfAtlantis());
const [first, second, third] = ['2020-03-01T12:00:00-01:00', '2020-04-01T12:00:00-01:00', '2020-05-01T12:00:00-01:00'] as const;
const root = 920_000;
const director: Actor = {
  id: '0190d6a0-0000-7000-8000-000000000001',
  name: '局长',
  org: 'office',
  grants: [{ role: 'director', place: root, campaign: null }],
};
const records = ['1;5.1.2020;Alfa Lda;N;Ruído;1.000,50;', '2;7.2.2020;Beta SA;S;Água;200;', '3;8.2.2020;Gama SA;S;Água;300;'] as const;

let b: Bench;
let folder: string;
beforeEach(async () => {
  b = await bench();
  folder = mkdtempSync(join(tmpdir(), 'clearzero-clocks-'));
});
afterEach(async () => {
  await b.close();
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string, ...lines: string[]) => {
  const path = join(folder, name);
  writeFileSync(path, `${[header, ...lines].join('\n')}\n`);
  return path;
};
const row = async () => (await findCampaign(b.services.database.db, campaign)) as CampaignRow;

/** Publishes a case, as a person does, once `gate` opens. */
async function publishCase(gate: Promise<void> = Promise.resolve(), begun: () => void = () => undefined) {
  const id = v7();
  return takeCommand(b.services, {
    row: await row(),
    actor: director,
    id,
    happenedAt: undefined,
    subjectId: id,
    content: { id },
    decide: async () => {
      begun();
      await gate;
      return [draft('publication', id, 'CasePublished', { no: id, unit: 'Alfa Lda', place: root, text: 'multa' } as never)];
    },
  });
}

/** What an answer as of an instant says. */
async function answer(asOf: string) {
  const set = accepted(await readFigureSet(b.services, director, { campaign, asOf, set: 'press' }));
  return { watermark: set.standing.watermark, logSize: set.standing.logSize, counts: set.figures.map((f) => f.numerator) };
}

describe('a campaign of records has two clocks', () => {
  test('a snapshot dated before a release of today comes in, and what was released stays as it was', async () => {
    await load(b.services, mapping, first, file('a.csv', records[0]));
    accepted(await publishFigures(b.services, director, { campaign, asOf: first }));
    await sequenceCampaign(b.services, await row());
    const before = await answer(first);
    expect(before).toMatchObject({ watermark: at(first) });

    const report = await load(b.services, mapping, second, file('b.csv', records[0], records[1]));
    expect(report.outcome).toBe('loaded');
    expect(report.changes).toMatchObject({ appeared: 1, unchanged: 1 });
    await sequenceCampaign(b.services, await row());
    expect(await answer(first)).toEqual(before);
    // The release stands between the snapshots in the log, so the second one's position counts it.
    expect((await answer(second)).logSize).toBe(before.logSize + 2);
    expect((await answer(second)).counts).not.toEqual(before.counts);

    const view = accepted(await openPublicView(b.services, campaign));
    expect(formatInstant(view.watermark)).toBe(formatInstant(at(first)));
    const verdict = accepted(await verifyLive(b.services, campaign));
    expect(verdict.faults).toEqual([]);
    expect(verdict.ok).toBe(true);
  });

  test('people and snapshots by turns: the log grows, the verifier agrees and projections are rebuilt as they were', async () => {
    await load(b.services, mapping, first, file('a.csv', records[0]));
    accepted(await publishCase());
    await load(b.services, mapping, second, file('b.csv', records[0], records[1]));
    accepted(await publishFigures(b.services, director, { campaign, asOf: second }));
    accepted(await publishCase());
    await load(b.services, mapping, third, file('c.csv', records[0], records[1], records[2]));
    const size = (await sequenceCampaign(b.services, await row())).size;
    const answers = await Promise.all([answer(first), answer(second), answer(third)]);
    // Behind the first: a case, a record, a release, a case, a record. Behind the second: the last three of them.
    expect(answers.map((a) => size - a.logSize)).toEqual([5, 3, 0]);
    expect(accepted(await checkProjections(b.services, campaign)).same).toBe(true);
    expect(await Promise.all([answer(first), answer(second), answer(third)])).toEqual(answers);
    expect(accepted(await verifyLive(b.services, campaign)).faults).toEqual([]);
    expect((await readPublicCases(b.services, accepted(await openPublicView(b.services, campaign)))).length).toBe(2);
  });

  test('a slow writer does not fork the log: its act is numbered when nothing can come before it any more', async () => {
    await load(b.services, mapping, first, file('a.csv', records[0]));
    await sequenceCampaign(b.services, await row());
    let go = () => {};
    let begun = () => {};
    const gate = new Promise<void>((resolve) => (go = resolve));
    const started = new Promise<void>((resolve) => (begun = resolve));
    const slow = publishCase(gate, () => begun());
    await started;
    accepted(await publishCase());
    const between = await sequenceCampaign(b.services, await row());
    // The quick act came in after the slow one began: it waits for it.
    expect(between.added).toBe(0);
    go();
    expect(isRefusal(await slow)).toBe(false);
    b.services.sequencers.clear();
    await expect.poll(async () => (await sequenceCampaign(b.services, await row())).size).toBe(between.size + 2);
    accepted(await publishCase());
    await expect.poll(async () => (await sequenceCampaign(b.services, await row())).size).toBe(between.size + 3);
    expect((await latestCheckpoint(b.services, await row()))?.size).toBe(between.size + 3);
    expect(accepted(await verifyLive(b.services, campaign)).faults).toEqual([]);
  });

  test('what people do moves neither the watermark nor the position of an answer', async () => {
    await load(b.services, mapping, first, file('a.csv', records[0]));
    const standing = async () => standingOf(b.services, accepted(await openView(b.services, director, 'figure.read', campaign, undefined)));
    const before = await standing();
    accepted(await publishCase());
    expect(await standing()).toEqual(before);
  });

  test('an instant behind the last snapshot is not released: a snapshot may still come for it', async () => {
    await load(b.services, mapping, first, file('a.csv', records[0]));
    expect(await publishFigures(b.services, director, { campaign, asOf: second })).toMatchObject({ code: 'publication.after-records' });
  });

  test('nothing that figures count is recorded by hand', async () => {
    await load(b.services, mapping, first, file('a.csv', records[0]));
    const attempts: Draft[] = [
      draft('problem', v7(), 'ProblemFound', { no: 'X-1' } as never),
      draft('source', v7(), 'SourceRegistered', { name: 'x' } as never),
      draft('record', v7(), 'RecordAppeared', { item: {} } as never),
    ];
    for (const wanted of attempts) {
      const refused = await takeCommand(b.services, {
        row: await row(),
        actor: director,
        id: v7(),
        happenedAt: undefined,
        subjectId: wanted.streamId,
        content: {},
        decide: async () => [wanted],
      });
      expect(refused).toMatchObject({ code: 'campaign.records-only' });
    }
  });

  test('a snapshot that is not later than the last one is refused as before', async () => {
    await load(b.services, mapping, second, file('a.csv', records[0]));
    accepted(await publishCase());
    const late = await importSnapshot(b.services, { mapping, recordedAt: at(first), files: [file('b.csv', records[0], records[1])] });
    expect(late).toMatchObject({ code: 'import.not-later' });
  });
});
