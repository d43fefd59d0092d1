import { expect, test } from 'vitest';
import { cssText } from './css-text.ts';

test('a text of Chinese and Latin letters stands as it is', () => {
  expect(cssText('山西省“百日清零”　As of 5 Aug')).toBe('"山西省“百日清零”　As of 5 Aug"');
});

test('what would end the string, the rule or the element is escaped', () => {
  expect(cssText('a"; } </style><script>')).toBe('"a\\22 ; } \\3c /style\\3e \\3c script\\3e "');
  expect(cssText('\\ \n')).toBe('"\\5c  \\a "');
});
