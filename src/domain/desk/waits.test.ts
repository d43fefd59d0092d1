import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cast, histories, play } from '../../../test/generators/problem-histories.ts';
import type { ActorRef } from '../acts/act.ts';
import { addDays, dateOf, endOfDate, instant, type Instant } from '../kernel/instant.ts';
import { isRefusal } from '../kernel/refusal.ts';
import type { ProblemCommand } from '../problems/commands.ts';
import { decideProblem, mayDo } from '../problems/decide.ts';
import { problemStates, type Problem } from '../problems/state.ts';
import { ruleOf, type DeskTask } from './tasks.ts';
import { waitsFor } from './waits.ts';

const offset = 480;
const noon = Date.parse('2019-08-05T12:00:00+08:00') as Instant;
const [office, second, , , county, county2, , acceptance, acceptance2] = cast as readonly [
  ActorRef,
  ActorRef,
  ActorRef,
  ActorRef,
  ActorRef,
  ActorRef,
  ActorRef,
  ActorRef,
  ActorRef,
];

/** What the decision itself would do, with everything in order that no list can know. */
function taken(task: DeskTask, p: Problem, all: readonly Problem[], actor: ActorRef, at: Instant): boolean {
  const commands: Partial<Record<DeskTask, ProblemCommand>> = {
    confirm: { do: 'confirm' },
    start: { do: 'start' },
    redo: { do: 'start' },
    check: { do: 'check', text: '属实' },
    accept: { do: 'accept', criteria: '五项', penaltyCase: null, noPenaltyReason: '及时改正' },
    clear: { do: 'clear', decisionNo: '清1号' },
    settle: { do: 'settle' },
    withdraw: { do: 'withdraw', reason: '重复' },
    merge: { do: 'merge', into: p.proposal?.into ?? '', reason: '重复' },
  };
  const command = commands[task];
  if (command === undefined) throw new Error(`no command for ${task}`);
  const decided = decideProblem(p, command, {
    settings: play([]).office.settings,
    organisations: [],
    actor,
    happenedAt: at,
    at,
    newIds: [],
    seenEvidence: new Set(),
    kept: 'generated',
    other: all.find((x) => x.id === p.proposal?.into),
  });
  if (isRefusal(decided)) return false;
  const done = { withdraw: 'ProblemWithdrawn', merge: 'ProblemMerged' } as Partial<Record<DeskTask, string>>;
  return done[task] === undefined || decided.some((d) => d.kind === done[task]);
}

describe('whatever was done before', () => {
  test.each(['confirm', 'check', 'accept', 'clear', 'settle', 'withdraw', 'merge'] as const)(
    '%s waits for exactly those whose command is taken',
    (task) => {
      fc.assert(
        fc.property(histories, fc.nat(cast.length - 1), fc.integer({ min: 0, max: 200 }), (list, who, days) => {
          const problems = play(list).office.problems();
          const actor = cast[who] as ActorRef;
          for (const p of problems) {
            const at = instant(p.lastHappenedAt + days * 86_400_000);
            const waits = waitsFor(task, p, { actor, organisations: [], at, utcOffsetMinutes: offset });
            // A problem that was merged into another which is gone since cannot be: the decision alone knows the other.
            if (task === 'merge' && waits.how === 'now' && gone(problems, p)) continue;
            expect([p.state, waits.how === 'now']).toEqual([p.state, taken(task, p, problems, actor, at)]);
          }
        }),
        { numRuns: 120 },
      );
    },
  );

  const gone = (all: readonly Problem[], p: Problem) =>
    ['withdrawn', 'merged', 'split', 'notFounded'].includes(all.find((x) => x.id === p.proposal?.into)?.state ?? 'withdrawn');
});

test('a task waits in no state in which its command cannot be given', () => {
  const verbs = ['confirm', 'plan', 'start', 'claim', 'check', 'accept', 'clear', 'settle', 'withdraw', 'merge'] as const;
  for (const verb of verbs) expect([verb, ruleOf(verb).states.filter((state) => !mayDo(state, verb))]).toEqual([verb, []]);
});

test('what is returned is begun again, and is told apart from what was never begun', () => {
  const starts = problemStates.filter((state) => mayDo(state, 'start'));
  expect([...ruleOf('start').states, ...ruleOf('redo').states].toSorted()).toEqual(starts.toSorted());
});

const checked = {
  id: 'p',
  state: 'checked',
  found: { no: 'FEW-1', place: 140_105 },
  foundBy: office,
  owner: { government: 'gov-140105', department: '', person: '' },
  supervised: null,
  rectifiedBy: [county],
  checkedBy: [],
  plan: { acceptanceBody: 'sx-acceptance' },
  proposal: null,
  noticeDays: 0,
  acceptedRecordedAt: null,
  watchedUntil: null,
} as unknown as Problem;
const ctx = (actor: ActorRef, at: Instant = noon) => ({ actor, organisations: [], at, utcOffsetMinutes: offset });

test('an acceptance waits for the body that the plan names, and for no other body', () => {
  expect(waitsFor('accept', checked, ctx(acceptance)).how).toBe('now');
  expect(
    waitsFor('accept', { ...checked, plan: { ...checked.plan, acceptanceBody: 'another' } as Problem['plan'] }, ctx(acceptance)).how,
  ).toBe('no');
});

test('a check does not wait for the government that rectifies, nor for a colleague of whoever claimed', () => {
  const claimed = { ...checked, state: 'claimed' } as Problem;
  expect(waitsFor('check', claimed, ctx(cast[2] as ActorRef)).how).toBe('now');
  for (const who of [county, county2]) expect(waitsFor('check', claimed, ctx(who)).how).toBe('no');
});

test('what is accepted waits later while its notice runs, and says until when', () => {
  const accepted = { ...checked, state: 'accepted', noticeDays: 5, acceptedRecordedAt: noon } as Problem;
  const over = endOfDate('2019-08-10', offset);
  expect(waitsFor('clear', accepted, ctx(acceptance2))).toEqual({ how: 'later', from: over });
  expect(waitsFor('clear', accepted, ctx(acceptance2, instant(over - 1))).how).toBe('later');
  expect(waitsFor('clear', accepted, ctx(acceptance2, over)).how).toBe('now');
  expect(waitsFor('clear', accepted, ctx(county)).how).toBe('no');
});

test('a watch is settled from the day after its last', () => {
  const until = addDays(dateOf(noon, offset), 3);
  const watched = { ...checked, state: 'watched', watchedUntil: until } as Problem;
  expect(waitsFor('settle', watched, ctx(office))).toEqual({ how: 'later', from: endOfDate('2019-08-08', offset) });
  expect(waitsFor('settle', watched, ctx(office, endOfDate('2019-08-08', offset))).how).toBe('now');
});

test('a proposal waits for a second person, never for whoever made it', () => {
  const proposed = { ...checked, state: 'confirmed', proposal: { kind: 'withdraw', by: office, reason: '重复' } } as Problem;
  expect(waitsFor('withdraw', proposed, ctx(office)).how).toBe('no');
  expect(waitsFor('withdraw', proposed, ctx(second)).how).toBe('now');
  expect(waitsFor('merge', proposed, ctx(second)).how).toBe('no');
  // Accepted meanwhile: neither can be done any more.
  expect(waitsFor('withdraw', { ...proposed, state: 'accepted' }, ctx(second)).how).toBe('no');
});
