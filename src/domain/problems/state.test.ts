import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { histories, lifeOf, play } from '../../../test/generators/problem-histories.ts';
import type { Act } from '../acts/act.ts';
import type { Instant } from '../kernel/instant.ts';
import { applyProblemAct, foldProblem, isOpen, type Problem } from './state.ts';

const streams = histories
  .map((list) => [...play(list).office.streams.values()].filter((s) => s[0]?.stream === 'problem'))
  .filter((s) => s.length > 0);

describe('the acts of a problem', () => {
  test('fold to the same state in any order, with any repetition', () => {
    fc.assert(
      fc.property(streams, fc.infiniteStream(fc.nat()), (all, numbers) => {
        for (const acts of all) {
          const next = () => numbers.next().value as number;
          const delivered = [...acts, ...acts.filter(() => next() % 3 === 0)]
            .map((act) => [next(), act] as const)
            .sort((a, b) => a[0] - b[0])
            .map(([, act]) => act);
          expect(foldProblem(delivered)).toEqual(foldProblem(acts));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('fold to the same state at once or one by one, and again after a replay', () => {
    fc.assert(
      fc.property(streams, (all) => {
        for (const acts of all) {
          let p: Problem | undefined;
          for (const act of acts) p = applyProblemAct(p, act);
          expect(p).toEqual(foldProblem(acts));
          expect(foldProblem(structuredClone(acts) as Act[])).toEqual(p);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('say as of an instant what the acts recorded by then say', () => {
    fc.assert(
      fc.property(streams, fc.nat(), (all, n) => {
        for (const acts of all) {
          const at = (acts[n % acts.length] as Act).recordedAt;
          expect(foldProblem(acts, at)).toEqual(foldProblem(acts.filter((a) => a.recordedAt <= at)));
          expect(foldProblem(acts, ((acts[0] as Act).recordedAt - 1) as Instant)).toBeUndefined();
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a problem in the stock', () => {
  const after = (steps: number) => play(lifeOf(1, 0).slice(0, steps)).office.problems()[0] as Problem;

  test('is there from its letter to its clearing, and again after a rebound', () => {
    expect([2, 3, 9, 10, 11].map((n) => [after(n).state, isOpen(after(n))])).toEqual([
      ['confirmed', false],
      ['supervised', true],
      ['accepted', true],
      ['cleared', false],
      ['rebounded', true],
    ]);
  });

  test('keeps its clearing when it rebounds, and leaves a linked new problem', () => {
    const { office } = play(lifeOf(1, 0));
    const [old, fresh] = office.problems();
    expect(old?.clearedRecordedAt).not.toBeNull();
    expect(old?.rebound?.newProblemId).toBe(fresh?.id);
    expect(fresh?.found.reboundOf).toBe(old?.id);
  });
});
