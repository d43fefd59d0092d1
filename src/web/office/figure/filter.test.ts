import { expect, test } from 'vitest';
import { readFigureFilter } from './filter.ts';

test('a filter is read in one form, whatever the address says', () => {
  expect(readFigureFilter(new URLSearchParams('batches=3,1,2,2&city=140100&asOf=x'))).toEqual({ batches: [1, 2, 3], city: '140100' });
  expect(readFigureFilter(new URLSearchParams(''))).toEqual({});
});
