import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cityOf, covers, levelOf, parsePlace, rangeOf } from './place.ts';

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
