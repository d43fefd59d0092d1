import { expect, test } from 'vitest';
import type { LedgerPosition } from '../../../contract/ledger.ts';
import { walkOf } from './walk.ts';

const at = (more: Partial<LedgerPosition>): LedgerPosition =>
  ({ no: 'SX2019-7', index: 3, inList: true, total: 59, previous: 'SX2019-5', following: 'SX2019-9', ...more }) as LedgerPosition;

test('a record of a list has its place and its neighbours there', () => {
  expect(walkOf(at({}), at({}))).toEqual({ at: 'in', index: 3, total: 59, previous: 'SX2019-5', following: 'SX2019-9' });
});

test('a record that a command took out of the list says so, and goes on to what followed it when it was opened', () => {
  const now = at({ inList: false, index: null, total: 58, previous: 'SX2019-1', following: null });
  expect(walkOf(at({}), now)).toEqual({ at: 'moved', index: null, total: 58, previous: 'SX2019-5', following: 'SX2019-9' });
});

test('a record that a command moved to the top of what changed last goes on where it was', () => {
  const now = at({ index: 1, previous: null, following: 'SX2019-2' });
  expect(walkOf(at({}), now)).toMatchObject({ at: 'in', index: 1, following: 'SX2019-9' });
});

test('a record that had left the list before it was opened goes on to where it would stand now', () => {
  const out = at({ inList: false, index: null, previous: 'SX2019-4', following: 'SX2019-8' });
  expect(walkOf(out, at({ inList: false, index: null, previous: 'SX2019-4', following: 'SX2019-11' }))).toMatchObject({
    at: 'moved',
    following: 'SX2019-11',
  });
});

test('a record further down than is counted has neighbours and no number', () => {
  expect(walkOf(at({ index: null }), at({ index: null }))).toMatchObject({ at: 'further', index: null, following: 'SX2019-9' });
});
