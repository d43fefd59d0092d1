import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitLabels, linePath, niceTicks, spread, stepPath, textWidth } from './scale.ts';

describe('the ticks of an axis', () => {
  test('end on a round number above the largest value', () => {
    expect(niceTicks(2683)).toEqual([0, 1000, 2000, 3000]);
    expect(niceTicks(2400)).toEqual([0, 500, 1000, 1500, 2000, 2500]);
    expect(niceTicks(65.73, 4)).toEqual([0, 20, 40, 60, 80]);
    expect(niceTicks(5)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('of a few things are whole: there is no half a problem, and no two ticks are called the same', () => {
    expect(niceTicks(1)).toEqual([0, 1]);
    expect(niceTicks(2)).toEqual([0, 1, 2]);
    expect(niceTicks(3)).toEqual([0, 1, 2, 3]);
    expect(niceTicks(4)).toEqual([0, 1, 2, 3, 4]);
    // Rates in percent, four steps.
    expect(niceTicks(1, 4)).toEqual([0, 1]);
    expect(niceTicks(1.2, 4)).toEqual([0, 1, 2]);
    expect(niceTicks(3.5, 4)).toEqual([0, 1, 2, 3, 4]);
  });

  test.each([[0], [-5], [Number.NaN], [Number.NEGATIVE_INFINITY]])('of nothing (%s) are 0 and 1', (max) => {
    expect(niceTicks(max)).toEqual([0, 1]);
  });

  test('come to an end whatever is asked', () => {
    expect(niceTicks(Number.POSITIVE_INFINITY).length).toBeLessThan(20);
    expect(niceTicks(Number.MAX_SAFE_INTEGER).length).toBeLessThan(20);
  });

  test('are whole, rise evenly from 0, and the last is the first that is not below the largest value', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e12, noNaN: true }), fc.integer({ min: 2, max: 8 }), (max, count) => {
        const ticks = niceTicks(max, count);
        const [first = -1, second = -1] = ticks;
        expect(first).toBe(0);
        ticks.forEach((t, i) => expect(t).toBe(i * (second - first)));
        expect(ticks.every(Number.isInteger)).toBe(true);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(max);
        expect(ticks.at(-2) ?? 0).toBeLessThan(max);
        expect(ticks.length).toBeLessThanOrEqual(count + 2);
      }),
    );
  });
});

describe('a line', () => {
  test('has a gap where the data have one', () => {
    expect(linePath([[0, 1], null, [2, 3], [4, 5]])).toBe('M0.0 1.0M2.0 3.0L4.0 5.0');
    expect(linePath([null, null, [2, 3], null])).toBe('M2.0 3.0');
    expect(linePath([])).toBe('');
  });

  test('in steps stays level until the next point', () => {
    expect(
      stepPath([
        [0, 5],
        [4, 2],
        [6, 2],
      ]),
    ).toBe('M0.0 5.0H4.0V2.0H6.0V2.0');
    expect([stepPath([]), stepPath([[1, 2]])]).toEqual(['', 'M1.0 2.0']);
  });
});

describe('labels beside each other', () => {
  test('are moved apart and keep their order', () => {
    expect(spread([10, 11, 40], 12, 0, 100)).toEqual([10, 22, 40]);
    expect(spread([40, 11, 10], 12, 0, 100)).toEqual([40, 22, 10]);
    expect(spread([], 12, 0, 100)).toEqual([]);
  });

  test('at the lower end are moved up, so that none falls out', () => {
    expect(spread([98, 99], 12, 0, 100)).toEqual([88, 100]);
    expect(spread([100, 100, 100], 10, 0, 100)).toEqual([80, 90, 100]);
    expect(spread([-30], 12, 0, 100)).toEqual([0]);
  });

  test('keep their distance and their order, and stay inside while there is room for all', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 300 }), { maxLength: 15 }), (ys) => {
        const [gap, low, high] = [12, 16, 238];
        const out = spread(ys, gap, low, high);
        expect(out).toHaveLength(ys.length);
        const sorted = [...out].sort((a, b) => a - b);
        sorted.forEach((y, i) => i > 0 && expect(y - (sorted[i - 1] as number)).toBeGreaterThanOrEqual(gap));
        for (const y of out) expect(y >= low && y <= high).toBe(true);
        ys.forEach((a, i) => ys.forEach((b, k) => a < b && expect(out[i]).toBeLessThan(out[k] as number)));
      }),
    );
  });

  test('that would cover an earlier one are left out', () => {
    const labels = [
      { from: 0, to: 10 },
      { from: 8, to: 20 },
      { from: 30, to: 40 },
    ];
    expect(fitLabels(labels)).toEqual([labels[0], labels[2]]);
    // The gap is kept on either side, and touching it is allowed.
    expect(
      fitLabels([
        { from: 50, to: 60 },
        { from: 34, to: 44 },
        { from: 66, to: 70 },
        { from: 33, to: 45 },
      ]),
    ).toHaveLength(3);
    expect(fitLabels([])).toEqual([]);
  });
});

describe('the width of a text', () => {
  test('is a whole em for a full-width character and a little over half for others', () => {
    expect(textWidth('清零率', 12)).toBeCloseTo(36);
    expect(textWidth('65.73', 10)).toBeCloseTo(29);
    expect(textWidth('', 12)).toBe(0);
  });

  test('counts a character of two halves once', () => {
    expect(textWidth('𠮷', 10)).toBeCloseTo(10);
    expect(textWidth('𠮷野', 10)).toBeCloseTo(20);
  });

  test('has a gap between the two scripts, in either order', () => {
    const [mixed, turned] = [textWidth('第1批', 100), textWidth('a清', 100)];
    expect(mixed).toBeCloseTo(200 + 58 + 26);
    expect(turned).toBeCloseTo(158 + 13);
  });

  test('takes Chinese quotation marks and punctuation for full-width', () => {
    expect(textWidth('“散乱污”', 10)).toBeCloseTo(50);
    expect(textWidth('，。（）／', 10)).toBeCloseTo(50);
  });
});
