import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaign, password, people, testApp, type TestApp } from '../../../test/support/app.ts';
import { keepFor } from '../../../test/support/kept.ts';
import type { DeskView } from '../../contract/desk.ts';
import { deskTaskNames, ruleOf, type DeskTask } from '../../domain/desk/tasks.ts';
import { waitsFor } from '../../domain/desk/waits.ts';
import { instant } from '../../domain/kernel/instant.ts';
import { factContext } from '../../domain/projections/context.ts';
import { clocksOf } from '../../domain/projections/project.ts';
import { foldProblem } from '../../domain/problems/state.ts';
import { findCampaign, getCampaignState, streamRows, type CampaignRow } from '../../storage/acts/read.ts';
import { fromRow } from '../../storage/acts/rows.ts';
import { addUser } from '../../usecases/access/users.ts';

let app: TestApp;
let row: CampaignRow;
beforeAll(async () => {
  app = await testApp(300);
  row = (await findCampaign(app.services.database.db, campaign)) as CampaignRow;
}, 120_000);
afterAll(() => app?.close());

const q = `campaign=${campaign}`;
const readers = Object.keys(people).filter((who) => !['press', 'stranger', 'security', 'sysadmin', 'auditadmin'].includes(who));
const instants = [null, '2019-07-20T09:00:00+08:00', '2019-08-05T18:00:00+08:00', '2019-09-10T12:00:00+08:00', '2019-10-31T18:00:00+08:00'];
const asOf = (at: string | null) => (at === null ? '' : `&asOf=${encodeURIComponent(at)}`);

async function desk(who: string, more = ''): Promise<DeskView> {
  const reply = await app.call(who, 'GET', `/api/desk?${q}${more}`);
  expect(reply.status, `${who} ${reply.text}`).toBe(200);
  return reply.body as unknown as DeskView;
}
const group = async (who: string, code: string, more = '') => (await desk(who, more)).groups.find((g) => g.code === code);
const count = async (who: string, code: string) => (await group(who, code))?.count ?? 0;

async function ok(who: string, url: string, body: object) {
  const reply = await app.call(who, 'POST', url, body);
  expect(reply.status, `${url} ${reply.text.slice(0, 300)}`).toBeLessThan(300);
  return reply.body as { item: { id: string; no: string }; no: number };
}
const command = (who: string, id: string, verb: string, body: object = {}) => ok(who, `/api/problems/${id}/${verb}?${q}`, body);
const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function found(place = 141_024) {
  const body = {
    ...{ campaign, unit: '听松演示焦化厂', place, aspect: 'key-dischargers', type: 'key-dischargers', text: '外排水超标' },
    ...{ clue: 'inspection', evidence: [] },
  };
  return (await ok('finder', '/api/problems', body)).item;
}

let serial = 0;
async function claimed() {
  const { id, no } = await found();
  await command('clerk', id, 'confirm');
  await ok('clerk', '/api/batches', { campaign, name: '第九批', deadline: later(20), problems: [id] });
  const plan = { implementer: 'u', goal: 'g', deadline: later(10), measures: 'm', acceptanceBody: 'sx-acceptance' };
  await command('hongtong', id, 'plan', plan);
  await command('hongtong', id, 'start');
  const sha256 = `${++serial}`.padStart(64, 'd');
  const officer = {
    id: '01900000-0000-7000-8000-00000000000a',
    name: '石远',
    org: 'gov-141024',
    grants: [{ role: 'county-officer' as const, place: 141_024, campaign: null }],
  };
  await keepFor(app.services, row, officer, { id, no, place: 141_024 }, sha256);
  await command('hongtong', id, 'claim', {
    text: '完成',
    evidence: [{ sha256, kind: 'photo', name: '后.jpg', takenAt: new Date().toISOString() }],
  });
  return { id, no };
}

describe('every count is that of the list it opens', () => {
  test.each(readers)(
    'for %s, now and as of the past, group by group and place by place',
    async (who) => {
      let groups = 0;
      for (const at of instants) {
        const view = await desk(who, asOf(at));
        expect(view.current).toBe(at === null);
        for (const g of view.groups) {
          if (g.query === null) continue;
          groups++;
          const total = await app.call(who, 'GET', `/api/ledger/total?${q}&${g.query}${asOf(at)}`);
          const rows = await app.call(who, 'GET', `/api/ledger?${q}&${g.query}&limit=500${asOf(at)}`);
          expect([at, g.code, total.body.total, (rows.body.rows as unknown[]).length]).toEqual([at, g.code, g.count, g.count]);
          for (const line of g.lines) {
            if (line.place === null) continue;
            const key = line.place % 100 === 0 ? 'city' : 'county';
            const part = await app.call(who, 'GET', `/api/ledger/total?${q}&${g.query}&${key}=${line.place}${asOf(at)}`);
            expect([g.code, line.place, part.body.total]).toEqual([g.code, line.place, line.count]);
          }
        }
      }
      // Who acts on problems has had something waiting at some time; who only reads never does.
      const acts = !['auditor', 'casework', 'legal'].includes(who);
      if (!acts) expect(groups).toBe(0);
      if (['clerk', 'director', 'linfen', 'taiyuan', 'acceptance', 'inspector'].includes(who)) expect(groups).toBeGreaterThan(0);
    },
    60_000,
  );

  test('and the list holds what the acts say, problem by problem', async () => {
    const acts = new Map<string, ReturnType<typeof fromRow>[]>();
    for await (const rows of streamRows(app.services.database.db, row)) {
      for (const r of rows) acts.set(r.stream_id, [...(acts.get(r.stream_id) ?? []), fromRow(r, campaign)]);
    }
    const settings = await getCampaignState(app.services.database.db, row);
    let compared = 0;
    for (const [who, task] of [
      ['acceptance', 'accept'],
      ['acceptance', 'clear'],
      ['acceptance', 'settle'],
      ['clerk', 'settle'],
      ['inspector', 'check'],
      ['linfen', 'plan'],
    ] as const) {
      for (const text of instants) {
        const at = instant(text === null ? Date.now() : Date.parse(text));
        const person = { id: '', name: '', org: people[who]?.org ?? '' };
        const place = people[who]?.place ?? 0;
        const expected = [...acts.values()].flatMap((list) => {
          const p = foldProblem(list, at);
          const inside = p !== undefined && (place % 10_000 === 0 || Math.floor(p.found.place / 100) === place / 100);
          const ctx = { actor: person, organisations: settings?.organisations ?? [], at, utcOffsetMinutes: 480 };
          return p !== undefined && inside && waitsFor(task, p, ctx).how === 'now' ? [p.found.no] : [];
        });
        const rows = await app.call(who, 'GET', `/api/ledger?${q}&desk=${task}&limit=500${asOf(text)}`);
        expect([who, task, text, (rows.body.rows as { no: string }[]).map((r) => r.no).toSorted()]).toEqual([
          who,
          task,
          text,
          expected.toSorted(),
        ]);
        compared += expected.length;
      }
    }
    expect(compared).toBeGreaterThan(50);
  }, 60_000);
});

test('what is due first is due by the clocks of its problems, a plan where it is earlier than the letter', async () => {
  const { id, no } = await found();
  await command('clerk', id, 'confirm');
  await ok('clerk', '/api/batches', { campaign, name: '第九批', deadline: later(20), problems: [id] });
  const plan = { implementer: 'u', goal: 'g', deadline: later(2), measures: 'm', acceptanceBody: 'sx-acceptance' };
  await command('hongtong', id, 'plan', plan);
  const start = await group('hongtong', 'start');
  expect(start?.lines.find((line) => line.no === no)?.due).toEqual({ on: later(2), daysLeft: expect.any(Number) as number });
  expect(start?.ahead).toEqual([{ on: later(2), count: 1 }]);
  const acts = new Map<string, ReturnType<typeof fromRow>[]>();
  for await (const rows of streamRows(app.services.database.db, row)) {
    for (const r of rows) acts.set(r.stream_id, [...(acts.get(r.stream_id) ?? []), fromRow(r, campaign)]);
  }
  const state = await getCampaignState(app.services.database.db, row);
  if (state === undefined) throw new Error('no campaign');
  let byPlan = 0;
  for (const text of instants) {
    for (const task of ['plan', 'start', 'claim', 'redo'] as const) {
      const g = await group('linfen', task, asOf(text));
      const at = instant(text === null ? Date.now() : Date.parse(text));
      const ends = [...acts.values()].flatMap((list) => {
        const by = list.filter((act) => act.recordedAt <= at);
        const p = foldProblem(by);
        if (p === undefined || Math.floor(p.found.place / 100) !== 1410 || !ruleOf(task).states.includes(p.state)) return [];
        const running = clocksOf(by, factContext(state.settings), at).filter((c) => c.ended === null);
        const ends = running.filter((c) => c.name === 'rectify' || c.name === 'plan').map((c) => c.dueAt as number);
        if (running.some((c) => c.name === 'plan' && c.dueAt < Math.max(...ends))) byPlan++;
        return [Math.min(...ends)];
      });
      const on = ends.length === 0 ? undefined : new Date(Math.min(...ends) - 1 + 28_800_000).toISOString().slice(0, 10);
      expect([text, task, g?.due?.on]).toEqual([text, task, on]);
      const next = ends.filter((end) => end > at && end <= at + 4 * 86_400_000).length;
      expect([text, task, (g?.ahead ?? []).reduce((n, x) => n + x.count, 0)]).toEqual([text, task, next]);
    }
  }
  expect(byPlan).toBeGreaterThan(1);
}, 60_000);

describe('whose desk it is', () => {
  test('nobody reads it without signing in, and the press has none', async () => {
    expect((await app.call(null, 'GET', `/api/desk?${q}`)).status).toBe(401);
    expect((await app.call('press', 'GET', `/api/desk?${q}`)).status).toBe(403);
    expect((await app.call('stranger', 'GET', `/api/desk?${q}`)).status).toBe(404);
  });

  test('the list of another role is refused', async () => {
    const wrong: readonly [string, DeskTask][] = [
      ['clerk', 'accept'],
      ['acceptance', 'check'],
      ['inspector', 'confirm'],
      ['hongtong', 'issue'],
      ['auditor', 'overdue'],
      ['linfen', 'withdraw'],
    ];
    for (const [who, task] of wrong) {
      const reply = await app.call(who, 'GET', `/api/ledger/total?${q}&desk=${task}`);
      expect([who, reply.status, reply.body.code]).toEqual([who, 403, 'access.forbidden']);
    }
    expect((await app.call('clerk', 'GET', `/api/ledger/total?${q}&desk=sleep`)).status).toBe(400);
  });

  test('the neighbour city finds nothing of it on its own', async () => {
    const before = await count('taiyuan', 'plan');
    const { id } = await found();
    await command('clerk', id, 'confirm');
    const mine = await count('hongtong', 'plan');
    await ok('clerk', '/api/batches', { campaign, name: '第九批', deadline: later(20), problems: [id] });
    expect(await count('hongtong', 'plan')).toBe(mine + 1);
    expect(await count('taiyuan', 'plan')).toBe(before);
    for (const task of deskTaskNames) {
      const reply = await app.call('taiyuan', 'GET', `/api/ledger?${q}&desk=${task}&limit=500`);
      if (reply.status === 403) continue;
      expect((reply.body.rows as { place: number }[]).filter((r) => Math.floor(r.place / 100) !== 1401)).toEqual([]);
    }
  });
});

describe('what somebody has done leaves their desk and comes to the next', () => {
  test('a finding waits for the office until it is confirmed, and is on its way meanwhile', async () => {
    const before = await count('clerk', 'confirm');
    const issue = await count('clerk', 'issue');
    const { id, no } = await found();
    expect(await count('clerk', 'confirm')).toBe(before + 1);
    expect((await desk('finder')).sent[0]).toMatchObject({ kind: 'ProblemFound', state: 'found', no });
    await command('clerk', id, 'confirm');
    expect([await count('clerk', 'confirm'), await count('clerk', 'issue')]).toEqual([before, issue + 1]);
    expect((await desk('clerk')).sent[0]).toMatchObject({ kind: 'ProblemConfirmed', state: 'confirmed', no });
    expect((await desk('finder')).sent.filter((x) => x.kind === 'ProblemFound' && x.no === no)).toEqual([]);
  });

  test('a claim waits for the team; returned, it comes back with who, when and why, no name for the government', async () => {
    const before = await count('inspector', 'check');
    const { id, no } = await claimed();
    expect(await count('inspector', 'check')).toBe(before + 1);
    expect((await desk('hongtong')).sent[0]).toMatchObject({ kind: 'RectificationClaimed', state: 'claimed', no, count: 1 });
    const redo = await count('hongtong', 'redo');
    await command('inspector', id, 'return', { reason: '照片看不清' });
    expect([await count('inspector', 'check'), await count('hongtong', 'redo')]).toEqual([before, redo + 1]);
    const view = await desk('hongtong');
    expect(view.returned[0]).toMatchObject({ kind: 'ProblemReturned', no, org: 'team-141000', by: '', reason: '照片看不清' });
    expect(view.sent.filter((x) => x.no === no)).toEqual([]);
    expect((await desk('taiyuan')).returned.filter((x) => x.no === no)).toEqual([]);
  });

  test('a check does not wait for an inspector of the government that rectified, whose command is refused', async () => {
    const grants = [{ role: 'inspector' as const, place: 141_000, campaign: null }];
    await addUser(app.services, { username: 'seconded', name: '借调', org: 'gov-141024', password, grants });
    const { id, no } = await claimed();
    const listed = async (who: string) =>
      ((await app.call(who, 'GET', `/api/ledger?${q}&desk=check&limit=500`)).body.rows as { no: string }[]).map((r) => r.no);
    expect(await listed('inspector')).toContain(no);
    const seconded = await listed('seconded');
    expect(seconded).not.toContain(no);
    expect(await count('seconded', 'check')).toBe(seconded.length);
    const refused = await app.call('seconded', 'POST', `/api/problems/${id}/check?${q}`, { text: '属实' });
    expect(refused.body.code).toBe('problem.same-organisation');
  });

  test('an acceptance waits for whoever may, and not for whoever found it', async () => {
    const { id, no } = await claimed();
    const before = await count('acceptance', 'accept');
    await command('inspector', id, 'check', { text: '属实' });
    expect(await count('acceptance', 'accept')).toBe(before + 1);
    await command('acceptance', id, 'accept', { criteria: 'c', penaltyCase: null, noPenaltyReason: '及时改正' });
    expect(await count('acceptance', 'accept')).toBe(before);
    expect((await group('acceptance', 'clear'))?.lines.map((x) => x.no)).toContain(no);
  });

  test('a withdrawal waits for a second person and never for its proposer', async () => {
    const [mine, other] = [await count('clerk', 'withdraw'), await count('clerk2', 'withdraw')];
    const { id, no } = await found();
    await command('clerk', id, 'confirm');
    const before = new Date();
    await command('clerk', id, 'withdraw', { reason: '重复登记' });
    expect(Date.parse((await group('clerk2', 'withdraw'))?.since ?? '')).toBeGreaterThanOrEqual(before.getTime());
    expect([await count('clerk', 'withdraw'), await count('clerk2', 'withdraw'), await count('director', 'withdraw')]).toEqual([
      mine,
      other + 1,
      other + 1,
    ]);
    expect((await desk('clerk')).sent[0]).toMatchObject({ kind: 'WithdrawalProposed', no });
    await command('clerk2', id, 'withdraw', { reason: '重复登记' });
    expect(await count('clerk2', 'withdraw')).toBe(other);
    expect((await desk('clerk')).sent.filter((x) => x.no === no)).toEqual([]);
  });

  test('a merge likewise', async () => {
    const [a, b] = [await found(), await found()];
    for (const { id } of [a, b]) await command('clerk', id, 'confirm');
    const before = await count('director', 'merge');
    await command('clerk2', a.id, 'merge', { into: b.no, reason: '同一问题' });
    expect([await count('director', 'merge'), await count('clerk2', 'merge')]).toEqual([before + 1, 0]);
  });

  test('a finding judged unfounded comes back to whoever found it', async () => {
    const { id, no } = await found();
    await command('clerk', id, 'notFounded', { reason: '查无此事' });
    expect((await desk('finder')).returned[0]).toMatchObject({ kind: 'ProblemNotFounded', no, by: 'clerk 某', reason: '查无此事' });
  });

  test('a bulletin waits for the release of somebody who wrote nothing of it', async () => {
    const body = '督办问题{{problems.supervised@1}}个。';
    const draft = { campaign, kind: 'bulletin', title: '日报', lang: 'zh', body, asOf: '2019-08-05T18:00:00+08:00' };
    const made = await app.call('clerk', 'POST', '/api/bulletins', draft);
    expect(made.status, made.text).toBe(201);
    const { id } = made.body as { id: string };
    expect((await group('director', 'release'))?.count ?? 0).toBe(0);
    const sent = await app.call('clerk', 'POST', `/api/bulletins/${id}/submit?${q}`, { version: 1 });
    expect(sent.status, sent.text).toBeLessThan(300);
    expect(await group('director', 'release')).toMatchObject({ count: 1, query: null, lines: [{ text: '日报', id }] });
    expect(await group('clerk', 'release')).toBeUndefined();
    expect((await desk('clerk')).sent[0]).toMatchObject({ kind: 'BulletinSubmitted', state: 'submitted', id });
    const back = await app.call('director', 'POST', `/api/bulletins/${id}/return?${q}`, { version: 2, reason: '缺数字' });
    expect(back.status, back.text).toBeLessThan(300);
    expect(await group('clerk', 'revise')).toMatchObject({ count: 1 });
    expect((await desk('clerk')).returned[0]).toMatchObject({ kind: 'BulletinReturned', id, by: 'director 某', reason: '缺数字' });
    expect(await group('clerk2', 'revise')).toBeUndefined();
    expect(await group('director', 'release')).toBeUndefined();
  });
});

test('mine and all are told apart where problems are assigned, and the list follows', async () => {
  const { id } = await found(141_024);
  await command('clerk', id, 'confirm');
  await ok('clerk', '/api/batches', { campaign, name: '第九批', deadline: later(20), problems: [id] });
  await command('clerk', id, 'assign', { government: 'gov-141000', department: '市局', person: '刘守信' });
  const all = await desk('linfen');
  expect(all.scopes).toEqual(['all', 'mine']);
  const mine = await desk('linfen', '&scope=mine');
  const plan = mine.groups.find((g) => g.code === 'plan');
  expect(plan?.count).toBe(1);
  expect(plan?.count).toBeLessThan(all.groups.find((g) => g.code === 'plan')?.count ?? 0);
  const total = await app.call('linfen', 'GET', `/api/ledger/total?${q}&${plan?.query}`);
  expect(total.body.total).toBe(1);
  expect((await desk('clerk')).scopes).toEqual(['all']);
});
