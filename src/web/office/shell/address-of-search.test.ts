import { expect, test } from 'vitest';
import { addressOfSearch } from './address-of-search.ts';

const where = { slug: 'shanxi-2019', asOf: '2019-08-05T18:00:00+08:00' };

test.each([
  ['W2019-1', 'W2019-1'],
  ['w2019-00012345', 'W2019-00012345'],
  ['wtlf2019-7', 'WTLF2019-7'],
])('%s opens the page of that number, at the same instant', (text, no) => {
  expect(addressOfSearch(where, text)).toBe(`/c/shanxi-2019/p/${no}?asOf=2019-08-05T18%3A00%3A00%2B08%3A00`);
});

test.each([
  '2019-1',
  'W19-1',
  'W2019',
  'W2019-',
  'W2019-1 x',
  'ABCDEFG2019-1',
  'W2019-123456789',
  '焦化',
  'Ｗ２０１９－１',
  'W2019-1/../x',
])('%s searches the ledger', (text) => {
  const { pathname, searchParams } = new URL(addressOfSearch(where, text), 'http://x');
  expect([pathname, searchParams.get('q'), searchParams.get('asOf')]).toEqual(['/c/shanxi-2019/ledger', text, where.asOf]);
});
