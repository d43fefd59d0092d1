import { expect, test } from 'vitest';
import { activeFilters, apiQuery, nextSort, readFilter, sortOf, toggle, values } from './query.ts';

test('the address is read back, without what it does not know', () => {
  expect(readFilter(new URLSearchParams('city=140100,140200&q=%E7%84%A6%E5%8C%96&evil=1&state='))).toEqual({
    city: '140100,140200',
    q: '焦化',
  });
});

test('a facet value is added and taken away; leaving a city leaves its counties', () => {
  const one = toggle({ county: '140105' }, 'city', '140100');
  expect(values(one, 'city')).toEqual(['140100']);
  expect(one.county).toBeUndefined();
  expect(toggle(one, 'city', '140100').city).toBeUndefined();
  expect(toggle({ state: 'claimed' }, 'state', 'checked').state).toBe('claimed,checked');
});

test('views that are about deadlines are sorted by them', () => {
  expect(sortOf({ view: 'overdue' })).toBe('deadline');
  expect(sortOf({})).toBe('-updated');
  expect(apiQuery({ view: 'all', city: '140100' })).toEqual({ city: '140100', view: undefined, sort: '-updated' });
});

test('a heading sorts up, then down', () => {
  expect(nextSort('-updated', 'no')).toBe('no');
  expect(nextSort('no', 'no')).toBe('-no');
});

test('every filter in force becomes a chip', () => {
  expect(activeFilters({ view: 'open', batches: '1,2', q: 'x' })).toEqual([
    { key: 'batches', value: '1' },
    { key: 'batches', value: '2' },
    { key: 'q', value: 'x' },
  ]);
});
