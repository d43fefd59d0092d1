import { describe, expect, test } from 'vitest';
import { lifeOf, play } from '../../../test/generators/problem-histories.ts';
import { fewSettings } from '../../../test/generators/settings.ts';
import type { Act, ActKind, ActorRef } from '../acts/act.ts';
import type { Payloads } from '../acts/payloads.ts';
import { instant, parseInstant, type Instant } from '../kernel/instant.ts';
import { factContext } from '../projections/context.ts';
import type { ProblemCommand } from './commands.ts';
import { decideProblem, type DecideContext } from './decide.ts';
import { problemFacts, problemFeature } from './project.ts';
import { isRectifying } from './separation.ts';
import { applyProblemAct, foldProblem, type Problem } from './state.ts';

// What each command writes and each refusal says, word by word. Asked inside of the tests: what runs while they are collected is
// seen by none of them.
const settings = fewSettings();
const person = (id: string, org: string): ActorRef => ({ id, org, name: `${id} 某` });
const now = parseInstant('2019-08-01T10:00:00+08:00') as Instant;
const p: Problem = {
  ...(play(lifeOf(1, 0).slice(0, 8)).office.problems()[0] as Problem),
  id: 'p',
  foundAt: instant(now - 20 * 86_400_000),
  deadline: '2019-08-20',
};
const no = p.found.no;
const rule = settings.extensionRules[0] as (typeof settings.extensionRules)[number];
const evidence = [{ sha256: 'e'.repeat(64), kind: 'photo' as const, name: '照片.jpg', takenAt: '2019-07-30T10:00:00+08:00' }];
const plan = { implementer: '单位', goal: '达标', deadline: '2019-08-10', measures: '停产', acceptanceBody: 'sx-acceptance' };

function give(command: ProblemCommand, more: Partial<Problem> = {}, with_: Partial<DecideContext> = {}): unknown {
  return decideProblem({ ...p, ...more }, command, {
    ...{ settings, organisations: [], actor: person('acceptance.2', 'sx-acceptance'), happenedAt: now, at: now, kept: 'generated' },
    ...{ newIds: ['new-1'], newNo: 'FEW-9', seenEvidence: new Set<string>() },
    ...with_,
  });
}
const wrote = (kind: ActKind, payload: object, streamId = 'p') => ({ stream: 'problem', streamId, kind, payload });

describe('a command writes', () => {
  const reason = '依据不足';
  const accept = { criteria: '五项', penaltyCase: null, noPenaltyReason: '轻微' };
  const aspect = settings.aspects.find((a) => a.code === p.found.aspect && a.version === p.found.aspectVersion);
  const noticeDays = aspect?.noticeDays ?? settings.defaultNoticeDays;
  const office = { actor: person('office.2', 'sx-office') };
  const cases: readonly (readonly [string, () => unknown, readonly object[]])[] = [
    ['confirm', () => give({ do: 'confirm' }, { state: 'found' }), [wrote('ProblemConfirmed', {})]],
    ['notFounded', () => give({ do: 'notFounded', reason }, { state: 'found' }), [wrote('ProblemNotFounded', { reason })]],
    [
      'assign',
      () => give({ do: 'assign', government: 'g', department: 'd', person: '某' }, { state: 'planned' }),
      [wrote('ProblemAssigned', { government: 'g', department: 'd', person: '某' })],
    ],
    ['plan', () => give({ do: 'plan', ...plan }, { state: 'supervised' }), [wrote('ProblemPlanned', plan)]],
    [
      'changeBody',
      () => give({ do: 'changeBody', body: 'sx-acceptance', reason }),
      [wrote('AcceptanceBodyChanged', { body: 'sx-acceptance', reason })],
    ],
    ['start', () => give({ do: 'start' }, { state: 'planned' }), [wrote('RectificationStarted', {})]],
    ['stage', () => give({ do: 'stage', progress: '一半' }, { state: 'rectifying' }), [wrote('RectificationStaged', { progress: '一半' })]],
    [
      'claim',
      () => give({ do: 'claim', text: '完成', evidence }, { state: 'staged' }),
      [wrote('RectificationClaimed', { text: '完成', evidence })],
    ],
    [
      'check',
      () => give({ do: 'check', text: '属实' }, { state: 'claimed' }, { actor: person('team.9', 'team-9') }),
      [wrote('ProblemChecked', { text: '属实' })],
    ],
    ['return', () => give({ do: 'return', reason }), [wrote('ProblemReturned', { reason })]],
    ['accept', () => give({ do: 'accept', ...accept }), [wrote('ProblemAccepted', { body: 'sx-acceptance', ...accept, noticeDays })]],
    [
      'clear',
      () => give({ do: 'clear', decisionNo: '销1' }, { state: 'accepted', noticeDays: 0 }),
      [wrote('ProblemCleared', { decisionNo: '销1' })],
    ],
    ['watch', () => give({ do: 'watch', until: '2019-09-01' }, { state: 'cleared' }), [wrote('ProblemWatched', { until: '2019-09-01' })]],
    ['settle', () => give({ do: 'settle' }, { state: 'watched', watchedUntil: null }), [wrote('ProblemSettled', {})]],
    [
      'extend',
      () => give({ do: 'extend', rule: rule.code, days: 1, reason }, { state: 'planned' }),
      [wrote('DeadlineExtended', { rule: rule.code, days: 1, deadline: '2019-08-21', reason })],
    ],
    ['a first withdraw', () => give({ do: 'withdraw', reason }), [wrote('WithdrawalProposed', { reason })]],
    [
      'a second withdraw',
      () => give({ do: 'withdraw', reason }, { proposal: { kind: 'withdraw', by: person('office.1', 'o'), reason } }, office),
      [wrote('ProblemWithdrawn', { reason, proposedBy: 'office.1' })],
    ],
    [
      'a first merge',
      () => give({ do: 'merge', into: 'q', reason }, {}, { other: { ...p, id: 'q' } }),
      [wrote('MergeProposed', { into: 'q', reason })],
    ],
    [
      'a second merge',
      () =>
        give(
          { do: 'merge', into: 'q', reason },
          { proposal: { kind: 'merge', into: 'q', by: person('office.1', 'o'), reason } },
          { ...office, other: { ...p, id: 'q' } },
        ),
      [wrote('ProblemMerged', { into: 'q', reason, proposedBy: 'office.1' })],
    ],
  ];
  test.each(cases)('%s as it was said', (_name, result, drafts) => expect(result()).toEqual(drafts));

  test('split: the whole names its parts, and each part who found the whole', () => {
    const parts = ['1', '2'].map((n) => ({ id: `part-${n}`, no: `FEW-${n}`, text: `第${n}处` }));
    const { firstFoundBy: _before, ...found } = p.found;
    const whole = { ...found, firstFoundBy: ['earlier'] };
    expect(give({ do: 'split', parts, reason }, { state: 'found', found: whole })).toEqual([
      wrote('ProblemSplit', { into: ['part-1', 'part-2'], reason }),
      ...parts.map((part) =>
        wrote('ProblemFound', { ...whole, no: part.no, text: part.text, splitFrom: 'p', firstFoundBy: ['earlier', p.foundBy.id] }, part.id),
      ),
    ]);
    expect(give({ do: 'split', parts, reason }, { state: 'found', found })).toMatchObject([
      {},
      { payload: { firstFoundBy: [p.foundBy.id] } },
      {},
    ]);
    expect(give({ do: 'split', parts: parts.slice(1), reason }, { state: 'found' })).toMatchObject({
      code: 'problem.split-needs-parts',
      details: { parts: 1 },
    });
  });

  test('rebound: the old one names the new one, which is a finding of its own', () => {
    const { splitFrom: _s, firstFoundBy: _f, ...found } = p.found;
    const old = { ...found, splitFrom: 'whole', firstFoundBy: ['x'] };
    const drafts = give({ do: 'rebound', reason, evidence }, { state: 'cleared', found: old });
    expect(drafts).toEqual([
      wrote('ProblemRebounded', { reason, newProblemId: 'new-1', newNo: 'FEW-9' }),
      wrote('ProblemFound', { ...found, no: 'FEW-9', text: reason, clue: 'rebound', evidence, reboundOf: 'p' }, 'new-1'),
    ]);
    const rebound = (list: typeof evidence, with_: Partial<DecideContext> = {}) =>
      give({ do: 'rebound', reason, evidence: list }, { state: 'settled' }, with_);
    expect(rebound([{ ...(evidence[0] as (typeof evidence)[0]), takenAt: 'soon' }])).toMatchObject({ code: 'problem.evidence-old' });
    expect(rebound(evidence, { kept: new Map() })).toMatchObject({ code: 'problem.evidence-not-kept' });
    expect(() => rebound([], { newIds: [] })).toThrow('needs an id');
    expect(() => {
      const { settings: s, ...rest } = {
        settings,
        organisations: [],
        actor: person('a', 'b'),
        happenedAt: now,
        at: now,
        kept: 'generated' as const,
      };
      decideProblem(
        { ...p, state: 'cleared' },
        { do: 'rebound', reason, evidence: [] },
        { ...rest, settings: s, newIds: ['n'], seenEvidence: new Set() },
      );
    }).toThrow('needs an id');
  });
});

describe('a refusal says', () => {
  const refused = (code: string, details: object) => ({ refused: true, code, details });
  const found = '2019-07-12T02:00:00.000Z';
  const penalty = {
    id: 'c',
    no: '罚1',
    unit: p.found.unit,
    place: p.found.place,
    cause: '',
    problemId: null,
    sourceId: null,
    decided: true,
    decidedAt: now,
    revoked: false,
    amountFen: 1,
    measure: null,
    version: 2,
  };
  const named = { do: 'accept', criteria: '五项', penaltyCase: '罚1', noPenaltyReason: null } as const;
  const kept = (sealed: boolean, deviceTakenAt: string | null) => ({ kept: new Map([['e'.repeat(64), { sealed, deviceTakenAt }]]) });
  const claim = (more: Partial<DecideContext> = {}, list = evidence) =>
    give({ do: 'claim', text: '完成', evidence: list }, { state: 'rectifying' }, more);
  const government = (place: number) => ({ organisations: [{ code: 'gov', place, kind: 'government' }] });
  const one = evidence[0] as (typeof evidence)[0];
  const cases: readonly (readonly [string, () => unknown, string, object])[] = [
    [
      'before the finding',
      () => give({ do: 'start' }, { state: 'planned' }, { happenedAt: instant(p.foundAt - 1) }),
      'problem.before-finding',
      { no, foundAt: found },
    ],
    ['blank', () => give({ do: 'return', reason: ' 　' }), 'problem.text-missing', { field: 'reason' }],
    [
      'plan without a day',
      () => give({ do: 'plan', ...plan, deadline: 'soon' }, { state: 'supervised' }),
      'problem.plan-incomplete',
      { field: 'deadline' },
    ],
    [
      'plan after the deadline',
      () => give({ do: 'plan', ...plan, deadline: '2019-08-21' }, { state: 'supervised' }),
      'problem.plan-after-deadline',
      { planned: '2019-08-21', deadline: '2019-08-20' },
    ],
    [
      'plan in the past',
      () => give({ do: 'plan', ...plan, deadline: '2019-07-31' }, { state: 'supervised' }),
      'problem.plan-past',
      { planned: '2019-07-31', today: '2019-08-01' },
    ],
    ['body unknown', () => give({ do: 'changeBody', body: 'nobody', reason: 'r' }), 'problem.body-unknown', { body: 'nobody' }],
    [
      'body rectifies',
      () => give({ do: 'changeBody', body: 'gov', reason: 'r' }, {}, government(p.found.place)),
      'problem.body-rectifies',
      { body: 'gov' },
    ],
    ['no evidence', () => claim({}, []), 'problem.evidence-missing', { no }],
    [
      'evidence without a time',
      () => claim({}, [{ ...one, takenAt: 'soon' }]),
      'problem.evidence-old',
      { name: '照片.jpg', foundAt: found },
    ],
    [
      'evidence seen',
      () => claim({ seenEvidence: new Set([one.sha256]) }),
      'problem.evidence-seen',
      { name: '照片.jpg', sha256: one.sha256 },
    ],
    ['evidence not kept', () => claim({ kept: new Map() }), 'problem.evidence-not-kept', { name: '照片.jpg', sha256: one.sha256 }],
    [
      'evidence older by its file',
      () => claim(kept(true, '2019-07-01T10:00:00+08:00')),
      'problem.evidence-old',
      { name: '照片.jpg', foundAt: found },
    ],
    [
      'evidence that contradicts',
      () => claim(kept(true, '2019-07-28T10:00:00+08:00')),
      'problem.evidence-contradicts',
      { name: '照片.jpg', said: one.takenAt, file: '2019-07-28T02:00:00.000Z' },
    ],
    [
      'rectifier checks',
      () =>
        give(
          { do: 'check', text: 't' },
          { state: 'claimed', owner: { government: 'gov', department: 'd', person: 'x' } },
          { actor: person('g', 'gov') },
        ),
      'problem.same-organisation',
      { no, org: 'gov' },
    ],
    [
      'a hand of it checks',
      () =>
        give({ do: 'check', text: 't' }, { state: 'claimed', owner: null, rectifiedBy: [person('h', 'o')] }, { actor: person('h', 'p') }),
      'problem.same-person',
      { no, person: 'h 某' },
    ],
    [
      'an organisation of it checks',
      () =>
        give({ do: 'check', text: 't' }, { state: 'claimed', owner: null, rectifiedBy: [person('h', 'o')] }, { actor: person('i', 'o') }),
      'problem.same-organisation',
      { no, org: 'o' },
    ],
    [
      'the finder accepts',
      () => give(named, { foundBy: person('acceptance.2', 'x') }),
      'problem.same-person',
      { no, person: 'acceptance.2 某' },
    ],
    [
      'a checker’s organisation accepts',
      () => give(named, { checkedBy: [person('k', 'sx-acceptance')] }),
      'problem.same-organisation',
      { no, org: 'sx-acceptance' },
    ],
    [
      'a government above accepts',
      () => give(named, { rectifiedBy: [], checkedBy: [] }, { ...government(140_000), actor: person('g', 'gov') }),
      'problem.same-organisation',
      { no, org: 'gov' },
    ],
    [
      'another body accepts',
      () => give(named, {}, { actor: person('o', 'other') }),
      'problem.other-body',
      { no, body: 'sx-acceptance', org: 'other' },
    ],
    ['no plan', () => give(named, { plan: null }), 'problem.plan-incomplete', { field: 'plan' }],
    ['neither penalty nor reason', () => give({ ...named, penaltyCase: null }), 'problem.penalty-missing', { no }],
    ['no case', () => give(named), 'problem.penalty-not-standing', { case: '罚1' }],
    [
      'case without a day',
      () => give(named, {}, { penaltyCase: { ...penalty, decidedAt: null } }),
      'problem.penalty-not-standing',
      { case: '罚1' },
    ],
    [
      'later case',
      () => give(named, {}, { penaltyCase: { ...penalty, decidedAt: instant(now + 1) } }),
      'problem.penalty-later',
      { case: '罚1', decidedAt: '2019-08-01T02:00:00.001Z' },
    ],
    [
      'case of others',
      () => give(named, {}, { penaltyCase: { ...penalty, unit: '别家' } }),
      'problem.penalty-other',
      { case: '罚1', unit: '别家', no },
    ],
    [
      'case of no source is not one of no source',
      () => give(named, { found: { ...p.found, sourceId: null } }, { penaltyCase: { ...penalty, unit: '别家', sourceId: null } }),
      'problem.penalty-other',
      { case: '罚1', unit: '别家', no },
    ],
    [
      'picture reused at acceptance',
      () => give({ ...named, penaltyCase: null, noPenaltyReason: 'r' }, {}, { alike: [{ sha256: 'a', no: 'FEW-2' }] }),
      'problem.evidence-alike',
      { no, others: ['FEW-2'] },
    ],
    [
      'watch to the past',
      () => give({ do: 'watch', until: '2019-07-31' }, { state: 'cleared' }),
      'problem.watch-until',
      { until: '2019-07-31', today: '2019-08-01' },
    ],
    [
      'watch runs',
      () => give({ do: 'settle' }, { state: 'watched', watchedUntil: '2019-08-01' }),
      'problem.watch-running',
      { until: '2019-08-01' },
    ],
    [
      'rule unknown',
      () => give({ do: 'extend', rule: 'x', days: 1, reason: 'r' }, { state: 'planned' }),
      'problem.rule-unknown',
      { rule: 'x' },
    ],
    [
      'no deadline',
      () => give({ do: 'extend', rule: rule.code, days: 1, reason: 'r' }, { state: 'planned', deadline: null }),
      'problem.wrong-state',
      { state: 'planned', verb: 'extend', no },
    ],
    [
      'rule too long',
      () => give({ do: 'extend', rule: rule.code, days: 999, reason: 'r' }, { state: 'planned' }),
      'problem.rule-too-long',
      { rule: rule.code, days: 999, maxDays: rule.maxDays },
    ],
    [
      'rule used up',
      () =>
        give(
          { do: 'extend', rule: rule.code, days: 1, reason: 'r' },
          { state: 'planned', extensions: Array.from({ length: rule.times }, () => ({ rule: rule.code, days: 1 })) },
        ),
      'problem.rule-used-up',
      { rule: rule.code, no },
    ],
    [
      'one person withdraws',
      () => give({ do: 'withdraw', reason: 'r' }, { proposal: { kind: 'withdraw', by: person('acceptance.2', 'o'), reason: 'r' } }),
      'problem.two-persons',
      { no, person: 'acceptance.2 某' },
    ],
    ['merge into nothing', () => give({ do: 'merge', into: 'q', reason: 'r' }), 'problem.merge-target', { into: 'q' }],
    [
      'one person merges',
      () =>
        give(
          { do: 'merge', into: 'q', reason: 'r' },
          { proposal: { kind: 'merge', into: 'q', by: person('acceptance.2', 'o'), reason: 'r' } },
          { other: { ...p, id: 'q' } },
        ),
      'problem.two-persons',
      { no, person: 'acceptance.2 某' },
    ],
  ];
  test.each(cases)('%s', (_name, result, code, details) => expect(result()).toEqual(refused(code, details)));

  test('a case of the same source stands, whatever unit it names', () => {
    const source = { ...p.found, sourceId: 's' };
    expect(
      give(named, { found: source }, { penaltyCase: { ...penalty, unit: '别家', sourceId: 's', problemId: 'another' } }),
    ).toMatchObject([{ kind: 'ProblemAccepted' }]);
  });
});

test('the rectifying side is the owner, the addressee, each hand, and each government above or below', () => {
  const of = {
    owner: { government: 'owner', department: 'd', person: 'x' },
    supervised: { letterId: 'l', batch: 1, government: 'addressee', recordedAt: now },
    rectifiedBy: [person('h', 'hand'), person('i', 'hand2')],
    found: { ...p.found, place: 140_105 },
  };
  const organisations = [
    { code: 'city', place: 140_100, kind: 'government' },
    { code: 'county', place: 140_105, kind: 'government' },
    { code: 'neighbour', place: 140_200, kind: 'government' },
    { code: 'bureau', place: 140_100, kind: 'acceptance' },
  ];
  const sides = ['owner', 'addressee', 'hand', 'hand2', 'city', 'county', 'neighbour', 'bureau', 'x'].filter((org) =>
    isRectifying(of, org, { organisations }),
  );
  expect(sides).toEqual(['owner', 'addressee', 'hand', 'hand2', 'city', 'county']);
  expect(isRectifying({ ...of, found: { ...of.found, place: 140_100 } }, 'county', { organisations })).toBe(true);
});

describe('acts of a problem', () => {
  let seq = 0;
  const hour = 3_600_000;
  const act = <K extends ActKind>(kind: K, payload: Payloads[K], happened = seq + 1, recorded = happened) =>
    ({
      ...{ id: `a${seq}`, campaign: 'c', stream: 'problem', streamId: 'p', seq: ++seq, kind, schema: 1, payload },
      actor: person('x', 'o'),
      happenedAt: instant(now + happened * hour),
      recordedAt: instant(now + recorded * hour),
    }) as unknown as Act;
  const found = { ...p.found, evidence };

  test('begin with a finding and nothing else', () => {
    seq = 0;
    const first = act('ProblemFound', found);
    expect(foldProblem([first])).toEqual({
      ...{
        id: 'p',
        version: 1,
        state: 'found',
        found,
        foundBy: person('x', 'o'),
        foundAt: instant(now + hour),
        supervised: null,
        deadline: null,
      },
      ...{
        extensions: [],
        plan: null,
        owner: null,
        claimStanding: false,
        claimedRecordedAt: null,
        claimedBy: [],
        rectifiedBy: [],
        checkedBy: [],
      },
      ...{ claimEvidence: [], acceptedBy: null, acceptedAt: null, acceptedRecordedAt: null, noticeDays: 0, clearedRecordedAt: null },
      ...{ clearedHappenedAt: null, watchedUntil: null, rebound: null, proposal: null, lastHappenedAt: instant(now + hour) },
    });
    expect(applyProblemAct(undefined, act('ProblemConfirmed', {}))).toBeUndefined();
    const p1 = foldProblem([first]) as Problem;
    expect(applyProblemAct(p1, act('BatchIssued', { no: 1, name: 'n', deadline: '2019-01-01' }))).toBe(p1);
    expect(applyProblemAct(p1, act('AcceptanceBodyChanged', { body: 'b', reason: 'r' }))).toBe(p1);
  });

  test('leave what each of them says', () => {
    seq = 0;
    const acts = [
      act('ProblemFound', found, 5),
      act('ProblemConfirmed', {}, 4, 6),
      act('ProblemSupervised', { letterId: 'l', batch: 2, deadline: '2019-08-09', government: 'g' }, 7),
    ];
    expect(foldProblem(acts)).toMatchObject({
      state: 'supervised',
      supervised: { letterId: 'l', batch: 2, government: 'g', recordedAt: now + 7 * hour },
      deadline: '2019-08-09',
      version: 3,
    });
    expect(foldProblem(acts.slice(0, 2))?.lastHappenedAt).toBe(now + 5 * hour);
    expect(foldProblem(acts)?.lastHappenedAt).toBe(now + 7 * hour);
    const more = [
      ...acts,
      act('ProblemPlanned', plan),
      act('AcceptanceBodyChanged', { body: 'b2', reason: 'r' }),
      act('ProblemAssigned', { government: 'g', department: 'd', person: 'x' }),
      act('DeadlineExtended', { rule: 'r', days: 3, deadline: '2019-08-12', reason: 'r' }),
    ];
    expect(foldProblem(more)).toMatchObject({
      state: 'planned',
      plan: { ...plan, acceptanceBody: 'b2' },
      owner: { government: 'g' },
      deadline: '2019-08-12',
      extensions: [{ rule: 'r', days: 3 }],
      rectifiedBy: [person('x', 'o')],
    });
    const claimed = [
      ...more,
      act('RectificationStarted', {}),
      act('RectificationStaged', { progress: 'p' }),
      act('RectificationClaimed', { text: 't', evidence }, 20, 30),
      act('ProblemChecked', { text: 't' }, 31),
    ];
    expect(foldProblem(claimed)).toMatchObject({
      state: 'checked',
      claimStanding: true,
      claimedRecordedAt: now + 30 * hour,
      claimEvidence: evidence,
      claimedBy: [person('x', 'o')],
      checkedBy: [person('x', 'o')],
    });
    expect(foldProblem(claimed)?.rectifiedBy).toHaveLength(4);
    const cleared = [
      ...claimed,
      act('ProblemAccepted', { body: 'b', criteria: 'c', penaltyCase: null, noPenaltyReason: 'n', noticeDays: 4 }, 32, 33),
      act('ProblemCleared', { decisionNo: 'd' }, 34, 35),
      act('ProblemWatched', { until: '2019-09-01' }, 36),
    ];
    expect(foldProblem(cleared)).toMatchObject({
      state: 'watched',
      acceptedAt: now + 32 * hour,
      acceptedRecordedAt: now + 33 * hour,
      noticeDays: 4,
      clearedHappenedAt: now + 34 * hour,
      clearedRecordedAt: now + 35 * hour,
      watchedUntil: '2019-09-01',
    });
    expect(
      foldProblem([...cleared, act('ProblemSettled', {}, 40), act('ProblemRebounded', { reason: 'r', newProblemId: 'n', newNo: '9' }, 41)]),
    ).toMatchObject({ state: 'rebounded', rebound: { newProblemId: 'n', newNo: '9', recordedAt: now + 41 * hour } });
    const proposed = [...acts, act('MergeProposed', { into: 'q', reason: 'r' }, 50)];
    expect(foldProblem(proposed)?.proposal).toEqual({ kind: 'merge', by: person('x', 'o'), reason: 'r', into: 'q' });
    expect(foldProblem([...proposed, act('WithdrawalProposed', { reason: 's' }, 51)])?.proposal).toEqual({
      kind: 'withdraw',
      by: person('x', 'o'),
      reason: 's',
    });
    expect(foldProblem([...proposed, act('ProblemMerged', { into: 'q', reason: 'r', proposedBy: 'x' }, 52)])).toMatchObject({
      state: 'merged',
      proposal: null,
    });
    expect(foldProblem([...proposed, act('ProblemWithdrawn', { reason: 'r', proposedBy: 'x' }, 52)])).toMatchObject({
      state: 'withdrawn',
      proposal: null,
    });
    seq = 1;
    expect(foldProblem([acts[0] as Act, act('ProblemNotFounded', { reason: 'r' }, 9)])?.state).toBe('notFounded');
    seq = 1;
    expect(foldProblem([acts[0] as Act, act('ProblemSplit', { into: ['a'], reason: 'r' }, 9)])?.state).toBe('split');
  });

  test('show the ledger a line after each, and the evidence they bring', () => {
    seq = 0;
    const acts = [
      act('ProblemFound', found),
      act('ProblemConfirmed', {}),
      act('ProblemSupervised', { letterId: 'l', batch: 2, deadline: '2019-08-09' }),
      act('ProblemAssigned', { government: 'g', department: 'd', person: 'x' }),
      act('RectificationClaimed', { text: 't', evidence }),
    ];
    const ctx = factContext(settings);
    const lines = problemFeature.lines?.(acts, ctx) ?? [];
    const passed = parseInstant('2019-08-10T00:00:00+08:00');
    expect(
      lines.map((l) => [l.at, l.item.batch, l.item.deadlineAt, l.item.ownerOrg, l.item.version, settings.states[l.item.state - 1]]),
    ).toEqual([
      [now + hour, 0, null, null, 1, 'found'],
      [now + 2 * hour, 0, null, null, 2, 'confirmed'],
      [now + 3 * hour, 2, passed, null, 3, 'supervised'],
      [now + 4 * hour, 2, passed, 'g', 4, 'supervised'],
      [now + 5 * hour, 2, passed, 'g', 5, 'claimed'],
    ]);
    expect(lines[4]?.item).toMatchObject({
      id: 'p',
      kind: 'problem',
      no,
      unit: found.unit,
      place: found.place,
      text: found.text,
      clue: found.clue,
      foundAt: now + hour,
      firstRecordedAt: now + hour,
      updatedAt: now + 5 * hour,
      amounts: null,
    });
    expect(problemFeature.lines?.([], ctx)).toEqual([]);
    expect(problemFeature.evidence?.(acts)).toEqual([
      { sha256: evidence[0]?.sha256, mustBeNew: false },
      { sha256: evidence[0]?.sha256, mustBeNew: true },
    ]);
    seq = 0;
    expect(problemFeature.evidence?.([act('ProblemFound', { ...found, splitFrom: 'whole' })])).toEqual([]);
  });

  test('a problem that was taken out is due no more', () => {
    const facts = (state: Problem['state']) =>
      problemFacts(
        { ...p, state, clearedRecordedAt: null, clearedHappenedAt: null, rebound: null, claimStanding: false },
        now,
        factContext(settings),
      ).map((f) => f.fact);
    expect(facts('withdrawn')).toEqual(['problem.found', 'problem.supervised', 'problem.withdrawn']);
    expect(facts('merged')).toEqual(['problem.found', 'problem.supervised', 'problem.withdrawn']);
    expect(facts('planned')).toEqual(['problem.found', 'problem.supervised', 'problem.open', 'problem.due', 'problem.overdue']);
  });
});
