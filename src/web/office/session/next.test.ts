import { expect, test } from 'vitest';
import { safeNext } from './next.ts';

test.each([
  ['/'],
  ['/c/shanxi-2019/ledger?view=overdue&sort=-updated'],
  ['/c/shanxi-2019?asOf=2019-08-05T18%3A00%3A00%2B08%3A00'],
  ['/c/shanxi-2019/p/%E6%99%8B-1#cite'],
  ['/c/x?q=//evil.example'],
  ['/c/x?q=%09'],
])('an address of this site is gone to as it is: %s', (next) => {
  expect(safeNext(next)).toBe(next);
});

const elsewhere = [
  '//evil.example/',
  '/\\evil.example/',
  '\\\\evil.example',
  'https://evil.example/',
  'https:evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  ' /c/x',
  'c/x',
  '',
  '/\t/evil.example/',
  '/\n/evil.example/',
  '/\r\n/evil.example/',
  '/\t\\evil.example/',
  '/.//evil.example/',
  '/a/..//evil.example/',
  '/%2e//evil.example/',
  '///evil.example/',
  '/\t//evil.example/',
];

test.each(elsewhere.map((next) => [JSON.stringify(next), next]))('%s is not gone to', (_, next) => {
  const gone = safeNext(next);
  expect(gone).toBe('/');
});

test('whatever is gone to is of this site, as a browser reads it', () => {
  for (const next of [...elsewhere, '/c/a b', '/c/焦化?q=焦化', '/a/../b'])
    expect(new URL(safeNext(next), 'https://ours.example/signin').host, next).toBe('ours.example');
});

test('nothing asked for leads home', () => {
  expect(safeNext(null)).toBe('/');
});
