import { describe, expect, test } from 'vitest';
import { cursorOf, needsMore, PlacesInLists, readPlace } from './place-in-list.ts';

const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => ({ no: `SX2019-${from + i}` }));

function session(kept: Record<string, string> = {}) {
  return {
    kept,
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => {
      kept[key] = value;
    },
  };
}

describe('a place in a list', () => {
  test('is come back to by the browser and by a link that says so, and by no other way', () => {
    const places = new PlacesInLists(session());
    places.remember('overdue', { offset: 14_270, rows: 600, no: 'SX2019-477' });
    const place = { offset: 14_270, rows: 600, no: 'SX2019-477' };
    expect(places.restored('overdue', 'POP', 'abc', false)).toEqual(place);
    expect(places.restored('overdue', 'PUSH', 'abc', true)).toEqual(place);
    expect(places.restored('overdue', 'PUSH', 'abc', false)).toBeUndefined();
    expect(places.restored('another', 'POP', 'abc', false)).toBeUndefined();
  });

  test('outlives a reload of its own page, but not the same address opened anew', () => {
    const store = session();
    const before = new PlacesInLists(store);
    before.remember('overdue', { offset: 300, rows: 100 });
    before.keep('overdue');
    const after = new PlacesInLists(store);
    expect(after.restored('overdue', 'POP', 'abc', false)).toEqual({ offset: 300, rows: 100, no: null });
    expect(after.restored('overdue', 'POP', 'default', false)).toBeUndefined();
  });

  test('moves with who goes on through the list, as far as lines must be fetched', () => {
    const places = new PlacesInLists(null);
    places.remember('overdue', { offset: 0, rows: 100, no: 'SX2019-99' });
    places.visit('overdue', 'SX2019-101', 101);
    expect(places.find('overdue')).toEqual({ offset: 0, rows: 101, no: 'SX2019-101' });
    places.visit('overdue', 'SX2019-7', null);
    expect(places.find('overdue')).toEqual({ offset: 0, rows: 101, no: 'SX2019-7' });
  });

  test('works in a browser that stores nothing', () => {
    const refuses = {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('full');
      },
    };
    const places = new PlacesInLists(refuses);
    places.remember('overdue', { offset: 60, rows: 100 });
    places.keep('overdue');
    expect(places.find('overdue')?.offset).toBe(60);
  });

  test('is not read from what is none', () => {
    for (const text of [null, '', '{', '[]', '1', '{"offset":"1","rows":2}', '{"offset":3}'])
      expect(readPlace(text), String(text)).toBeUndefined();
    expect(readPlace('{"offset":-5,"rows":2,"no":7}')).toEqual({ offset: 0, rows: 2, no: null });
  });

  test('waits for the lines it needs, never for more than ten thousand', () => {
    const place = { no: 'SX2019-240', offset: 0, rows: 250 };
    expect(needsMore(place, lines(1, 100), true)).toBe(true);
    expect(needsMore(place, lines(1, 250), true)).toBe(false);
    expect(needsMore(place, lines(1, 100), false)).toBe(false);
    expect(needsMore({ ...place, rows: 1_000_000 }, { length: 10_000 } as never, true)).toBe(false);
  });

  test('has its cursor at the record opened last, and none when that has left the list', () => {
    expect(cursorOf({ no: 'SX2019-3', offset: 0, rows: 5 }, lines(1, 5))).toBe(2);
    expect(cursorOf({ no: 'SX2019-9', offset: 0, rows: 5 }, lines(1, 5))).toBe(-1);
    expect(cursorOf({ no: null, offset: 0, rows: 5 }, lines(1, 5))).toBe(-1);
  });
});
