import { expect, test } from 'vitest';
import { filterQuery, paths } from '../../../contract/paths/office.ts';
import { readFigureFilter } from './filter.ts';

const read = (search: string) => readFigureFilter(new URLSearchParams(search));

test('a filter is read in one form, whatever the address says', () => {
  expect(read('batches=3,1,2,2&city=140100&asOf=x')).toEqual({ batches: [1, 2, 3], city: '140100' });
  expect(read('')).toEqual({});
});

test('batches are whole numbers from 1, each once, as numbers in order', () => {
  expect(read('batches=10,9,1')).toEqual({ batches: [1, 9, 10] });
  expect(read('batches=0,-1,1.5,x,,2,1e1,Infinity')).toEqual({ batches: [2, 10] });
});

test('keys that are empty or unknown are none', () => {
  expect(read('city=&county=141024&evil=1&__proto__=x')).toEqual({ county: '141024' });
});

test('keys come in the order of the dictionary, so that one filter has one address', () => {
  const [a, b] = [read('measure=m&batches=2,1&city=140100'), read('city=140100&batches=1,2&measure=m')];
  expect(Object.keys(a)).toEqual(['batches', 'city', 'measure']);
  expect(paths.figure({ slug: 'x', asOf: null }, 'f', a)).toBe(paths.figure({ slug: 'x', asOf: null }, 'f', b));
});

test('a filter that is written into an address comes back', () => {
  const filter = { batches: [1, 2, 12], city: '140100', aspect: '焦化 & 100%', type: 'a+b' };
  const { search } = new URL(paths.figure({ slug: 'x', asOf: '2019-08-05T18:00:00+08:00' }, 'f', filter), 'http://x');
  expect(readFigureFilter(new URLSearchParams(search))).toEqual(filter);
  expect(filterQuery({ city: null, county: undefined, type: 7 })).toEqual({ type: '7' });
});
