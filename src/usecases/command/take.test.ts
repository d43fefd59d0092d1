import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { live } from '../../../test/generators/live-commands.ts';
import { keepFor } from '../../../test/support/kept.ts';
import { smallCampaign, type SmallCampaign } from '../../../test/support/campaign.ts';
import type { Actor } from '../../domain/access/policy.ts';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';
import type { ProblemCommand } from '../../domain/problems/commands.ts';
import { rebuildCampaign } from '../campaign/rebuild.ts';
import type { CommandDone } from './take.ts';
import { commandProblem } from '../problems/command.ts';
import { recordProblem, type NewProblem } from '../problems/found.ts';
import { issueBatch } from '../supervision/issue-batch.ts';

// Commands given at the same time, as many people give them: each is decided by itself, whatever it shares a transaction with.
let c: SmallCampaign;
beforeAll(async () => {
  c = await smallCampaign(120, 5);
});
afterAll(() => c.close());

const problem = (text: string): NewProblem => ({
  campaign: c.slug,
  unit: '并行演示化工厂',
  place: 141_024,
  aspect: 'key-dischargers',
  type: 'key-dischargers',
  text,
  clue: 'hotline',
  evidence: [],
});
const found = (text: string, more: Partial<NewProblem> = {}) => recordProblem(c.services, live.inspector, { ...problem(text), ...more });
const taken = <T>(list: readonly (T | Refusal)[]): T[] => list.filter((x): x is T => !isRefusal(x));
const code = (x: unknown) => (isRefusal(x) ? x.code : 'taken');
const numberOf = (done: CommandDone) => {
  const act = done.acts[0];
  return act?.kind === 'ProblemFound' ? act.payload.no : '';
};

describe('commands given at the same time', () => {
  test('share instants, take numbers without a gap, and what is refused among them takes none', async () => {
    const wanted = Array.from({ length: 60 }, (_, i) => (i % 4 === 3 ? { aspect: 'no-such-aspect' } : {}));
    const answers = await Promise.all(wanted.map((more, i) => found(`同时上报之${i}`, more)));
    expect(answers.map(code)).toEqual(wanted.map((w) => ('aspect' in w ? 'problem.aspect-unknown' : 'taken')));
    const numbers = taken(answers)
      .map((done) => Number(numberOf(done).split('-').at(-1)))
      .toSorted((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] as number) + i));
    const instants = new Set(taken(answers).map((done) => done.acts[0]?.recordedAt));
    expect(instants.size).toBeLessThan(numbers.length / 2);
  });

  test('on one problem go one after another, in the order they came', async () => {
    const made = (await found('排队的问题')) as CommandDone & { problemId: string };
    const notes = await Promise.all(
      ['2031-01-01', '2031-01-02', '2031-01-03'].map((until, i) =>
        commandProblem(c.services, live.clerk, {
          campaign: c.slug,
          problem: made.problemId,
          command: i === 1 ? ({ do: 'watch', until } as never) : { do: 'confirm' },
        }),
      ),
    );
    // The first confirms; a problem that is confirmed can neither be watched nor confirmed once more.
    expect(notes.map(code)).toEqual(['taken', 'problem.wrong-state', 'problem.wrong-state']);
  });

  test('with the same id are one command, and with other content a conflict', async () => {
    const id = v7();
    const answers = await Promise.all([found('同一条', { id }), found('同一条', { id }), found('另一条', { id })]);
    expect(answers.map(code)).toEqual(['taken', 'taken', 'command.id-conflict']);
    expect(taken(answers).map((done) => done.repeated)).toEqual([false, true]);
  });

  test('of which one spoils the transaction: the others are taken all the same', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => found(`同号之${i}`, i === 4 || i === 9 ? { no: 'SX2019-9000' } : {})),
    );
    const refused = answers.map(code).filter((x) => x !== 'taken');
    expect(refused).toEqual(['problem.number-taken']);
    expect(new Set(taken(answers).map(numberOf)).size).toBe(11);
  });

  test.each(['ab', 'cd'])('of which several claim with one photograph (%s…): one is taken', async (hex) => {
    const made = taken(await Promise.all(Array.from({ length: 4 }, (_, i) => found(`整改中之${i}`)))).map((done) => done.problemId);
    const tell = (problem: string, actor: Actor, command: ProblemCommand) =>
      commandProblem(c.services, actor, { campaign: c.slug, problem, command });
    await Promise.all(made.map((id) => tell(id, live.clerk, { do: 'confirm' })));
    const batch = { campaign: c.slug, name: `补充批${hex}`, deadline: '2099-01-01', problems: made };
    expect(isRefusal(await issueBatch(c.services, live.clerk, batch))).toBe(false);
    const plan = {
      do: 'plan' as const,
      implementer: '演示',
      goal: '达标',
      deadline: '2099-01-01',
      measures: '整改',
      acceptanceBody: 'sx-acceptance',
    };
    await Promise.all(made.map((id) => tell(id, live.government, plan)));
    await Promise.all(made.map((id) => tell(id, live.government, { do: 'start' })));
    const photo = { sha256: hex.repeat(32), kind: 'photo' as const, name: '照片.jpg', takenAt: new Date().toISOString() };
    for (const id of made) await keepFor(c.services, c.row, live.government, { id, no: '', place: 141_024 }, photo.sha256);
    const answers = await Promise.all([
      // Two that go at once, so that the others wait together.
      found('先到的一'),
      found('先到的二'),
      ...made.map((id) => tell(id, live.government, { do: 'claim', text: '整改完成', evidence: [photo] })),
      found('别的照片'),
    ]);
    expect(answers.map(code).toSorted()).toEqual([
      'problem.evidence-seen',
      'problem.evidence-seen',
      'problem.evidence-seen',
      'taken',
      'taken',
      'taken',
      'taken',
    ]);
  });

  test('leave what a rebuild makes of their acts', async () => {
    expect(await rebuildCampaign(c.services, c.slug)).toMatchObject({ same: true, badActs: 0 });
  });
});
