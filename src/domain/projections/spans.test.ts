import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Instant } from '../kernel/instant.ts';
import { spanChanges, spansOf, type Active, type Dims, type Span, type Step } from './spans.ts';

const dims = (place: number): Dims => ({ place, batch: 0, aspect: 0, type: 0, measure: 0 });
const active = (at: number): fc.Arbitrary<Active> =>
  fc
    .record({
      fact: fc.constantFrom('a', 'b', 'c'),
      later: fc.constantFrom(0, 0, 0, 1, 2, 5, 30),
      place: fc.constantFrom(1, 1, 2),
      amount: fc.constantFrom(0, 0, 7),
    })
    .map(({ fact, later, place, amount }) => ({ fact, from: (at + later) as Instant, dims: dims(place), amount }));

/** Steps whose facts are named once each, as the projections give them. */
const steps: fc.Arbitrary<Step[]> = fc
  .array(fc.nat(4), { maxLength: 12 })
  .chain((gaps) => {
    let at = 0;
    return fc.tuple(
      ...gaps.map((gap) => {
        at += gap;
        const now = at;
        return fc
          .uniqueArray(active(now), { selector: (a) => a.fact, maxLength: 3 })
          .map((list): Step => ({ at: now as Instant, active: list }));
      }),
    );
  })
  .map((list) => [...list]);

/** What counts at an instant, from the steps alone: the last step at or before it, and in it what has begun. */
function heldAt(list: readonly Step[], t: number): string[] {
  const last = list.filter((s) => s.at <= t).at(-1);
  return (last?.active ?? []).filter((a) => begunBy(last as Step, a) <= t).map((a) => `${a.fact}/${a.dims.place}/${a.amount}`);
}

/** A fact that is asked for from now on, but was counting already just so, has begun earlier. */
function begunBy(step: Step, a: Active): number {
  return a.from > step.at ? a.from : Math.min(a.from, step.at);
}

const spanAt = (spans: readonly Span[], t: number) =>
  spans.filter((s) => s.from <= t && (s.to === null || s.to > t)).map((s) => `${s.fact}/${s.dims.place}/${s.amount}`);

describe('counted intervals', () => {
  test('of one fact never overlap, and none is empty', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const spans = spansOf(list);
        for (const [i, s] of spans.entries()) {
          expect(s.to === null || s.to > s.from).toBe(true);
          const next = spans[i + 1];
          if (next?.fact === s.fact) {
            expect(s.to).not.toBeNull();
            expect(next.from).toBeGreaterThanOrEqual(s.to as number);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('together hold at each instant what held then', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const spans = spansOf(list);
        for (let t = -1; t < 60; t++) expect(spanAt(spans, t).sort()).toEqual(heldAt(list, t).sort());
      }),
      { numRuns: 500 },
    );
  });

  test('of a longer history are reached from those of a shorter one by the changes', () => {
    fc.assert(
      fc.property(steps, fc.nat(12), (list, n) => {
        const before = spansOf(list.slice(0, n));
        const after = spansOf(list);
        const { gone, added } = spanChanges(before, after);
        const key = (s: Span) => JSON.stringify(s);
        const removed = new Set(gone.map(key));
        const applied = [...before.filter((s) => !removed.has(key(s))), ...added];
        expect(applied.map(key).sort()).toEqual(after.map(key).sort());
      }),
      { numRuns: 500 },
    );
  });

  test('a longer history changes no interval that ended, nor the past of one that has not', () => {
    fc.assert(
      fc.property(steps, fc.nat(12), (list, n) => {
        const shorter = list.slice(0, n);
        const until = shorter.at(-1)?.at ?? 0;
        const next = list[n]?.at ?? until + 1;
        for (let t = -1; t < next; t++) expect(spanAt(spansOf(list), t).sort()).toEqual(spanAt(spansOf(shorter), t).sort());
      }),
      { numRuns: 500 },
    );
  });

  test('a fact due later is not counted when something ends it before', () => {
    const due: Active = { fact: 'problem.overdue', from: 10 as Instant, dims: dims(1), amount: 0 };
    expect(
      spansOf([
        { at: 1 as Instant, active: [due] },
        { at: 10 as Instant, active: [] },
      ]),
    ).toEqual([]);
    expect(
      spansOf([
        { at: 1 as Instant, active: [due] },
        { at: 11 as Instant, active: [] },
      ]),
    ).toMatchObject([{ from: 10, to: 11 }]);
  });
});
