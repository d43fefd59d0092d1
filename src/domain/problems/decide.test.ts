import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { histories, lifeOf, Office, play, takenOff, type Try } from '../../../test/generators/problem-histories.ts';
import { fewSettings } from '../../../test/generators/settings.ts';
import type { Act, ActKind, ActorRef } from '../acts/act.ts';
import { addDays, dateOf, endOfDate, formatInstant, instant, parseInstant } from '../kernel/instant.ts';
import { isRefusal } from '../kernel/refusal.ts';
import type { PenaltyCase } from '../penalties/case.ts';
import { decideProblem, type DecideContext } from './decide.ts';
import { foldProblem, type Problem, type ProblemState } from './state.ts';

/** The chart once more, as the product describes it: which act may follow in which state. */
const chart: Partial<Record<ActKind, readonly ProblemState[]>> = {
  ProblemConfirmed: ['found'],
  ProblemNotFounded: ['found', 'confirmed'],
  ProblemSplit: ['found', 'confirmed'],
  ProblemSupervised: ['confirmed'],
  ProblemPlanned: ['supervised', 'planned'],
  RectificationStarted: ['planned', 'returned'],
  RectificationStaged: ['rectifying', 'staged'],
  RectificationClaimed: ['rectifying', 'staged'],
  ProblemChecked: ['claimed'],
  ProblemReturned: ['claimed', 'checked', 'accepted'],
  ProblemAccepted: ['checked'],
  ProblemCleared: ['accepted'],
  ProblemWatched: ['cleared'],
  ProblemSettled: ['watched'],
  ProblemRebounded: ['cleared', 'watched', 'settled'],
};
const settings = fewSettings();

/** Every act of an office with the state of its problem before it. */
function* walk(office: Office): Generator<{ act: Act; before: Problem | undefined; earlier: readonly Act[] }> {
  const so = new Map<string, Act[]>();
  for (const act of office.acts) {
    if (act.stream !== 'problem') continue;
    const earlier = so.get(act.streamId) ?? [];
    yield { act, before: foldProblem(earlier), earlier };
    so.set(act.streamId, [...earlier, act]);
  }
}

/** Whoever found it, in this problem or in the one it was split from. */
function finders(office: Office, earlier: readonly Act[]): string[] {
  const found = earlier[0] as Act;
  if (found.kind !== 'ProblemFound') return [];
  const whole = found.payload.splitFrom === undefined ? [] : (office.streams.get(found.payload.splitFrom) ?? []);
  return [found.actor.id, ...(whole.length > 0 ? finders(office, whole) : [])];
}

const holds = (check: (office: Office) => void, runs = 150) =>
  fc.assert(
    fc.property(histories, (list) => check(play(list).office)),
    { numRuns: runs },
  );

describe('whatever people try, in any order', () => {
  test('no problem leaves the state chart', () => {
    holds((office) => {
      for (const { act, before } of walk(office)) {
        const from = chart[act.kind];
        if (from !== undefined) expect(from).toContain(before?.state);
      }
    });
  });

  test('nothing is cleared without the five plan fields and a penalty or a reason', () => {
    holds((office) => {
      for (const { act, earlier } of walk(office)) {
        if (act.kind !== 'ProblemCleared') continue;
        const plan = earlier.filter((a) => a.kind === 'ProblemPlanned').at(-1)?.payload;
        expect(plan).toBeDefined();
        for (const field of ['implementer', 'goal', 'deadline', 'measures', 'acceptanceBody'] as const) {
          expect((plan?.[field] ?? '').trim()).not.toBe('');
        }
        const accepted = earlier.filter((a) => a.kind === 'ProblemAccepted').at(-1)?.payload;
        expect((accepted?.penaltyCase ?? accepted?.noPenaltyReason ?? '').trim()).not.toBe('');
      }
    });
  });

  test('nothing is cleared without evidence newer than the finding and never handed in before', () => {
    holds((office) => {
      const seen = new Set<string>();
      for (const { act, earlier } of walk(office)) {
        if (act.kind === 'RectificationClaimed') {
          for (const e of act.payload.evidence) {
            expect(parseInstant(e.takenAt)).toBeGreaterThan((earlier[0] as Act).happenedAt);
            expect(seen).not.toContain(e.sha256);
            seen.add(e.sha256);
          }
        } else if (act.kind === 'ProblemFound') for (const e of act.payload.evidence) seen.add(e.sha256);
        else if (act.kind === 'ProblemCleared') {
          const last = earlier.findLastIndex((a) => a.kind === 'ProblemReturned');
          const claim = earlier.slice(last + 1).find((a) => a.kind === 'RectificationClaimed');
          expect(claim?.payload.evidence.length).toBeGreaterThan(0);
        }
      }
    });
  });

  test('nobody accepts or clears what they found, rectified, claimed or checked, nor does anyone of the rectifying government', () => {
    holds((office) => {
      const rectifying: readonly ActKind[] = ['ProblemPlanned', 'RectificationStarted', 'RectificationStaged', 'RectificationClaimed'];
      for (const { act, before, earlier } of walk(office)) {
        if (act.kind !== 'ProblemCleared' && act.kind !== 'ProblemAccepted') continue;
        const hands = earlier.filter((a) => rectifying.includes(a.kind)).map((a) => a.actor);
        const checkers = earlier.filter((a) => a.kind === 'ProblemChecked').map((a) => a.actor.id);
        expect([...finders(office, earlier), ...hands.map((a) => a.id), ...checkers]).not.toContain(act.actor.id);
        expect([before?.owner?.government, ...hands.map((a) => a.org)]).not.toContain(act.actor.org);
      }
    });
  });

  test('a deadline moves only by an extension that names its rule, and as far as the rule goes', () => {
    holds((office) => {
      for (const { act, before, earlier } of walk(office)) {
        const after = foldProblem([...earlier, act]);
        if ((before?.deadline ?? null) === after?.deadline || act.kind === 'ProblemSupervised') continue;
        if (act.kind !== 'DeadlineExtended') throw new Error(`${act.kind} moved a deadline`);
        const rule = settings.extensionRules.find((r) => r.code === act.payload.rule);
        expect(act.payload.days).toBeLessThanOrEqual(rule?.maxDays ?? 0);
        expect(after?.deadline).toBe(addDays(before?.deadline as string, act.payload.days));
        const used = earlier.filter((a) => a.kind === 'DeadlineExtended' && a.payload.rule === act.payload.rule).length;
        expect(used).toBeLessThan(rule?.times ?? 0);
      }
    });
  });

  test('the count of supervised problems never falls, and each problem is supervised once', () => {
    holds((office) => {
      const supervised = new Set<string>();
      for (const { act, earlier } of walk(office)) {
        if (act.kind === 'ProblemSupervised') {
          expect(supervised).not.toContain(act.streamId);
          supervised.add(act.streamId);
        }
        if (supervised.has(act.streamId)) expect(foldProblem([...earlier, act])?.supervised).not.toBeNull();
      }
    });
  });

  test('a letter says how many problems it holds', () => {
    holds((office) => {
      for (const letter of office.acts) {
        if (letter.kind !== 'LetterIssued') continue;
        const inside = office.acts.filter((a) => a.kind === 'ProblemSupervised' && a.payload.letterId === letter.streamId);
        expect(new Set(inside.map((a) => a.streamId)).size).toBe(letter.payload.problems);
      }
    });
  });

  test('withdrawing and merging take two people', () => {
    holds((office) => {
      for (const { act, earlier } of walk(office)) {
        if (act.kind !== 'ProblemWithdrawn' && act.kind !== 'ProblemMerged') continue;
        const wanted = act.kind === 'ProblemWithdrawn' ? 'WithdrawalProposed' : 'MergeProposed';
        const proposal = earlier.filter((a) => a.kind === 'WithdrawalProposed' || a.kind === 'MergeProposed').at(-1);
        expect(proposal?.kind).toBe(wanted);
        expect(proposal?.actor.id).not.toBe(act.actor.id);
        expect(act.payload.proposedBy).toBe(proposal?.actor.id);
        if (act.kind === 'ProblemMerged' && proposal?.kind === 'MergeProposed') expect(act.payload.into).toBe(proposal.payload.into);
      }
    });
  });

  test('nothing is cleared while its public notice runs', () => {
    holds((office) => {
      for (const { act, earlier } of walk(office)) {
        if (act.kind !== 'ProblemCleared') continue;
        const accepted = earlier.filter((a) => a.kind === 'ProblemAccepted').at(-1) as Extract<Act, { kind: 'ProblemAccepted' }>;
        const days = accepted.payload.noticeDays;
        if (days === 0) continue;
        const over = endOfDate(addDays(dateOf(accepted.happenedAt, 480), days), 480);
        expect(act.happenedAt).toBeGreaterThanOrEqual(over);
      }
    });
  });

  test('the same office, tried the same way, decides the same', () => {
    fc.assert(
      fc.property(histories, (list) => {
        expect(play(list).office.acts).toEqual(play(list).office.acts);
      }),
      { numRuns: 30 },
    );
  });

  test('the tries reach clearing, return, rebound, withdrawal, merge and split', () => {
    const reached = new Set<string>();
    for (const list of fc.sample(histories, { numRuns: 300, seed: 7 })) for (const act of play(list).office.acts) reached.add(act.kind);
    for (const kind of [
      'ProblemCleared',
      'ProblemReturned',
      'ProblemRebounded',
      'ProblemWithdrawn',
      'ProblemMerged',
      'ProblemSplit',
      'DeadlineExtended',
      'ProblemWatched',
    ]) {
      expect(reached).toContain(kind);
    }
  });
});

const person = (id: string, org: string): ActorRef => ({ id, org, name: id });

/** A problem on the way, and a context that would let everything pass. */
function checked(extra: Partial<Try>[] = []): { p: Problem; ctx: DecideContext } {
  const { office } = play([...lifeOf(1, 0).slice(0, 8), ...(extra as Try[])]);
  const p = office.problems()[0] as Problem;
  const at = (office.acts.at(-1) as Act).recordedAt;
  return {
    p,
    ctx: {
      settings,
      actor: person('acceptance.2', 'sx-acceptance'),
      happenedAt: at,
      at,
      newIds: [],
      seenEvidence: office.seenEvidence,
      organisations: [],
      kept: 'generated' as const,
    },
  };
}

const code = (result: unknown) => (isRefusal(result) ? result.code : 'taken');
const accept = { do: 'accept', criteria: '五项', penaltyCase: null, noPenaltyReason: '情节轻微' } as const;

describe('an acceptance', () => {
  test('is taken from someone who had no part in it', () => {
    const { p, ctx } = checked();
    expect(p.state).toBe('checked');
    expect(code(decideProblem(p, accept, ctx))).toBe('taken');
  });

  test('is refused to whoever started the rectification, though another claimed it', () => {
    const { p, ctx } = checked();
    const started = { ...ctx, actor: person('county.1', 'sx-acceptance') };
    expect(code(decideProblem({ ...p, owner: null, claimedBy: [person('county.2', 'gov-140105')] }, accept, started))).toBe(
      'problem.same-person',
    );
  });

  test('is refused with neither a penalty nor a reason', () => {
    const { p, ctx } = checked();
    expect(code(decideProblem(p, { ...accept, noPenaltyReason: null }, ctx))).toBe('problem.penalty-missing');
  });

  test('is refused with a penalty case that nobody has looked up', () => {
    const { p, ctx } = checked();
    const withCase = { ...accept, penaltyCase: '演环立〔2019〕1号', noPenaltyReason: null };
    expect(code(decideProblem(p, withCase, ctx))).toBe('problem.penalty-not-standing');
    const stands = {
      id: 'c',
      no: '演环立〔2019〕1号',
      unit: p.found.unit,
      place: p.found.place,
      cause: '',
      problemId: null,
      sourceId: null,
      decided: true,
      decidedAt: ctx.happenedAt,
      revoked: false,
      amountFen: 1,
      measure: null,
      version: 2,
    };
    const given = (change: Partial<PenaltyCase>) => code(decideProblem(p, withCase, { ...ctx, penaltyCase: { ...stands, ...change } }));
    expect(given({})).toBe('taken');
    expect(given({ revoked: true })).toBe('problem.penalty-not-standing');
    expect(given({ decided: false })).toBe('problem.penalty-not-standing');
    expect(given({ decidedAt: instant(ctx.happenedAt + 1) })).toBe('problem.penalty-later');
    expect(given({ unit: '别的公司' })).toBe('problem.penalty-other');
    expect(given({ problemId: 'another' })).toBe('problem.penalty-other');
    expect(given({ unit: '别的公司', problemId: p.id })).toBe('taken');
  });
});

describe('the acceptance body', () => {
  const governments = [
    { code: 'gov-140100', place: 140_100, kind: 'government' },
    { code: 'gov-140105', place: 140_105, kind: 'government' },
    { code: 'gov-140200', place: 140_200, kind: 'government' },
    { code: 'bureau', place: 140_000, kind: 'acceptance' },
  ];

  test('is the one that the plan names', () => {
    const { p, ctx } = checked();
    expect(code(decideProblem(p, accept, { ...ctx, actor: person('other.1', 'bureau') }))).toBe('problem.other-body');
  });

  test('is nobody of the rectifying government, neither the addressee of the letter nor one above or below', () => {
    const { p, ctx } = checked();
    const at = {
      ...p,
      found: { ...p.found, place: 140_105 },
      owner: null,
      supervised: p.supervised && { ...p.supervised, government: 'gov-x' },
    };
    const by = (org: string) => code(decideProblem(at, accept, { ...ctx, organisations: governments, actor: person('someone', org) }));
    expect(['gov-140100', 'gov-140105', 'gov-x'].map(by)).toEqual(Array(3).fill('problem.same-organisation'));
    expect(by('gov-140200')).toBe('problem.other-body');
  });

  test('may be replaced by an act, by a body that is known and does not rectify', () => {
    const { p, ctx } = checked();
    const at = { ...p, found: { ...p.found, place: 140_105 } };
    const change = (body: string) =>
      decideProblem(
        at,
        { do: 'changeBody', body, reason: '回避' },
        { ...ctx, actor: person('office.1', 'sx-office'), organisations: governments },
      );
    expect(code(change('nobody'))).toBe('problem.body-unknown');
    expect(code(change('gov-140100'))).toBe('problem.body-rectifies');
    const changed = change('bureau');
    expect(code(changed)).toBe('taken');
    const now = { ...at, plan: at.plan && { ...at.plan, acceptanceBody: 'bureau' } };
    expect(code(decideProblem(now, accept, { ...ctx, organisations: governments, actor: person('b.1', 'bureau') }))).toBe('taken');
    expect(code(decideProblem(now, accept, { ...ctx, organisations: governments }))).toBe('problem.other-body');
  });
});

describe('a plan', () => {
  const planning = () => {
    const { office } = play(lifeOf(1, 0).slice(0, 4));
    const p = office.problems()[0] as Problem;
    const at = (office.acts.at(-1) as Act).recordedAt;
    const ctx: DecideContext = {
      settings,
      organisations: [],
      kept: 'generated',
      actor: person('county.1', 'gov-140105'),
      happenedAt: at,
      at,
      newIds: [],
      seenEvidence: office.seenEvidence,
    };
    const plan = (change: object) =>
      code(
        decideProblem(
          p,
          {
            do: 'plan',
            implementer: '甲',
            goal: '达标',
            deadline: p.deadline ?? '',
            measures: '整改',
            acceptanceBody: 'sx-acceptance',
            ...change,
          },
          ctx,
        ),
      );
    return { p, plan };
  };

  test('says something in each field, ends neither in the past nor after the deadline, and names a body that is known', () => {
    const { p, plan } = planning();
    expect(p.state).toBe('supervised');
    expect(plan({})).toBe('taken');
    expect(plan({ goal: '\u3000\u200b' })).toBe('problem.text-missing');
    expect(plan({ deadline: '2019-01-01' })).toBe('problem.plan-past');
    expect(plan({ deadline: '2099-01-01' })).toBe('problem.plan-after-deadline');
    expect(plan({ deadline: '2019-02-30' })).toBe('problem.plan-incomplete');
    expect(plan({ acceptanceBody: 'nobody' })).toBe('problem.body-unknown');
  });
});

describe('a claim', () => {
  const claiming = () => {
    const { office } = play(lifeOf(1, 0).slice(0, 6));
    const p = office.problems()[0] as Problem;
    const at = instant(p.lastHappenedAt + 86_400_000);
    const photo = (sha: string, takenAt: number) => ({
      sha256: sha.repeat(64),
      kind: 'photo' as const,
      name: `${sha}.jpg`,
      takenAt: formatInstant(instant(takenAt)),
    });
    const ctx = {
      settings,
      actor: person('county.1', 'gov-140105'),
      happenedAt: at,
      at,
      newIds: [],
      seenEvidence: office.seenEvidence,
      organisations: [],
      kept: 'generated' as const,
    };
    return { p, photo, ctx };
  };

  test('needs evidence made after the finding', () => {
    const { p, photo, ctx } = claiming();
    const claim = (...evidence: ReturnType<typeof photo>[]) => code(decideProblem(p, { do: 'claim', text: '完成', evidence }, ctx));
    expect(claim(photo('a', p.foundAt + 1))).toBe('taken');
    expect(claim()).toBe('problem.evidence-missing');
    expect(claim(photo('a', p.foundAt))).toBe('problem.evidence-old');
    expect(claim(photo('a', ctx.at + 1))).toBe('problem.evidence-old');
  });

  test('counts only with evidence that is sealed for this problem, and whose own time does not contradict', () => {
    const { p, photo, ctx } = claiming();
    const one = photo('c', ctx.at - 1000);
    const claim = (kept: DecideContext['kept']) => code(decideProblem(p, { do: 'claim', text: '完成', evidence: [one] }, { ...ctx, kept }));
    const object = (deviceTakenAt: number | null, sealed = true) =>
      new Map([[one.sha256, { sealed, deviceTakenAt: deviceTakenAt === null ? null : formatInstant(instant(deviceTakenAt)) }]]);
    const day = 86_400_000;
    expect(claim(new Map())).toBe('problem.evidence-not-kept');
    expect(claim(object(null, false))).toBe('problem.evidence-not-kept');
    expect(claim(object(null))).toBe('taken');
    expect(claim(object(ctx.at - 1000))).toBe('taken');
    expect(claim(object(p.foundAt - 2 * day))).toBe('problem.evidence-old');
    expect(claim(object(ctx.at + 3 * day))).toBe('problem.evidence-contradicts');
  });

  test('cannot hand in one photograph under two names', () => {
    const { p, photo, ctx } = claiming();
    const evidence = [photo('b', p.foundAt + 1), { ...photo('b', p.foundAt + 2), name: '另一张.jpg' }];
    expect(code(decideProblem(p, { do: 'claim', text: '完成', evidence }, ctx))).toBe('problem.evidence-seen');
  });
});

describe('a part of a split problem', () => {
  test('is not accepted by whoever found the whole', () => {
    const { office } = play(lifeOf(1, 0).slice(0, 1));
    const whole = office.problems()[0] as Problem;
    const at = instant(whole.foundAt + 60_000);
    const parts = ['1', '2'].map((n) => ({ id: `part-${n}`, no: `FEW-${n}`, text: '其中一部分' }));
    const split = decideProblem(
      whole,
      { do: 'split', parts, reason: '两个排口' },
      {
        settings,
        actor: person('office.1', 'sx-office'),
        happenedAt: at,
        at,
        newIds: [],
        seenEvidence: new Set(),
        organisations: [],
        kept: 'generated',
      },
    );
    if (isRefusal(split)) throw new Error(split.code);
    const d = split.find((x) => x.streamId === 'part-1');
    const act = {
      ...d,
      id: 'x',
      campaign: 'few-places',
      seq: 1,
      schema: 1,
      actor: person('office.1', 'sx-office'),
      happenedAt: at,
      recordedAt: at,
    } as Act;
    const part = { ...(foldProblem([act]) as Problem), state: 'checked' as const, plan: checked().p.plan };
    const by = (actor: ActorRef) =>
      code(
        decideProblem(part, accept, {
          settings,
          actor,
          happenedAt: at,
          at,
          newIds: [],
          seenEvidence: new Set(),
          organisations: [],
          kept: 'generated',
        }),
      );
    expect(by(person(whole.foundBy.id, 'sx-acceptance'))).toBe('problem.same-person');
    expect(by(person('acceptance.2', 'sx-acceptance'))).toBe('taken');
  });
});

describe('a withdrawal', () => {
  test('stays a proposal until someone else confirms it', () => {
    const { office } = play(takenOff('withdraw', 3).slice(0, 4));
    expect(office.problems()[0]?.state).toBe('supervised');
    expect(play(takenOff('withdraw', 3)).office.problems()[0]?.state).toBe('withdrawn');
  });
});
