import { expect, test } from 'vitest';
import { termNames } from './term-names.ts';

test('a predicate written as a division names its two sides', () => {
  expect(termNames('已整改的问题÷督办的问题')).toEqual(['已整改的问题', '督办的问题']);
  expect(termNames('(problems cleared) / problems supervised')).toEqual(['problems cleared', 'problems supervised']);
  expect(termNames('（甲与乙）÷丙')).toEqual(['甲与乙', '丙']);
});

test('a note on its definition is no part of a side', () => {
  expect(termNames('problems rectified / problems in the batch (press definition)')).toEqual([
    'problems rectified',
    'problems in the batch',
  ]);
});

test('anything else has no sides, and the page uses its own words', () => {
  for (const text of ['', '督办的问题', 'km/h driven', 'a ÷ b ÷ c']) expect(termNames(text), text).toEqual([undefined, undefined]);
});
