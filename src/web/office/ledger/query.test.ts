import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paths } from '../../../contract/paths/office.ts';
import { queryText } from '../../../contract/paths/pattern.ts';
import { queryOf } from '../../ui/query-text.ts';
import {
  activeFilters,
  apiQuery,
  itemInList,
  listOf,
  without,
  withDays,
  listKeys,
  nextSort,
  readFilter,
  sortOf,
  toggle,
  values,
  withoutFilters,
  type LedgerFilter,
} from './query.ts';

const read = (search: string) => readFilter(new URLSearchParams(search));

describe('the filter in an address', () => {
  test('is read back, without what it does not know', () => {
    expect(read('city=140100,140200&q=%E7%84%A6%E5%8C%96&evil=1&state=')).toEqual({ city: '140100,140200', q: '焦化' });
  });

  test('has no values of blanks, and none of its keys twice', () => {
    expect(read('q=%20%20&city=%20140100%20&state=a&state=b')).toEqual({ city: '140100', state: 'a' });
    expect(read('constructor=1&__proto__=2&asOf=x')).toEqual({});
  });

  test('is the same when it is written and read again, whatever is searched for', () => {
    const filter = fc.record(
      {
        q: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
        city: fc.constantFrom('140100', '140100,140200'),
        sort: fc.constant('-updated'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(filter, (f) => {
        const address = new URL(paths.ledger({ slug: 'a', asOf: null }, { ...f }), 'http://x');
        const { q, ...rest } = f;
        const trimmed = q?.trim() ?? '';
        expect(readFilter(address.searchParams)).toEqual(trimmed === '' ? rest : { ...rest, q: trimmed });
      }),
    );
  });

  test('that was saved as text comes back as it was', () => {
    const filter: LedgerFilter = { view: 'overdue', city: '140100,140200', q: '焦化 & “a=b”+100%' };
    expect(readFilter(new URLSearchParams(queryOf(queryText({ ...filter }).slice(1)) as Record<string, string>))).toEqual(filter);
    expect(queryOf('')).toEqual({});
  });
});

describe('a value of a facet', () => {
  test('is added and taken away; leaving a city leaves its counties', () => {
    const one = toggle({ county: '140105' }, 'city', '140100');
    expect(values(one, 'city')).toEqual(['140100']);
    expect(one.county).toBeUndefined();
    expect(toggle(one, 'city', '140100').city).toBeUndefined();
    expect(toggle({ state: 'claimed' }, 'state', 'checked').state).toBe('claimed,checked');
  });

  test('of the key tasks stands alone: choosing another one leaves the first', () => {
    expect(toggle({ task: 'a' }, 'task', 'b').task).toBe('b');
    expect(toggle({ task: 'a' }, 'task', 'a').task).toBeUndefined();
  });

  test('switched twice is as before, and no other key is touched', () => {
    const filter: LedgerFilter = { view: 'open', q: 'x', state: 'a,b', batches: '1', aspect: 'c' };
    for (const key of listKeys.filter((k) => k !== 'task' && k !== 'county' && k !== 'city')) {
      const twice = toggle(toggle(filter, key, 'new'), key, 'new');
      expect(readFilter(new URLSearchParams(queryText({ ...twice }))), key).toEqual(filter);
    }
  });

  test('is not taken for a part of another one', () => {
    expect(toggle({ batches: '12' }, 'batches', '1').batches).toBe('12,1');
    expect(toggle({ batches: '12,1' }, 'batches', '1').batches).toBe('12');
    expect(values({ batches: ',1,,2,' }, 'batches')).toEqual(['1', '2']);
  });
});

describe('the order of the rows', () => {
  test('of views that are about deadlines is by them, of others by what changed last', () => {
    for (const view of ['due7', 'overdue', 'open', 'mine']) expect(sortOf({ view }), view).toBe('deadline');
    for (const view of ['all', 'unsent', 'claimed', 'rebounded', 'nonsense']) expect(sortOf({ view }), view).toBe('-updated');
    expect([sortOf({}), sortOf({ view: 'overdue', sort: 'no' })]).toEqual(['-updated', 'no']);
  });

  test('is always said to the server; the view of everything is none', () => {
    expect(apiQuery({ view: 'all', city: '140100' })).toEqual({ city: '140100', view: undefined, sort: '-updated' });
    expect(apiQuery({ view: 'overdue', q: 'x', sort: '-no' })).toEqual({ view: 'overdue', q: 'x', sort: '-no' });
  });

  test('goes up, then down, then up again; states have one order', () => {
    expect([nextSort('-updated', 'no'), nextSort('no', 'no'), nextSort('-no', 'no')]).toEqual(['no', '-no', 'no']);
    expect([nextSort('no', 'state'), nextSort('state', 'state')]).toEqual(['state', 'state']);
  });
});

describe('filters in force', () => {
  test('become chips, value by value, the search last', () => {
    expect(activeFilters({ view: 'open', batches: '1,2', q: 'x' })).toEqual([
      { key: 'batches', value: '1' },
      { key: 'batches', value: '2' },
      { key: 'q', value: 'x' },
    ]);
    expect(activeFilters({ view: 'open', kind: 'case', sort: 'no' })).toEqual([]);
  });

  test('are all gone when they are cleared; view, kind and order stay', () => {
    const filter: LedgerFilter = { view: 'open', kind: 'case', sort: 'no', q: 'x', city: '1', task: 't' };
    expect(activeFilters(withoutFilters(filter))).toEqual([]);
    expect(withoutFilters(filter)).toEqual({ view: 'open', kind: 'case', sort: 'no' });
  });
});

describe('days', () => {
  test('stand in the address, are in force until they are taken away, and go with the other filters', () => {
    const filter = read('view=overdue&due=2019-08-13..2019-08-16&city=140100');
    expect(activeFilters(filter)).toEqual([
      { key: 'city', value: '140100' },
      { key: 'due', value: '2019-08-13..2019-08-16' },
    ]);
    expect(without(filter, 'due', '2019-08-13..2019-08-16')).toEqual({ view: 'overdue', city: '140100', due: undefined });
    expect(withDays(filter, 'found', '2019-08-01..').found).toBe('2019-08-01..');
    expect(withDays(filter, 'due', '').due).toBeUndefined();
    expect(withoutFilters(filter)).toEqual({ view: 'overdue', sort: undefined, kind: undefined });
  });
});

describe('the list a record was opened from', () => {
  const where = { slug: 'a', asOf: '2019-08-05T18:00:00+08:00' };
  const back = (filter: LedgerFilter) => listOf(new URL(itemInList(where, 'SX2019-7', filter), 'http://x').searchParams);

  test('is in the address of the record, its order always said', () => {
    expect(back({})).toEqual({ sort: '-updated' });
    expect(back({ view: 'overdue', q: '焦化 & 1', due: '..2019-08-16' })).toEqual({
      ...{ view: 'overdue', q: '焦化 & 1', due: '..2019-08-16', sort: 'deadline' },
    });
  });

  test('is none where the address has no order: the record was opened by its number', () => {
    expect(listOf(new URLSearchParams('asOf=x'))).toBeNull();
  });
});
