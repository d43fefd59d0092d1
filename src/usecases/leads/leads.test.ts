import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepFor } from '../../../test/support/kept.ts';
import { campaign, password, testApp, type TestApp } from '../../../test/support/app.ts';
import type { Actor } from '../../domain/access/policy.ts';
import { findCampaign, type CampaignRow } from '../../storage/acts/read.ts';
import { addUser } from '../access/users.ts';

let app: TestApp;
let row: CampaignRow;
beforeAll(async () => {
  app = await testApp(40);
  row = (await findCampaign(app.services.database.db, campaign)) as CampaignRow;
}, 120_000);
afterAll(() => app?.close());

const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const officer: Actor = {
  id: v7(),
  name: '石远',
  org: 'gov-141024',
  grants: [{ role: 'county-officer', place: 141_024, campaign: null }],
};

async function ok(who: string, url: string, body: object) {
  const reply = await app.call(who, 'POST', `${url}?campaign=${campaign}`, body);
  expect(reply.status, reply.text.slice(0, 300)).toBeLessThan(300);
  return reply.body as { item: { id: string; no: string } };
}

/** Problems that wait for their clearance, claimed a moment ago. */
async function accepted(n: number): Promise<string[]> {
  const found = {
    campaign,
    unit: '听松演示焦化厂',
    place: 141_024,
    aspect: 'key-dischargers',
    type: 'key-dischargers',
    text: '外排水超标',
    clue: 'inspection',
    evidence: [],
  };
  const ids: string[] = [];
  for (let i = 0; i < n; i++) {
    const made = await app.call('finder', 'POST', '/api/problems', found);
    ids.push((made.body.item as { id: string }).id);
  }
  // Signed in first: as many at once would be refused.
  for (const who of ['clerk', 'acceptance']) await app.token(who);
  await Promise.all(ids.map((id) => ok('clerk', `/api/problems/${id}/confirm`, {})));
  expect((await app.call('clerk', 'POST', '/api/batches', { campaign, name: '第九批', deadline: later(20), problems: ids })).status).toBe(
    201,
  );
  const life = async (id: string, no: number) => {
    const plan = { implementer: 'u', goal: 'g', deadline: later(10), measures: 'm', acceptanceBody: 'sx-acceptance' };
    await ok('hongtong', `/api/problems/${id}/plan`, plan);
    await ok('hongtong', `/api/problems/${id}/start`, {});
    const sha256 = v7()
      .replaceAll('-', '')
      .padEnd(64, String(no % 10));
    await keepFor(app.services, row, officer, { id, no: String(no), place: 141_024 }, sha256);
    const evidence = [{ sha256, kind: 'photo', name: '后.jpg', takenAt: new Date().toISOString() }];
    await ok('hongtong', `/api/problems/${id}/claim`, { text: '完成', evidence });
    await ok('inspector', `/api/problems/${id}/check`, { text: '属实' });
    await ok('acceptance', `/api/problems/${id}/accept`, { criteria: 'c', penaltyCase: null, noPenaltyReason: '及时改正' });
  };
  for (const [i, id] of ids.entries()) await life(id, i);
  return ids;
}

const leads = async (who: string, more = '') => app.call(who, 'GET', `/api/leads?campaign=${campaign}${more}`);
const hasteOf = async (figure: string) => (await app.call('linfen', 'GET', `/api/figures/${figure}?campaign=${campaign}`)).body.haste;

describe('problems that are cleared faster than anybody can look', () => {
  test('are a lead for the command office and the auditor, and the figure says so, until somebody else has looked into it', async () => {
    const ids = await accepted(14);
    const before = encodeURIComponent(new Date().toISOString());
    for (const id of ids.slice(0, 4)) await ok('acceptance', `/api/problems/${id}/clear`, { decisionNo: '清1号' });
    expect((await leads('director')).body.leads).toEqual([]);
    expect(await hasteOf('problems.rectified')).toBeNull();

    // The rest at once: commands that share a transaction write to one lead.
    const done = await Promise.all(
      ids.slice(4).map((id) => app.call('acceptance', 'POST', `/api/problems/${id}/clear?campaign=${campaign}`, { decisionNo: '清2号' })),
    );
    expect(done.map((d) => d.status)).toEqual(ids.slice(4).map(() => 200));

    await expect.poll(async () => ((await leads('auditor')).body.leads as unknown[]).length).toBe(1);
    const [lead] = (await leads('auditor')).body.leads as {
      id: string;
      by: { name: string };
      count: number;
      fast: number;
      canClose: boolean;
    }[];
    expect(lead?.by.name).toBe('acceptance 某');
    expect(lead?.fast).toBeGreaterThanOrEqual(5);
    expect(lead?.canClose).toBe(false);
    expect(await hasteOf('problems.rectified')).toMatchObject({ leads: 1 });
    expect(await hasteOf('clearance.rate')).toMatchObject({ leads: 1 });
    // A figure that counts no clearance has nothing to say about it, and the past had none.
    expect(await hasteOf('problems.supervised')).toBeNull();
    expect((await leads('director', `&asOf=${before}`)).body.leads).toEqual([]);

    for (const who of ['acceptance', 'linfen', 'inspector', 'press']) expect((await leads(who)).status).toBe(403);
    const close = (who: string, id = v7()) =>
      app.call(who, 'POST', `/api/leads/${lead?.id}/close?campaign=${campaign}`, { id, finding: '公示期满后集中办理，已逐件核对' });
    expect((await close('clerk')).status).toBe(403);
    expect((await close('director')).status).toBe(200);
    expect((await close('director')).body.code).toBe('lead.closed');
    await expect.poll(() => hasteOf('problems.rectified')).toBeNull();
    expect((await leads('auditor')).body.leads).toMatchObject([
      { closed: { by: 'director 某', finding: '公示期满后集中办理，已逐件核对' } },
    ]);
  }, 120_000);

  test('all given at one moment see each other: five fast ones are a lead, not five first ones', async () => {
    const grants = [{ role: 'acceptance' as const, place: 140_000, campaign: null }];
    await addUser(app.services, { username: 'acceptanceB', name: '同时', org: 'sx-acceptance', password, grants });
    await app.token('acceptanceB');
    const ids = await accepted(6);
    const give = (id: string) => app.call('acceptanceB', 'POST', `/api/problems/${id}/clear?campaign=${campaign}`, { decisionNo: '清3号' });
    const done = await Promise.all(ids.map(give));
    expect(done.map((d) => d.status)).toEqual(ids.map(() => 200));
    const raised = (await leads('auditor')).body.leads as { by: { name: string }; count: number; fast: number }[];
    expect(raised.filter((l) => l.by.name === '同时')).toMatchObject([{ count: 5, fast: 5 }]);
  }, 120_000);

  test('a lead that is none is not closed', async () => {
    const reply = await app.call('director', 'POST', `/api/leads/${v7()}/close?campaign=${campaign}`, { finding: 'x' });
    expect([reply.status, reply.body.code]).toEqual([404, 'lead.unknown']);
    // Nor a problem that is taken for one.
    const problem = (await app.services.database.pool.query<{ id: string }>("select id from items where kind = 'problem' limit 1")).rows[0]
      ?.id;
    expect((await app.call('director', 'POST', `/api/leads/${problem}/close?campaign=${campaign}`, { finding: 'x' })).status).toBe(404);
  });
});
