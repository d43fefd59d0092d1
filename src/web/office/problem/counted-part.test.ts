import { expect, test } from 'vitest';
import { wordsOf } from '../../i18n/words-of.ts';
import { countedPart } from './counted-part.ts';

test.each([
  [true, null, 'in'],
  [false, null, 'out'],
  [true, true, 'both'],
  [true, false, 'numerator'],
  [false, true, 'denominator'],
  [false, false, 'out'],
] as const)('a thing in the numerator: %s, in the denominator: %s, is said to be %s', async (numerator, denominator, part) => {
  expect(countedPart(numerator, denominator)).toBe(part);
  for (const words of [await wordsOf('zh'), await wordsOf('en')])
    expect(words.t(`problem:counted.${part}`, { defaultValue: '' })).not.toBe('');
});
