import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stepsOf } from './steps.ts';

test('each step begins where the one before ended', () => {
  expect(stepsOf(100, [40, -10], 130)).toMatchObject({ levels: [100, 140, 130], high: 140 });
});

test('bars that begin low stand on 0', () => {
  expect(stepsOf(10, [90], 100).foot).toBe(0);
  expect(stepsOf(0, [7], 7)).toEqual({ levels: [0, 7], foot: 0, high: 7 });
  expect(stepsOf(0, [], 0)).toEqual({ levels: [0], foot: 0, high: 1 });
});

test('long bars are cut, and what is left of the shortest is half the height of the steps', () => {
  const { foot, high } = stepsOf(1000, [100], 1100);
  expect([foot, high]).toEqual([950, 1100]);
  expect([stepsOf(50, [50], 100).foot, stepsOf(40, [60], 100).foot]).toEqual([25, 0]);
});

test('where nothing changed the two bars are whole: there is no step to be seen', () => {
  expect(stepsOf(500, [], 500)).toEqual({ levels: [500], foot: 0, high: 500 });
});

test('no bar is ever without height, and none is higher than the drawing', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.array(fc.integer({ min: -500, max: 500 }), { maxLength: 5 }),
      (before, changes) => {
        const after = changes.reduce((sum, c) => sum + c, before);
        fc.pre(after > 0 && changes.every((_, i) => changes.slice(0, i + 1).reduce((s, c) => s + c, before) > 0));
        const { levels, foot, high } = stepsOf(before, changes, after);
        for (const level of [...levels, after]) expect(level > foot && level <= high).toBe(true);
        expect(foot).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});
