import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chosenOf, marked, nothing, toggle, toggleAll, type Selection } from './selection.ts';

const rows = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));
const ids = (s: Selection) => [...s.ids].sort().join('');

describe('marking lines', () => {
  test('one by one marks and unmarks', () => {
    const one = toggle(nothing, rows, 1, false);
    expect(ids(one)).toBe('b');
    expect(ids(toggle(one, rows, 1, false))).toBe('');
  });

  test('with a range marks from the last marked line, in either direction, and unmarks nothing', () => {
    const third = toggle(nothing, rows, 3, false);
    expect(ids(toggle(third, rows, 1, true))).toBe('bcd');
    const first = toggle(nothing, rows, 0, false);
    expect(ids(toggle(toggle(first, rows, 2, true), rows, 1, true))).toBe('abc');
  });

  test('beyond the last line changes nothing', () => {
    const one = toggle(nothing, rows, 1, false);
    expect(toggle(one, rows, 9, true)).toBe(one);
    expect(toggle(one, [], 0, false)).toBe(one);
  });

  test('all marks what is shown, and unmarks it when all of it is marked', () => {
    const all = toggleAll(toggle(nothing, rows, 0, false), rows);
    expect(ids(all)).toBe('abcde');
    expect(ids(toggleAll(all, rows))).toBe('');
    expect(ids(toggleAll(nothing, []))).toBe('');
  });

  test('what another filter hides stays marked and is not acted on', () => {
    const two = toggle(toggle(nothing, rows, 0, false), rows, 4, false);
    const shown = rows.slice(0, 2);
    expect(chosenOf(two, shown).map((r) => r.id)).toEqual(['a']);
    // Marking all that is shown now does not bring back what is hidden.
    expect(ids(toggleAll(two, shown))).toBe('ab');
  });

  test('a range begins at the line that was marked, wherever another filter or a new line moved it', () => {
    const second = toggle(nothing, rows, 1, false);
    const moved = [{ id: 'new' }, { id: 'newer' }, ...rows];
    expect(ids(toggle(second, moved, 5, true))).toBe('bcd');
    const turned = rows.toReversed();
    expect(ids(toggle(second, turned, 1, true))).toBe('bcd');
  });

  test('a range from a line that is not shown any more marks the one line alone', () => {
    const last = toggle(nothing, rows, 4, false);
    const shown = ['x', 'y', 'z'].map((id) => ({ id }));
    expect(ids(toggle(last, shown, 2, true))).toBe('ez');
    expect(ids(toggle(nothing, rows, 3, true))).toBe('d');
  });

  test('a range goes on from its own end', () => {
    const three = toggle(toggle(nothing, rows, 0, false), rows, 2, true);
    expect(ids(toggle(three, rows, 4, true))).toBe('abcde');
  });

  test('the box above all tells of what is shown, not of how many are marked', () => {
    const two = toggle(toggle(nothing, rows, 0, false), rows, 1, false);
    expect([marked(two, rows), marked(two, rows.slice(0, 2)), marked(two, rows.slice(1, 2))]).toEqual(['some', 'all', 'all']);
    // As many lines as are marked, and none of them is.
    expect(marked(two, rows.slice(2, 4))).toBe('none');
    expect([marked(two, []), marked(nothing, rows)]).toEqual(['none', 'none']);
  });

  test('pressing the box above all twice leaves nothing of it marked', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4)), fc.nat(5), (steps, shown) => {
        const now = steps.reduce((s, index) => toggle(s, rows, index, false), nothing);
        const lines = rows.slice(0, shown);
        const once = toggleAll(now, lines);
        const twice = toggleAll(once, lines);
        expect([marked(once, lines), marked(twice, lines)].sort()).toEqual(lines.length === 0 ? ['none', 'none'] : ['all', 'none']);
      }),
    );
  });

  test('never marks a line that was not there', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(7), fc.boolean())), (steps) => {
        const end = steps.reduce((s, [index, range]) => toggle(s, rows, index, range), nothing);
        expect([...end.ids].every((id) => rows.some((r) => r.id === id))).toBe(true);
        expect(chosenOf(end, rows)).toHaveLength(end.ids.size);
      }),
    );
  });
});
