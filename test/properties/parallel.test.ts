import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyLive, type LiveCheck } from '../../src/app/verify.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { live, randomCommands } from '../generators/live-commands.ts';
import { smallCampaign, type SmallCampaign } from '../support/campaign.ts';
import { recordProblem } from '../../src/usecases/problems/found.ts';
import { recordInspection } from '../../src/usecases/inspection/record-inspection.ts';
import { registerSource } from '../../src/usecases/sources/register-source.ts';
import { publishFigures } from '../../src/usecases/public/publish.ts';
import { defineAspect } from '../../src/usecases/campaign/define-aspect.ts';
import { sequenceCampaign } from '../../src/usecases/log/sequence.ts';

let c: SmallCampaign;
beforeAll(async () => {
  c = await smallCampaign(30, 9);
}, 60_000);
afterAll(() => c?.close());

/** Findings, sources, inspections, an aspect and publications, one after the other. */
async function others(lane: number): Promise<number> {
  let done = 0;
  const count = (result: object) => {
    if (!isRefusal(result)) done++;
  };
  const common = { campaign: c.slug, place: 141_024 };
  const words = { zh: '新', en: 'new' };
  const aspect = { code: `new-${lane}`, name: words, unit: words, criteria: words, evidence: [], acceptanceBody: 'sx-acceptance' };
  count(await defineAspect(c.services, live.clerk, { campaign: c.slug, ...aspect, noticeDays: 0, deadlineDays: 9 }));
  for (let i = 0; i < 12; i++) {
    const source = await registerSource(c.services, live.inspector, { ...common, name: `厂${lane}`, uscc: null, industry: '铸造' });
    count(source);
    if (isRefusal(source)) continue;
    const found = { unit: '演示厂', aspect: `new-${i % 2}`, type: 'boilers', text: '无治理设施', clue: 'inspection', evidence: [] };
    count(await recordProblem(c.services, live.inspector, { ...common, ...found, sourceId: source.sourceId }));
    const inspection = { aspect: 'boilers', officers: ['甲', `乙${i}`], legalBody: '分局', result: 'clean' as const, text: '未见异常' };
    count(await recordInspection(c.services, live.inspector, { campaign: c.slug, sourceId: source.sourceId, ...inspection }));
    count(await publishFigures(c.services, live.clerk, { campaign: c.slug, asOf: new Date(Date.now() - 1).toISOString() }));
  }
  return done;
}

test('whatever people do at the same time, the verifier finds nothing wrong with it', async () => {
  const before = (await c.acts()).length;
  const [a, b, x, y] = await Promise.all([randomCommands(c, 300, 31), randomCommands(c, 300, 32), others(0), others(1)]);
  expect([...a, ...b].filter((d) => !isRefusal(d.result)).length).toBeGreaterThan(60);
  expect(x + y).toBeGreaterThan(60);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await sequenceCampaign(c.services, c.row);
  const check = (await verifyLive(c.services, c.slug)) as LiveCheck;
  // The commands' evidence was handed in without bytes.
  expect(check.faults.filter((fault) => !/^evidence: .*: it is missing$/.test(fault))).toEqual([]);
  expect(check.log?.entries).toBeGreaterThan(before + 120);
}, 120_000);
