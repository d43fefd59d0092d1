import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { suppress } from '../../domain/publication/suppression.ts';
import { netOf } from './masks.ts';

const k = 5;
const counties = [140_105, 140_106, 140_211, 140_212];
const aspects = [1, 2];

/** All sums that are published of a table by county and aspect, by their key in the net. */
function sums(cells: readonly number[]): Map<string, number> {
  const out = new Map<string, number>();
  const add = (key: string, n: number) => out.set(key, (out.get(key) ?? 0) + n);
  for (const [i, n] of cells.entries()) {
    const place = counties[i >> 1] as number;
    const aspect = aspects[i & 1] as number;
    const city = place - (place % 100);
    for (const key of [`pa/${place}/${aspect}`, `p/${place}`, `ca/${city}/${aspect}`, `c/${city}`, `a/${aspect}`, 'all']) add(key, n);
  }
  return out;
}

describe('counts of two cities by county and aspect', () => {
  test('no protected small count follows from all that is shown at every level together', () => {
    const value = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 9 }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 8, maxLength: 8 }), (cells) => {
        const rows = cells
          .map((n, i) => ({ place: counties[i >> 1] as number, aspect: aspects[i & 1] as number, n }))
          .filter((r) => r.n > 0);
        const { shown, unprotected } = suppress(netOf(rows, true, k), k);
        const truth = sums(cells);
        const fits = (key: string, n: number) => {
          const state = shown.get(key) ?? 'shown';
          return state === 'small' ? n >= 1 && n < k : state === 'withheld' ? n >= k : n === truth.get(key);
        };
        const possible = new Map<string, Set<number>>();
        const guess = [...cells];
        const visit = (i: number): void => {
          if (i === guess.length) {
            const all = sums(guess);
            for (const [key, n] of all) if (!fits(key, n)) return;
            for (const [key, n] of all) possible.set(key, (possible.get(key) ?? new Set()).add(n));
            return;
          }
          const own = cells[i] as number;
          const state = shown.get(`pa/${counties[i >> 1]}/${aspects[i & 1]}`) ?? 'shown';
          // One more or one less is enough to be in doubt.
          const tried = state === 'shown' ? [own] : state === 'small' ? [1, 2, 3, 4] : [own - 1, own, own + 1].filter((n) => n >= k);
          for (const n of tried) {
            guess[i] = n;
            visit(i + 1);
          }
          guess[i] = own;
        };
        visit(0);
        for (const [key, state] of shown) {
          if (state !== 'small' || unprotected.includes(key)) continue;
          expect(possible.get(key)?.size ?? 0, `${key} in ${JSON.stringify(cells)}`).toBeGreaterThanOrEqual(2);
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
