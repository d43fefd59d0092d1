import { expect, test } from 'vitest';
import type { Instant } from '../kernel/instant.ts';
import { byDue } from './order.ts';
import { sentTogether } from './way.ts';

const claim = (no: string, state: string, at: number) => ({ kind: 'RectificationClaimed' as const, state, at, no, text: `${no}厂` });

test('claims that lie in one state are one line, with the last of them named', () => {
  expect(sentTogether([claim('1', 'claimed', 10), claim('2', 'claimed', 30), claim('3', 'checked', 20)])).toEqual([
    { ...claim('2', 'claimed', 30), count: 2 },
    { ...claim('3', 'checked', 20), count: 1 },
  ]);
});

test('what came back, or has been cleared, is not on its way', () => {
  expect(sentTogether([claim('1', 'returned', 10), claim('2', 'cleared', 20), claim('3', 'rectifying', 30)])).toEqual([]);
});

test('a deadline stands before none, an earlier one first; without one the older stands first', () => {
  const at = (due: number | null, since: number | null) => ({ due: due as Instant | null, since: since as Instant | null });
  const list = [at(null, null), at(null, 5), at(9, 1), at(null, 3), at(7, 8), at(9, 0)];
  expect(list.toSorted(byDue)).toEqual([at(7, 8), at(9, 0), at(9, 1), at(null, 3), at(null, 5), at(null, null)]);
});
