import { expect, test } from 'vitest';
import { withAsOf, withoutAsOf } from './as-of-search.ts';

const at = '2019-08-05T18:00:00+08:00';

test('only the instant changes, the rest of the view stays', () => {
  expect(withAsOf('?city=140100&asOf=x', at)).toBe('city=140100&asOf=2019-08-05T18%3A00%3A00%2B08%3A00');
  expect(withoutAsOf('?city=140100&asOf=x')).toBe('city=140100');
});

test('an instant keeps its plus sign, which an address would read as a blank', () => {
  expect(new URLSearchParams(withAsOf('', at)).get('asOf')).toBe(at);
});

test('an instant that stood there twice stands there once, or not at all', () => {
  expect(new URLSearchParams(withAsOf('?asOf=a&q=x&asOf=b', at)).getAll('asOf')).toEqual([at]);
  expect(withoutAsOf('?asOf=a&q=x&asOf=b')).toBe('q=x');
});

test('texts of any kind come through', () => {
  const search = new URLSearchParams({ q: '焦化 & 「a=b」+100%🏭', batches: '1,2' });
  const moved = new URLSearchParams(withAsOf(`?${search.toString()}`, at));
  expect([moved.get('q'), moved.get('batches')]).toEqual([search.get('q'), '1,2']);
  expect([withoutAsOf(''), withoutAsOf('?'), withoutAsOf('?asOf=')]).toEqual(['', '', '']);
});
