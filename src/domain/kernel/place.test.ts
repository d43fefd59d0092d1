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
