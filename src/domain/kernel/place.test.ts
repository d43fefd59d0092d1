import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cityOf, covers, levelOf, parsePlace, rangeOf, mergeRanges } from './place.ts';

const codes = fc.integer({ min: 100_000, max: 999_999 });

describe('a division code', () => {
  test.each([
    ['140000', 'province'],
    ['140100', 'city'],
    ['140105', 'county'],
  ] as const)('%s is a %s', (text, level) => {
    expect(levelOf(parsePlace(text) as number)).toBe(level);
  });

  test.each(['14010', '1401055', '040105', '14010a', ' 140105', ''])('refuses %s', (text) => {
    expect(parsePlace(text)).toBeUndefined();
  });

  test('covers itself and what is below it, and nothing of its neighbour', () => {
    fc.assert(
      fc.property(codes, codes, (a, b) => {
        const below = { province: Math.floor(a / 10_000) === Math.floor(b / 10_000), city: cityOf(a) === cityOf(b), county: a === b }[
          levelOf(a)
        ];
        expect(covers(rangeOf(a), b)).toBe(below);
      }),
    );
  });

  test('lies in its own city', () => {
    fc.assert(fc.property(codes, (code) => levelOf(code) === 'province' || covers(rangeOf(cityOf(code)), code)));
  });
});

test('ranges that overlap become one, those that touch stay apart, and no place is lost', () => {
  expect(
    mergeRanges([
      { from: 140_105, to: 140_106 },
      { from: 140_100, to: 140_200 },
      { from: 140_200, to: 140_300 },
      { from: 0, to: 1 },
      { from: 140_250, to: 140_350 },
    ]),
  ).toEqual([
    { from: 0, to: 1 },
    { from: 140_100, to: 140_200 },
    { from: 140_200, to: 140_350 },
  ]);
  expect(mergeRanges([])).toEqual([]);
});

test('a range begins with its own code and ends before the next place of its level', () => {
  expect([rangeOf(140_000), rangeOf(140_100), rangeOf(140_105)]).toEqual([
    { from: 140_000, to: 150_000 },
    { from: 140_100, to: 140_200 },
    { from: 140_105, to: 140_106 },
  ]);
  expect([140_099, 140_100, 140_199, 140_200].map((code) => covers(rangeOf(140_100), code))).toEqual([false, true, true, false]);
  expect([cityOf(140_105), cityOf(140_100), cityOf(141_199)]).toEqual([140_100, 140_100, 141_100]);
  expect([parsePlace('140105'), parsePlace('140105\n'), parsePlace('x140105'), parsePlace('１４０１０５')]).toEqual([
    140_105,
    undefined,
    undefined,
    undefined,
  ]);
});

test('a range inside another one is swallowed, and what is given stays as it was', () => {
  const given = [
    { from: 140_100, to: 140_200 },
    { from: 140_000, to: 150_000 },
    { from: 140_105, to: 140_106 },
  ];
  expect(mergeRanges(given)).toEqual([{ from: 140_000, to: 150_000 }]);
  expect(given.map((r) => r.from)).toEqual([140_100, 140_000, 140_105]);
});
