import { expect, test } from 'vitest';
import { api, paths } from './paths.ts';

const now = { slug: 'shanxi-2019', asOf: null };
const past = { slug: 'shanxi-2019', asOf: '2019-08-05T18:00:00+08:00' };

test('a link keeps the instant it was made at', () => {
  expect(paths.dashboard(now)).toBe('/c/shanxi-2019');
  expect(paths.dashboard(past)).toBe('/c/shanxi-2019?asOf=2019-08-05T18%3A00%3A00%2B08%3A00');
});

test('a figure link carries its filter', () => {
  expect(paths.figure(now, 'clearance.rate', { batches: [1, 2, 3] })).toBe('/c/shanxi-2019/figures/clearance.rate?batches=1%2C2%2C3');
});

test('a ledger query given as text is taken apart and keeps the instant', () => {
  expect(paths.ledger(past, 'view=overdue&city=140100')).toBe(
    '/c/shanxi-2019/ledger?view=overdue&city=140100&asOf=2019-08-05T18%3A00%3A00%2B08%3A00',
  );
});

test('a number with a slash stays one segment', () => {
  expect(paths.item(now, 'A/1')).toBe('/c/shanxi-2019/p/A%2F1');
});

test('the API takes the same filter keys', () => {
  expect(api.figure(now, 'problems.open', { city: '140100' }, '/records', { part: 'numerator' })).toBe(
    '/api/figures/problems.open/records?campaign=shanxi-2019&city=140100&part=numerator',
  );
});
