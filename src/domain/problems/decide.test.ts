import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { histories, lifeOf, Office, play, takenOff, type Try } from '../../../test/generators/problem-histories.ts';
import { fewSettings } from '../../../test/generators/settings.ts';
import type { Act, ActKind, ActorRef } from '../acts/act.ts';
import { addDays, dateOf, endOfDate, formatInstant, instant, parseInstant } from '../kernel/instant.ts';
import { isRefusal } from '../kernel/refusal.ts';
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
    ctx: { settings, actor: person('acceptance.2', 'sx-acceptance'), happenedAt: at, at, newIds: [], seenEvidence: office.seenEvidence },
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
    expect(code(decideProblem(p, withCase, { ...ctx, penaltyCaseStands: false }))).toBe('problem.penalty-not-standing');
    expect(code(decideProblem(p, withCase, { ...ctx, penaltyCaseStands: true }))).toBe('taken');
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
    const ctx = { settings, actor: person('county.1', 'gov-140105'), happenedAt: at, at, newIds: [], seenEvidence: office.seenEvidence };
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
      { settings, actor: person('office.1', 'sx-office'), happenedAt: at, at, newIds: [], seenEvidence: new Set() },
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
      code(decideProblem(part, accept, { settings, actor, happenedAt: at, at, newIds: [], seenEvidence: new Set() }));
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
