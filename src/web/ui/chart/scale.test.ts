import { expect, test } from 'vitest';
import { fitLabels, linePath, niceTicks, spread, stepPath } from './scale.ts';

test('an axis ends on a round number above the largest value', () => {
  expect(niceTicks(2683)).toEqual([0, 1000, 2000, 3000]);
  expect(niceTicks(2400)).toEqual([0, 500, 1000, 1500, 2000, 2500]);
  expect(niceTicks(65.73, 4)).toEqual([0, 20, 40, 60, 80]);
  expect(niceTicks(0)).toEqual([0, 1]);
});

test('a gap in the data is a gap in the line', () => {
  expect(linePath([[0, 1], null, [2, 3], [4, 5]])).toBe('M0.0 1.0M2.0 3.0L4.0 5.0');
  expect(
    stepPath([
      [0, 5],
      [4, 2],
    ]),
  ).toBe('M0.0 5.0H4.0V2.0');
});

test('labels are moved apart and keep their order', () => {
  expect(spread([10, 11, 40], 12, 0, 100)).toEqual([10, 22, 40]);
  const moved = spread([98, 99], 12, 0, 100);
  expect(moved[1]! - moved[0]!).toBeGreaterThanOrEqual(12);
  expect(moved[1]).toBeLessThanOrEqual(100);
});

test('a label that would cover an earlier one is left out', () => {
  const labels = [
    { from: 0, to: 10 },
    { from: 8, to: 20 },
    { from: 30, to: 40 },
  ];
  expect(fitLabels(labels)).toEqual([labels[0], labels[2]]);
});
