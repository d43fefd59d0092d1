import { describe, expect, test } from 'vitest';
import { lifeOf, play } from '../../../test/generators/problem-histories.ts';
import { fewSettings } from '../../../test/generators/settings.ts';
import type { Act, ActKind, ActorRef, DraftOf } from '../acts/act.ts';
import type { Payloads } from '../acts/payloads.ts';
import { referenceFigure } from '../clearance/reference.ts';
import { instant, parseInstant, type Instant } from '../kernel/instant.ts';
import { isRefusal } from '../kernel/refusal.ts';
import { factContext } from '../projections/context.ts';
import { problemVerbs, type ProblemCommand, type ProblemVerb } from './commands.ts';
import { decideProblem, mayDo, type DecideContext } from './decide.ts';
import { problemFacts } from './project.ts';
import { foldProblem, problemStates, type Problem, type ProblemState } from './state.ts';

const settings = fewSettings();
const person = (id: string, org: string): ActorRef => ({ id, org, name: id });
const at = (text: string) => parseInstant(text) as Instant;
const code = (x: unknown) => (isRefusal(x) ? x.code : 'taken');

/** A problem that was checked, whose parts a test changes as it needs. */
const base = (() => {
  const { office } = play(lifeOf(1, 0).slice(0, 8));
  return { p: office.problems()[0] as Problem, now: (office.acts.at(-1) as Act).recordedAt };
})();

function ctx(more: Partial<DecideContext> = {}): DecideContext {
  const usual = { settings, organisations: [], actor: person('acceptance.2', 'sx-acceptance'), happenedAt: base.now, at: base.now };
  return {
    ...usual,
    newIds: ['00000000-0000-7000-8000-00000000000a'],
    newNo: 'FEW-9',
    seenEvidence: new Set(),
    kept: 'generated',
    ...more,
  };
}

describe('the state chart', () => {
  /** From the product's chart and its invariants, verb by verb. */
  const open: readonly ProblemState[] = ['supervised', 'planned', 'rectifying', 'staged', 'returned'];
  const chart: Readonly<Record<ProblemVerb, readonly ProblemState[]>> = {
    confirm: ['found'],
    notFounded: ['found', 'confirmed'],
    assign: ['confirmed', ...open],
    plan: ['supervised', 'planned'],
    changeBody: ['planned', 'rectifying', 'staged', 'returned', 'claimed', 'checked'],
    start: ['planned', 'returned'],
    stage: ['rectifying', 'staged'],
    claim: ['rectifying', 'staged'],
    check: ['claimed'],
    return: ['claimed', 'checked', 'accepted'],
    accept: ['checked'],
    clear: ['accepted'],
    watch: ['cleared'],
    settle: ['watched'],
    extend: open,
    withdraw: ['confirmed', ...open, 'claimed', 'checked'],
    merge: ['confirmed', ...open, 'claimed', 'checked'],
    split: ['found', 'confirmed'],
    rebound: ['cleared', 'watched', 'settled'],
  };

  test.each(problemVerbs)('lets %s be given in its states and in no other', (verb) => {
    expect(problemStates.filter((state) => mayDo(state, verb)).sort()).toEqual([...chart[verb]].sort());
    for (const state of problemStates.filter((s) => !chart[verb].includes(s))) {
      const refused = decideProblem({ ...base.p, state }, { do: verb } as ProblemCommand, ctx());
      expect(refused).toMatchObject({ code: 'problem.wrong-state', details: { state, verb, no: base.p.found.no } });
    }
  });
});

describe('a public notice', () => {
  const accepted = (noticeDays: number, recorded = '2019-07-10T09:00:00+08:00') => ({
    ...base.p,
    state: 'accepted' as const,
    noticeDays,
    acceptedAt: at('2019-07-01T09:00:00+08:00'),
    acceptedRecordedAt: at(recorded),
  });
  const clear = (p: Problem, happened: string) => decideProblem(p, { do: 'clear', decisionNo: '销1' }, ctx({ happenedAt: at(happened) }));

  test('of five days that was recorded on the tenth runs through the fifteenth, to the millisecond', () => {
    expect(code(clear(accepted(5), '2019-07-15T23:59:59.999+08:00'))).toBe('problem.notice-running');
    expect(code(clear(accepted(5), '2019-07-16T00:00:00+08:00'))).toBe('taken');
    expect(clear(accepted(5), '2019-07-11T00:00:00+08:00')).toMatchObject({ details: { until: '2019-07-15T16:00:00.000Z' } });
  });

  test('of one day runs through the day after', () => {
    expect(code(clear(accepted(1), '2019-07-11T23:59:59.999+08:00'))).toBe('problem.notice-running');
    expect(code(clear(accepted(1), '2019-07-12T00:00:00+08:00'))).toBe('taken');
  });

  test('of no days keeps nobody waiting', () => {
    expect(code(clear(accepted(0), '2019-07-10T09:00:00+08:00'))).toBe('taken');
  });
});

test('the notice is the one of the aspect as it was when the problem was found, else the campaign’s', () => {
  const aspect = settings.aspects.find((a) => a.code === base.p.found.aspect);
  if (aspect === undefined) throw new Error('no aspect');
  const later = { ...aspect, version: aspect.version + 1, noticeDays: 30 };
  const accept = { do: 'accept', criteria: '五项', penaltyCase: null, noPenaltyReason: '轻微' } as const;
  const days = (aspects: typeof settings.aspects, found = base.p.found) => {
    const drafts = decideProblem({ ...base.p, found }, accept, ctx({ settings: { ...settings, aspects, defaultNoticeDays: 3 } }));
    return isRefusal(drafts) ? drafts.code : (drafts[0] as DraftOf<'ProblemAccepted'>).payload.noticeDays;
  };
  expect(days([{ ...aspect, noticeDays: 7 }, later])).toBe(7);
  expect(days([later, { ...aspect, noticeDays: 7 }])).toBe(7);
  expect(days([{ ...aspect, code: 'another', noticeDays: 7 }])).toBe(3);
});

describe('a merge', () => {
  const merge = (state: ProblemState, id = 'other') =>
    decideProblem({ ...base.p, proposal: null }, { do: 'merge', into: id, reason: '重复' }, ctx({ other: { ...base.p, id, state } }));

  test('is proposed into every problem that still stands, and into none that was taken out', () => {
    const gone: readonly ProblemState[] = ['withdrawn', 'merged', 'split', 'notFounded'];
    for (const state of problemStates)
      expect([state, code(merge(state))]).toEqual([state, gone.includes(state) ? 'problem.merge-target' : 'taken']);
  });

  test('goes into another problem that is there', () => {
    expect(code(merge('found', base.p.id))).toBe('problem.merge-target');
    expect(code(decideProblem(base.p, { do: 'merge', into: 'x', reason: '重复' }, ctx()))).toBe('problem.merge-target');
  });

  test('is done by a second person who names the same one, and else stays a proposal', () => {
    const other = { ...base.p, id: 'other', state: 'found' as const };
    const by = person('office.1', 'sx-office');
    const kinds = (proposal: Problem['proposal'], actor = person('office.2', 'sx-office')) => {
      const drafts = decideProblem({ ...base.p, proposal }, { do: 'merge', into: 'other', reason: '重复' }, ctx({ other, actor }));
      return isRefusal(drafts) ? drafts.code : drafts.map((d) => d.kind).join();
    };
    expect(kinds(null)).toBe('MergeProposed');
    expect(kinds({ kind: 'merge', by, reason: '', into: 'other' })).toBe('ProblemMerged');
    expect(kinds({ kind: 'merge', by, reason: '', into: 'a third' })).toBe('MergeProposed');
    expect(kinds({ kind: 'withdraw', by, reason: '' })).toBe('MergeProposed');
    expect(kinds({ kind: 'merge', by, reason: '', into: 'other' }, by)).toBe('problem.two-persons');
  });
});

test('a withdrawal is done by a second person, and a proposal to merge is none of it', () => {
  const by = person('office.1', 'sx-office');
  const kinds = (proposal: Problem['proposal'], actor = person('office.2', 'sx-office')) => {
    const drafts = decideProblem({ ...base.p, proposal }, { do: 'withdraw', reason: '误报' }, ctx({ actor }));
    return isRefusal(drafts) ? drafts.code : drafts.map((d) => d.kind).join();
  };
  expect(kinds(null)).toBe('WithdrawalProposed');
  expect(kinds({ kind: 'withdraw', by, reason: '' })).toBe('ProblemWithdrawn');
  expect(kinds({ kind: 'merge', by, reason: '', into: 'x' })).toBe('WithdrawalProposed');
  expect(kinds({ kind: 'withdraw', by, reason: '' }, by)).toBe('problem.two-persons');
});

describe('the days of a plan, a watch and an extension', () => {
  const planned = (p: Partial<Problem>, deadline: string, happened: string) =>
    code(
      decideProblem(
        { ...base.p, state: 'supervised', ...p },
        { do: 'plan', implementer: 'i', goal: 'g', deadline, measures: 'm', acceptanceBody: 'sx-acceptance' },
        ctx({ happenedAt: at(happened), actor: person('county.1', 'gov-140105') }),
      ),
    );

  test('a plan lies between the day it is made and the deadline, both included', () => {
    const p = { deadline: '2019-08-10' };
    expect(planned(p, '2019-08-11', '2019-08-01T10:00:00+08:00')).toBe('problem.plan-after-deadline');
    expect(planned(p, '2019-08-10', '2019-08-01T10:00:00+08:00')).toBe('taken');
    expect(planned(p, '2019-08-01', '2019-08-01T23:59:00+08:00')).toBe('taken');
    expect(planned(p, '2019-07-31', '2019-08-01T00:00:00+08:00')).toBe('problem.plan-past');
    expect(planned(p, '2019-02-30', '2019-08-01T00:00:00+08:00')).toBe('problem.plan-incomplete');
  });

  test('once the deadline has passed a plan names that day', () => {
    const p = { deadline: '2019-08-10' };
    expect(planned(p, '2019-08-10', '2019-08-20T10:00:00+08:00')).toBe('taken');
    expect(planned(p, '2019-08-09', '2019-08-20T10:00:00+08:00')).toBe('problem.plan-past');
    expect(planned({ deadline: null }, '2019-08-19', '2019-08-20T10:00:00+08:00')).toBe('problem.plan-past');
    expect(planned({ deadline: null }, '2019-08-20', '2019-08-20T10:00:00+08:00')).toBe('taken');
  });

  test('a watch ends today or later, and settles the day after', () => {
    const cleared = { ...base.p, state: 'cleared' as const };
    const watch = (until: string) =>
      code(decideProblem(cleared, { do: 'watch', until }, ctx({ happenedAt: at('2019-08-20T10:00:00+08:00') })));
    expect([watch('2019-08-19'), watch('2019-08-20'), watch('2019-08-32')]).toEqual([
      'problem.watch-until',
      'taken',
      'problem.watch-until',
    ]);
    const settle = (watchedUntil: string | null, happened: string) =>
      code(decideProblem({ ...base.p, state: 'watched', watchedUntil }, { do: 'settle' }, ctx({ happenedAt: at(happened) })));
    expect(settle('2019-08-20', '2019-08-20T23:59:59+08:00')).toBe('problem.watch-running');
    expect(settle('2019-08-20', '2019-08-21T00:00:00+08:00')).toBe('taken');
    expect(settle(null, '2019-08-01T00:00:00+08:00')).toBe('taken');
  });

  test('an extension goes as far and as often as its rule, from one whole day on', () => {
    const rule = settings.extensionRules[0];
    if (rule === undefined) throw new Error('no rule');
    const used = (n: number) => Array.from({ length: n }, () => ({ rule: rule.code, days: 1 }));
    const extend = (days: number, more: Partial<Problem> = {}, named = rule.code) =>
      code(
        decideProblem(
          { ...base.p, state: 'supervised', deadline: '2019-08-10', extensions: [], ...more },
          { do: 'extend', rule: named, days, reason: '雨季' },
          ctx(),
        ),
      );
    expect([extend(1), extend(rule.maxDays)]).toEqual(['taken', 'taken']);
    expect([extend(0), extend(1.5), extend(rule.maxDays + 1)]).toEqual(Array(3).fill('problem.rule-too-long'));
    expect(extend(1, { extensions: used(rule.times - 1) })).toBe('taken');
    expect(extend(1, { extensions: used(rule.times) })).toBe('problem.rule-used-up');
    expect(extend(1, { extensions: [{ rule: 'another', days: 1 }, ...used(rule.times - 1)] })).toBe('taken');
    expect(extend(1, { deadline: null })).toBe('problem.wrong-state');
    expect(extend(1, {}, 'none')).toBe('problem.rule-unknown');
  });
});

describe('evidence of a claim', () => {
  const day = 86_400_000;
  const foundAt = at('2019-07-01T10:00:00+08:00');
  const rectifying = { ...base.p, state: 'rectifying' as const, foundAt };
  const photo = { sha256: 'c'.repeat(64), kind: 'photo' as const, name: '照片.jpg', takenAt: '2019-07-20T10:00:00+08:00' };
  const claim = (file: Instant | null) => {
    const deviceTakenAt = file === null ? null : new Date(file).toISOString();
    const kept = new Map([[photo.sha256, { sealed: true, deviceTakenAt }]]);
    return code(
      decideProblem(
        rectifying,
        { do: 'claim', text: '完成', evidence: [photo] },
        ctx({ at: at('2019-08-01T00:00:00Z'), happenedAt: at('2019-08-01T00:00:00Z'), kept }),
      ),
    );
  };

  test('may be off by a day from what the file says, and no more', () => {
    const said = at(photo.takenAt);
    expect([claim(instant(said + day)), claim(instant(said - day))]).toEqual(['taken', 'taken']);
    expect([claim(instant(said + day + 1)), claim(instant(said - day - 1))]).toEqual(Array(2).fill('problem.evidence-contradicts'));
    expect(claim(instant(foundAt - day))).toBe('problem.evidence-old');
    expect(claim(null)).toBe('taken');
  });
});

describe('a picture that another problem had before', () => {
  const alike = [
    { sha256: 'a', no: 'FEW-2' },
    { sha256: 'b', no: null },
    { sha256: 'c', no: 'FEW-2' },
  ];
  const check = (reason: string | undefined, list: typeof alike) =>
    decideProblem(
      { ...base.p, state: 'claimed' },
      { do: 'check', text: '属实', alike: reason },
      ctx({ actor: person('team.9', 'team-9'), alike: list }),
    );

  test('needs a reason, which is kept; without one there is nothing to explain', () => {
    expect(check(undefined, alike)).toMatchObject({ code: 'problem.evidence-alike', details: { others: ['FEW-2', '?'] } });
    expect(check('同一厂区', alike)).toMatchObject([{ payload: { text: '属实', alike: '同一厂区' } }]);
    expect(check('同一厂区', [])).toMatchObject([{ payload: { text: '属实' } }]);
    const [plain] = check('同一厂区', []) as unknown as { payload: object }[];
    expect(Object.keys(plain?.payload ?? {})).toEqual(['text']);
  });
});

describe('what a return takes back', () => {
  let seq = 0;
  const act = <K extends ActKind>(kind: K, payload: Payloads[K], when: string, recorded = when) =>
    ({
      id: `a${++seq}`,
      campaign: 'c',
      stream: 'problem',
      streamId: 'p',
      seq,
      kind,
      schema: 1,
      payload,
      actor: person('x', 'o'),
      happenedAt: at(when),
      recordedAt: at(recorded),
    }) as unknown as Act;
  const start = () => {
    seq = 0;
    return [
      act('ProblemFound', { ...base.p.found }, '2019-07-01T10:00:00+08:00'),
      act('ProblemConfirmed', {}, '2019-07-02T10:00:00+08:00'),
      act('ProblemSupervised', { letterId: 'l', batch: 1, deadline: '2019-07-20' }, '2019-07-03T10:00:00+08:00'),
      act('RectificationClaimed', { text: 't', evidence: [] }, '2019-07-10T10:00:00+08:00'),
      act('ProblemChecked', { text: 't' }, '2019-07-11T10:00:00+08:00'),
      act(
        'ProblemAccepted',
        { body: 'b', criteria: 'c', penaltyCase: null, noPenaltyReason: 'n', noticeDays: 0 },
        '2019-07-12T10:00:00+08:00',
      ),
    ];
  };

  test('a returned problem has no claim and no acceptance any more, and its claim left the figures', () => {
    const acts = [...start(), act('ProblemReturned', { reason: 'r' }, '2019-07-13T10:00:00+08:00')];
    expect(foldProblem(acts)).toMatchObject({
      state: 'returned',
      claimStanding: false,
      acceptedBy: null,
      acceptedAt: null,
      acceptedRecordedAt: null,
    });
    const counted = (when: string) => referenceFigure(acts, settings, 'problems.claimed', {}, at(when))?.numerator;
    expect([counted('2019-07-12T12:00:00+08:00'), counted('2019-07-13T10:00:00+08:00')]).toEqual([1, 0]);
  });

  test.each([
    ['done on the last day and recorded a week later', '2019-07-20T23:59:59.999+08:00', '2019-07-27T10:00:00+08:00', 1],
    ['done a moment after the last day', '2019-07-21T00:00:00+08:00', '2019-07-21T00:00:00+08:00', 0],
  ])('a clearing %s counts by when it was done', (_name, happened, recorded, counts) => {
    const acts = [...start(), act('ProblemCleared', { decisionNo: 'd' }, happened, recorded)];
    const asOf = at('2019-08-01T00:00:00+08:00');
    expect(referenceFigure(acts, settings, 'clearance.ontime', {}, asOf)).toMatchObject({ numerator: counts, denominator: 1 });
    const facts = problemFacts(foldProblem(acts) as Problem, at(recorded), factContext(settings)).map((f) => f.fact);
    expect(facts.includes('problem.ontime')).toBe(counts === 1);
    expect(facts).not.toContain('problem.overdue');
  });
});
