import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fallbackPattern, formatNumber, readNumber } from './numbering.ts';

const shanxi = { prefix: 'SX2019-', digits: 4 };

describe('a number that a person typed', () => {
  test.each([
    ['SX2019-0001', 1, 'SX2019-0001'],
    ['ＳＸ２０１９－０００１', 1, 'SX2019-0001'],
    ['sx2019—0273', 273, 'SX2019-0273'],
    [' SX2019-7777 ', 7777, 'SX2019-7777'],
    ['SX2019-10000', 10_000, 'SX2019-10000'],
  ])('%j is number %i, kept as %s', (typed, n, no) => {
    expect(readNumber(shanxi, typed)).toEqual({ n, no });
  });

  test.each([
    'X-999999999999999',
    'SX2019-999999999999999',
    'SX2019-1',
    'SX2019-00001',
    'SX2019-0000',
    'SX2019-',
    'SX2019-12a',
    'SX2018-0001',
    'SX2019-x0001',
    'SX2019-1000000000',
    'XX2019-0001',
    '',
  ])('%j is none of the campaign', (typed) => {
    expect(readNumber(shanxi, typed)).toBeUndefined();
  });

  test('reads back what is given out, and two counts never have one number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), fc.integer({ min: 1, max: 8 }), (n, digits) => {
        const pattern = { prefix: 'A-', digits };
        expect(readNumber(pattern, formatNumber(pattern, n))?.n).toBe(n);
      }),
    );
  });
});

test('a campaign that names no pattern numbers by its own name', () => {
  expect(formatNumber(fallbackPattern('hunan-2027'), 12)).toBe('HUNAN2027-0012');
  expect(fallbackPattern('a--b_c')).toEqual({ prefix: 'ABC-', digits: 4 });
});
