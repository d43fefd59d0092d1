import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { live } from '../../../test/generators/live-commands.ts';
import { smallCampaign, type SmallCampaign } from '../../../test/support/campaign.ts';
import type { Actor } from '../../domain/access/policy.ts';
import { draft } from '../../domain/acts/act.ts';
import { formatInstant, instant } from '../../domain/kernel/instant.ts';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';
import type { ProblemCommand } from '../../domain/problems/commands.ts';
import { foldProblem, type Problem } from '../../domain/problems/state.ts';
import { campaignStreamId, listStreamActs } from '../../storage/acts/read.ts';
import { checkProjections } from '../campaign/rebuild.ts';
import { commandMany } from '../problems/bulk.ts';
import { commandProblem } from '../problems/command.ts';
import { recordProblem, type NewProblem } from '../problems/found.ts';
import { publishFigures } from '../public/publish.ts';
import { readPublished } from '../public/view.ts';
import { recordInspection } from '../inspection/record-inspection.ts';
import { registerSource } from '../sources/register-source.ts';
import { issueBatch } from '../supervision/issue-batch.ts';
import { takeCommand, type CommandDone } from './take.ts';

// What must not come in, whoever tries and however many at once.
let c: SmallCampaign;
beforeAll(async () => {
  c = await smallCampaign(120, 5);
});
afterAll(() => c.close());

const day = 86_400_000;
const ago = (days: number) => formatInstant(instant(Date.now() - days * day));
const code = (x: unknown) => (isRefusal(x) ? x.code : 'taken');
const finding = (text: string): NewProblem => ({
  campaign: c.slug,
  unit: '门禁演示化工厂',
  place: 141_024,
  aspect: 'key-dischargers',
  type: 'key-dischargers',
  text,
  clue: 'hotline',
  evidence: [],
});
type Found = (CommandDone & { problemId: string }) | Refusal;
const found = (text: string, more: Partial<NewProblem> = {}, who: Actor = live.inspector): Promise<Found> =>
  recordProblem(c.services, who, { ...finding(text), ...more });
const made = async (text: string, more: Partial<NewProblem> = {}) => {
  const done = await found(text, more);
  if (isRefusal(done)) throw new Error(done.code);
  return done.problemId;
};
const tell = (problem: string, actor: Actor, command: ProblemCommand, more: { happenedAt?: string; version?: number; id?: string } = {}) =>
  commandProblem(c.services, actor, { campaign: c.slug, problem, command, ...more });
const stateOf = async (id: string) => foldProblem(await listStreamActs(c.services.database.db, c.row, id)) as Problem;
const actCount = async () =>
  (await c.services.database.pool.query<{ n: number }>('select count(*) as n from acts where campaign_id = $1', [c.row.id])).rows[0]?.n;

test('what stands under the smallest id there is belongs to the campaign like everything else', async () => {
  await made('最小编号', { id: '00000000-0000-0000-0000-000000000000' });
  const report = await checkProjections(c.services, c.slug);
  if (isRefusal(report)) throw new Error(report.code);
  expect(report.acts).toBe(await actCount());
  expect(report.tables.filter((t) => !t.same)).toEqual([]);
});

describe('an id that is in use', () => {
  test('opens nothing, whatever it is the id of', async () => {
    const ids = (
      await c.services.database.pool.query<{ id: string }>(
        `select distinct on (stream) stream_id::text as id from acts where campaign_id = $1 order by stream, stream_id`,
        [c.row.id],
      )
    ).rows.map((r) => r.id);
    const someAct = (await c.acts()).at(-1)?.id as string;
    const used = [...ids, campaignStreamId(c.row.id), someAct, ...ids.map((id) => id.toUpperCase())];
    expect(ids.length).toBeGreaterThan(8);
    const before = await actCount();
    for (const id of used) {
      expect(code(await found('冒名', { id })), id).toBe('command.id-conflict');
      const source = { campaign: c.slug, id, name: '冒名', uscc: null, place: 141_024, industry: '化工' };
      expect(code(await registerSource(c.services, live.inspector, source)), id).toBe('command.id-conflict');
      expect(code(await publishFigures(c.services, live.clerk, { campaign: c.slug, id, asOf: ago(1) })), id).toBe('command.id-conflict');
    }
    expect(await actCount()).toBe(before);
  });

  test('is one id in upper and lower case', async () => {
    const id = v7();
    expect(code(await found('大写', { id: id.toUpperCase() }))).toBe('taken');
    expect(code(await found('大写', { id }))).toBe('taken');
    expect((await stateOf(id)).found.text).toBe('大写');
    expect(code(await found('别的', { id: id.toUpperCase() }))).toBe('command.id-conflict');
  });

  test('made by many at once is made by one', async () => {
    const id = v7();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => found(`抢占${i}`, { id })));
    expect(answers.map(code).filter((x) => x === 'taken').length).toBe(1);
    expect(await listStreamActs(c.services.database.db, c.row, id)).toHaveLength(1);
  });

  test('cannot be opened past the commit either: the database has a key', async () => {
    const problem = await made('被顶替的');
    await expect(
      c.services.database.pool.query('insert into streams (campaign_id, id, kind) values ($1, $2, $3)', [c.row.id, problem, 'source']),
    ).rejects.toMatchObject({ code: '23505' });
    await expect(
      c.services.database.pool.query(
        `insert into acts select campaign_id, $2, 'source', stream_id, stream_seq + 1, kind, schema_version, payload, actor_id, actor_org,
           actor_name, happened_at, recorded_at, leaf from acts where campaign_id = $1 and stream_id = $3`,
        [c.row.id, v7(), problem],
      ),
    ).rejects.toMatchObject({ constraint: 'acts_stream_fkey' });
  });

  test('an inspection goes on a source and on nothing else', async () => {
    const problem = await made('不是污染源');
    const q = {
      campaign: c.slug,
      sourceId: problem,
      aspect: 'key-dischargers',
      officers: ['甲', '乙'],
      legalBody: 'x',
      result: 'clean',
      text: 'x',
    } as const;
    expect(code(await recordInspection(c.services, live.inspector, q))).toBe('item.unknown');
    const wrong = await takeCommand(c.services, {
      row: c.row,
      actor: live.inspector,
      id: undefined,
      happenedAt: undefined,
      subjectId: problem,
      content: {},
      decide: async () => [draft('source', problem, 'SourceRevived', { reason: 'x' })],
    });
    expect(code(wrong)).toBe('command.id-conflict');
  });
});

describe('rules over two streams', () => {
  test('of two problems merged into each other at once, one goes', async () => {
    for (let round = 0; round < 6; round++) {
      const [a, b] = (await Promise.all([made(`甲${round}`), made(`乙${round}`)])) as [string, string];
      for (const id of [a, b]) await tell(id, live.clerk, { do: 'confirm' });
      const merge = (actor: Actor, x: string, y: string) => tell(x, actor, { do: 'merge', into: y, reason: '重复' });
      await merge(live.clerk, a, b);
      await merge(live.clerk, b, a);
      const answers = await Promise.all([merge(live.clerk2, a, b), merge(live.clerk2, b, a)]);
      expect(answers.map(code).toSorted()).toEqual(['problem.merge-target', 'taken']);
      expect([(await stateOf(a)).state, (await stateOf(b)).state].toSorted()).toEqual(['confirmed', 'merged']);
    }
  });

  test('nothing is merged into a problem that is withdrawn in the same moment', async () => {
    for (let round = 0; round < 6; round++) {
      const [a, b] = (await Promise.all([made(`并${round}`), made(`撤${round}`)])) as [string, string];
      for (const id of [a, b]) await tell(id, live.clerk, { do: 'confirm' });
      await tell(a, live.clerk, { do: 'merge', into: b, reason: '重复' });
      await tell(b, live.clerk, { do: 'withdraw', reason: '误报' });
      // Two others first, so that these wait and share a transaction.
      const [, , withdrawn, merged] = await Promise.all([
        found('占位一'),
        found('占位二'),
        tell(b, live.clerk2, { do: 'withdraw', reason: '误报' }),
        tell(a, live.clerk2, { do: 'merge', into: b, reason: '重复' }),
      ]);
      const states = [(await stateOf(a)).state, (await stateOf(b)).state];
      if (code(merged) === 'taken') {
        const at = (x: unknown) => (isRefusal(x) ? Infinity : ((x as CommandDone).acts[0]?.recordedAt ?? 0));
        expect(at(merged)).toBeLessThanOrEqual(at(withdrawn));
      } else expect(states).toEqual(['confirmed', 'withdrawn']);
      expect(states[1]).toBe('withdrawn');
    }
  });

  test('publications at once are taken in the order of their instants, and leave the server answering', async () => {
    const answers = await Promise.all(
      [20, 10, 15, 5, ...Array.from({ length: 24 }, (_, i) => 40 + i)].map((minutes) =>
        publishFigures(c.services, live.clerk, { campaign: c.slug, asOf: formatInstant(instant(Date.now() - minutes * 60_000)) }),
      ),
    );
    expect(new Set(answers.map(code))).toEqual(new Set(['taken', 'publication.not-later']));
    const published = await readPublished(c.services, c.row);
    expect(published.length).toBe(answers.filter((a) => !isRefusal(a)).length);
    for (const [i, p] of published.entries()) {
      const next = published[i + 1];
      if (next !== undefined) expect(next.recordedAt).toBeGreaterThanOrEqual(p.recordedAt);
    }
    expect((await c.services.database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});

describe('order of time', () => {
  test('nothing happened before what it rests on; a late entry in order is taken', async () => {
    const id = await made('倒签', { happenedAt: ago(60) });
    expect(code(await tell(id, live.clerk, { do: 'confirm' }, { happenedAt: ago(61) }))).toBe('problem.before-finding');
    expect(code(await tell(id, live.clerk, { do: 'confirm' }, { happenedAt: ago(50) }))).toBe('taken');
    const batch = { campaign: c.slug, name: '倒签批', deadline: '2099-01-01', problems: [id] };
    expect(code(await issueBatch(c.services, live.clerk, { ...batch, happenedAt: ago(55) }))).toBe('command.happened-before-last');
    expect(code(await issueBatch(c.services, live.clerk, { ...batch, happenedAt: ago(40) }))).toBe('taken');
    expect(
      code(
        await tell(id, live.clerk, { do: 'assign', government: 'gov-141024', department: '分局', person: '某' }, { happenedAt: ago(45) }),
      ),
    ).toBe('command.happened-before-last');
  });
});

describe('numbers', () => {
  test('are the campaign’s own: a foreign one stops nothing', async () => {
    for (const no of ['X-999999999999999', 'SX2019-999999999999999', `${'9'.repeat(60)}`])
      expect(code(await found('占号', { no })), no).toBe('problem.number-pattern');
    const [one, two] = [await stateOf(await made('之后一')), await stateOf(await made('之后二'))];
    const n = (p: Problem) => Number(p.found.no.split('-').at(-1));
    expect(n(two)).toBe(n(one) + 1);
  });

  test('named ahead do not move the count, and are passed over when it comes there', async () => {
    const last = (await stateOf(await made('数到这里'))).found.no;
    const [prefix, digits] = [last.replace(/\d+$/, ''), /\d+$/.exec(last)?.[0] as string];
    const number = (k: number) => `${prefix}${String(Number(digits) + k).padStart(digits.length, '0')}`;
    const wide = (text: string) => text.replace(/[!-~]/g, (ch) => String.fromCharCode(ch.charCodeAt(0) + 0xfee0));
    expect((await stateOf(await made('预留', { no: ` ${wide(number(2)).toLowerCase()} ` }))).found.no).toBe(number(2));
    expect(code(await found('再占', { no: number(2) }))).toBe('problem.number-taken');
    expect(code(await found('已用', { no: wide(last) }))).toBe('problem.number-taken');
    expect((await stateOf(await made('下一个'))).found.no).toBe(number(1));
    expect((await stateOf(await made('再下一个'))).found.no).toBe(number(3));
  });

  test('are named by who may at the campaign’s root', async () => {
    const county: Actor = { ...live.inspector, id: 'county.person', grants: [{ role: 'inspector', place: 141_024, campaign: null }] };
    expect(code(await found('县里占号', { no: 'SX2019-0001' }, county))).toBe('access.forbidden');
    expect(code(await found('县里', { outsideNo: '12369-1' }, county))).toBe('taken');
  });
});

describe('what a command says', () => {
  test('in characters that cannot be kept is refused, and nothing is written', async () => {
    const before = await actCount();
    for (const text of ['a\u0000b', 'x\ud800', 'a\u000bb', 'e\u0301'])
      expect(code(await found(text)), JSON.stringify(text)).toBe('text.malformed');
    expect(await actCount()).toBe(before);
  });

  test('two officers of an inspection are two persons', async () => {
    const source = await registerSource(c.services, live.inspector, {
      campaign: c.slug,
      name: '源',
      uscc: null,
      place: 141_024,
      industry: '化工',
    });
    if (isRefusal(source)) throw new Error(source.code);
    const q = {
      campaign: c.slug,
      sourceId: source.sourceId,
      aspect: 'key-dischargers',
      legalBody: 'x',
      result: 'clean',
      text: 'x',
    } as const;
    expect(code(await recordInspection(c.services, live.inspector, { ...q, officers: ['张三', '张 三'] }))).toBe('inspection.same-officer');
    expect(code(await recordInspection(c.services, live.inspector, { ...q, officers: ['张三', '李四'] }))).toBe('taken');
  });

  test('of a version that changed is refused with what was done meanwhile', async () => {
    const id = await made('两个人');
    expect(code(await tell(id, live.clerk, { do: 'confirm' }, { version: 1 }))).toBe('taken');
    const second = await tell(id, live.clerk2, { do: 'notFounded', reason: '不实' }, { version: 1 });
    expect(second).toMatchObject({ code: 'problem.changed', details: { version: 2, since: ['ProblemConfirmed'] } });
  });

  test('in bulk is done once, however often it is sent, and a preview decides by the same rules', async () => {
    const ids = await Promise.all([made('批量一'), made('批量二')]);
    const q = { campaign: c.slug, id: v7(), ids: [...ids, v7()], command: { do: 'confirm' }, preview: false } as const;
    expect((await commandMany(c.services, live.clerk, { ...q, preview: true })).done).toHaveLength(2);
    const first = await commandMany(c.services, live.clerk, q);
    const again = await commandMany(c.services, live.clerk, q);
    expect(again).toEqual(first);
    expect(first.done.map((d) => d.id)).toEqual(ids);
    for (const id of ids) expect((await stateOf(id)).version).toBe(2);
  });
});

test('the whole campaign is acted for at its root: a city’s director publishes nothing', async () => {
  const city: Actor = {
    ...live.clerk,
    id: 'city.director',
    grants: [
      { role: 'director', place: 140_100, campaign: null },
      { role: 'clerk', place: 140_100, campaign: null },
    ],
  };
  expect(code(await publishFigures(c.services, city, { campaign: c.slug, asOf: ago(0.001) }))).toBe('access.forbidden');
  expect(code(await issueBatch(c.services, city, { campaign: c.slug, name: '市批', deadline: '2099-01-01', problems: [v7()] }))).toBe(
    'access.forbidden',
  );
});
