import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { suppress, type CountEdge, type Shown } from './suppression.ts';

const k = 5;

/** A table with row totals, column totals and a grand total as a net of counts. */
function net(rows: readonly (readonly number[])[], fixedTotals = false): CountEdge[] {
  const columns = rows[0]?.length ?? 0;
  const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
  return [
    ...rows.flatMap((row, i) => row.map((value, j) => ({ key: `${i}/${j}`, from: `row${i}`, to: `col${j}`, value }))),
    ...rows.map((row, i) => ({ key: `row${i}`, from: 'all', to: `row${i}`, value: sum(row), fixed: fixedTotals })),
    ...Array.from({ length: columns }, (_, j) => ({
      key: `col${j}`,
      from: `col${j}`,
      to: 'end',
      value: sum(rows.map((row) => row[j] as number)),
      fixed: fixedTotals,
    })),
    { key: 'total', from: 'end', to: 'all', value: sum(rows.flat()), fixed: true },
  ];
}

/** Every value each cell could have for a reader who knows what is shown, that small ones are 1 to 4 and withheld ones at least 5. */
function possible(rows: readonly (readonly number[])[], counts: readonly CountEdge[], shown: ReadonlyMap<string, Shown>) {
  const truth = new Map(counts.map((c) => [c.key, c.value]));
  const fits = (key: string, value: number) => {
    const state = shown.get(key);
    if (state === 'small') return value >= 1 && value < k;
    return state === 'withheld' ? value >= k : value === truth.get(key);
  };
  const cells = rows.flatMap((row, i) => row.map((value, j) => ({ key: `${i}/${j}`, i, j, value })));
  const found = new Map<string, Set<number>>();
  const guess = rows.map((row) => [...row]);
  const note = (key: string, value: number) => found.set(key, (found.get(key) ?? new Set()).add(value));
  const total = rows.flat().reduce((a, b) => a + b, 0);
  const visit = (n: number, used: number): void => {
    const cell = cells[n];
    if (cell === undefined) {
      if (used !== total) return;
      const rowSums = guess.map((row) => row.reduce((a, b) => a + b, 0));
      const colSums = (guess[0] as number[]).map((_, j) => guess.reduce((a, row) => a + (row[j] as number), 0));
      if (!rowSums.every((v, i) => fits(`row${i}`, v)) || !colSums.every((v, j) => fits(`col${j}`, v))) return;
      for (const c of cells) note(c.key, (guess[c.i] as number[])[c.j] as number);
      for (const [i, v] of rowSums.entries()) note(`row${i}`, v);
      for (const [j, v] of colSums.entries()) note(`col${j}`, v);
      return;
    }
    const row = guess[cell.i] as number[];
    const state = shown.get(cell.key);
    const range = state === 'shown' ? [cell.value] : state === 'small' ? [1, 2, 3, 4] : span(k, total - used);
    for (const value of range) {
      row[cell.j] = value;
      if (used + value <= total) visit(n + 1, used + value);
    }
    row[cell.j] = cell.value;
  };
  visit(0, 0);
  return found;
}

const span = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
const table = fc.integer({ min: 2, max: 3 }).chain((columns) =>
  fc.array(
    fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 9 })), {
      minLength: columns,
      maxLength: columns,
    }),
    {
      minLength: 2,
      maxLength: 3,
    },
  ),
);

describe('small counts', () => {
  test('a hidden cell is not the total minus the shown ones: a second one in its row and column is hidden', () => {
    const { shown, unprotected } = suppress(
      net(
        [
          [3, 20, 30],
          [40, 50, 60],
          [70, 80, 90],
        ],
        true,
      ),
      k,
    );
    expect(unprotected).toEqual([]);
    expect(shown.get('0/0')).toBe('small');
    for (const line of [
      ['0/0', '0/1', '0/2'],
      ['0/0', '1/0', '2/0'],
    ]) {
      expect(line.filter((key) => shown.get(key) !== 'shown').length).toBeGreaterThanOrEqual(2);
    }
    expect([...shown.values()].filter((s) => s !== 'shown').length).toBe(4);
  });

  test('zero stays zero, and a table without small counts is shown whole', () => {
    const { shown } = suppress(
      net([
        [0, 5],
        [6, 0],
      ]),
      k,
    );
    expect([...shown.values()].every((s) => s === 'shown')).toBe(true);
  });

  test('says so when a total that must be shown gives the only small cell away', () => {
    expect(
      suppress(
        net(
          [
            [3, 0],
            [0, 9],
          ],
          true,
        ),
        k,
      ).unprotected,
    ).toEqual(['0/0']);
  });

  test('two hidden cells that can only be 4 and 4 get company', () => {
    const { shown } = suppress(
      net(
        [
          [4, 4, 20],
          [30, 40, 50],
        ],
        true,
      ),
      k,
    );
    expect(shown.get('0/2')).toBe('withheld');
  });

  test('what was withheld once stays withheld', () => {
    const counts = net([
      [9, 20],
      [30, 40],
    ]).map((c) => (c.key === '0/0' ? { ...c, earlier: true } : c));
    expect(suppress(counts, k).shown.get('0/0')).toBe('withheld');
  });

  test('no protected small count can be worked out from what is shown', () => {
    fc.assert(
      fc.property(table, fc.boolean(), (rows, fixedTotals) => {
        const counts = net(rows, fixedTotals);
        const { shown, unprotected } = suppress(counts, k);
        const values = possible(rows, counts, shown);
        for (const [key, state] of shown) {
          if (state !== 'small' || unprotected.includes(key)) continue;
          expect(values.get(key)?.size ?? 0, `${key} in ${JSON.stringify(rows)}`).toBeGreaterThanOrEqual(2);
        }
        for (const c of counts) if (c.value === 0) expect(shown.get(c.key)).toBe('shown');
      }),
      { numRuns: 150 },
    );
  });
});

describe('which others are withheld with a small count', () => {
  /** What is hidden of a table whose totals are all known, with some counts changed by what else is known of them. */
  const hidden = (rows: readonly (readonly number[])[], more: Readonly<Record<string, Partial<CountEdge>>> = {}) => {
    const { shown, unprotected } = suppress(
      net(rows, true).map((c) => ({ ...c, ...more[c.key] })),
      k,
    );
    const of = (state: Shown) => [...shown].filter(([, s]) => s === state).map(([key]) => key);
    return { small: of('small').join(' '), withheld: of('withheld').join(' '), unprotected: unprotected.join(' ') };
  };

  test('are the three that hide the least, counted with one more each', () => {
    // Columns 1 and 2 with rows 1 and 2: 20+40+50, 20+15+80, 10+40+60, and 10+15+7, which is least.
    const rows = [
      [3, 20, 10],
      [40, 50, 55],
      [15, 80, 7],
    ];
    expect(hidden(rows)).toEqual({ small: '0/0', withheld: '0/2 2/0 2/2', unprotected: '' });
    // One of them is dear: it costs twenty times as much, and 10+40+55 is least.
    expect(hidden(rows, { '2/2': { dear: true } })).toEqual({ small: '0/0', withheld: '0/2 1/0 1/2', unprotected: '' });
    // It is dear, but not as dear as everything else: 8 times 20 is less than 200.
    const large = [
      [3, 200, 10],
      [400, 500, 550],
      [15, 800, 7],
    ];
    expect(hidden(large, { '2/2': { dear: true } }).withheld).toBe('0/2 2/0 2/2');
  });

  test('are never counts that are published elsewhere', () => {
    const rows = [
      [3, 20],
      [30, 40],
      [50, 60],
    ];
    expect(hidden(rows).withheld).toBe('0/1 1/0 1/1');
    expect(hidden(rows, { '1/1': { fixed: true } })).toEqual({ small: '0/0', withheld: '0/1 2/0 2/1', unprotected: '' });
    expect(hidden(rows, { '0/1': { fixed: true } })).toEqual({ small: '0/0', withheld: '', unprotected: '0/0' });
    expect(hidden(rows, { '0/0': { fixed: true } })).toEqual({ small: '', withheld: '', unprotected: '' });
  });

  test('are none further where counts that are hidden already do', () => {
    // 2 and 3 stand in one row, so each hides the other; 30 and 50 close the ring, 20 and 40 stay.
    expect(
      hidden([
        [3, 20, 2],
        [30, 40, 50],
      ]),
    ).toEqual({ small: '0/0 0/2', withheld: '1/0 1/2', unprotected: '' });
    // A ring of four small counts needs nobody.
    expect(
      hidden([
        [3, 2, 20],
        [2, 3, 30],
      ]),
    ).toEqual({ small: '0/0 0/1 1/0 1/1', withheld: '', unprotected: '' });
  });

  test('are those that can move: a count of five that is withheld is known to be five or more', () => {
    // Four cannot be five, so it moves down and its neighbours up; one cannot be none, so it moves up and they down.
    const square = (a: number, b: number, c: number, d: number) =>
      hidden([
        [a, b],
        [c, d],
      ]);
    const all = { withheld: '0/1 1/0 1/1', unprotected: '' };
    const none = { withheld: '', unprotected: '0/0' };
    expect(square(4, 5, 5, 20)).toMatchObject(all);
    expect(square(4, 20, 20, 5)).toMatchObject(none);
    expect(square(1, 5, 5, 20)).toMatchObject(none);
    expect(square(1, 6, 5, 20)).toMatchObject(none);
    expect(square(1, 6, 6, 20)).toMatchObject(all);
    expect(square(1, 6, 6, 5)).toMatchObject(all);
    expect(square(2, 5, 5, 6)).toMatchObject(all);
    expect(square(2, 5, 5, 5)).toMatchObject(none);
    expect(square(3, 20, 20, 5)).toMatchObject(all);
    expect(square(3, 0, 20, 30)).toMatchObject(none);
  });

  test('are found in the cheaper of the two directions', () => {
    // Up takes 6, 6 and 5; down would take 20, 30 and 6.
    expect(
      hidden([
        [3, 6, 20],
        [6, 5, 30],
      ]).withheld,
    ).toBe('0/1 1/0 1/1');
    // Down takes 5, 9 and 8; up would take 20, 30 and 8.
    expect(
      hidden([
        [3, 5, 20],
        [8, 9, 30],
      ]).withheld,
    ).toBe('0/1 1/0 1/1');
    // Up alone is there.
    expect(
      hidden([
        [1, 6, 20],
        [6, 5, 30],
      ]).withheld,
    ).toBe('0/1 1/0 1/1');
  });

  test('are found whichever of the ways is tried first', () => {
    // Column 1 takes 60 and 50, column 2 takes 30 and 70; 80 is needed for both.
    for (const small of [3, 4]) {
      const rows = [
        [small, 60, 30],
        [80, 50, 70],
      ];
      expect(hidden(rows).withheld).toBe('0/2 1/0 1/2');
      expect(hidden(rows.map(([a = 0, b = 0, c = 0]) => [a, c, b])).withheld).toBe('0/1 1/0 1/1');
    }
  });

  test('are the fewer of two ways that hide as much: each counts one more', () => {
    // Round by 22, 20 and 30, or by 7, 7 and 7 instead of 22, which is two counts and one unit less: 23 is less than 24.
    expect(
      hidden([
        [3, 22, 7],
        [0, 7, 7],
        [20, 30, 0],
      ]).withheld,
    ).toBe('0/1 2/0 2/1');
  });

  test('are more counts where those hide less', () => {
    // The square of 30, 20 and 30 is found first; the way round by 7, 7 and 7 hides 8 and 8 and 8 instead of 31.
    expect(
      hidden([
        [3, 30, 7],
        [0, 7, 7],
        [20, 30, 0],
      ]).withheld,
    ).toBe('0/2 1/1 1/2 2/0 2/1');
  });

  test('are rather those that an earlier instant hid: they cost nothing more', () => {
    const rows = [
      [3, 100, 10],
      [30, 20, 15],
    ];
    expect(hidden(rows).withheld).toBe('0/2 1/0 1/2');
    expect(hidden(rows, { '0/1': { earlier: true } }).withheld).toBe('0/1 1/0 1/1');
  });

  test('are chosen for the smallest count first, and of equal ones for that whose key comes first', () => {
    const both = (rows: readonly (readonly number[])[]) =>
      [net(rows, true), net(rows, true).reverse()].map((counts) => {
        const found = [...suppress(counts, k).shown].filter(([, s]) => s === 'withheld').map(([key]) => key);
        return found.sort().join(' ');
      });
    // One goes round by 3, which is hidden anyway, and 3 needs nobody then. The other way round 3 would have taken 50 and 10 first.
    const smallest = [
      [3, 50, 70],
      [60, 10, 1],
    ];
    expect(both(smallest)).toEqual(['0/2 1/0', '0/2 1/0']);
    // 1/0 takes 40, 20 and 30, which is less than 30 and 80; 1/1 needs 80 all the same.
    const equal = [
      [30, 80, 20],
      [3, 3, 40],
    ];
    expect(both(equal)).toEqual(['0/0 0/1 0/2 1/2', '0/0 0/1 0/2 1/2']);
  });

  test('may go round more than four counts where no square closes', () => {
    // Zeros leave one way only: along row 0, down column 1, along row 1, down column 2, back along row 2.
    expect(
      hidden([
        [3, 20, 0],
        [0, 30, 40],
        [50, 0, 60],
      ]),
    ).toEqual({ small: '0/0', withheld: '0/1 1/1 1/2 2/0 2/2', unprotected: '' });
  });

  test('may be totals, where those are not published elsewhere', () => {
    // The only two counts of a line: the line's total hides the small one, with the next total of its column.
    const line: CountEdge[] = [
      { key: 'a', from: 'x', to: 'row', value: 3 },
      { key: 'b', from: 'y', to: 'row', value: 0 },
      { key: 'row', from: 'row', to: 'end', value: 3, fixed: true },
      { key: 'x', from: 'end', to: 'x', value: 3 },
    ];
    expect(suppress(line, k).unprotected).toEqual(['a', 'x']);
    const open = line.map((c) => (c.key === 'row' ? { ...c, value: 9, fixed: false } : c));
    expect([...suppress(open, k).shown]).toEqual([
      ['a', 'small'],
      ['b', 'shown'],
      ['row', 'withheld'],
      ['x', 'small'],
    ]);
  });
});

describe('what was hidden at an earlier instant', () => {
  const rows = (a: number, b = 20) => [
    [a, b],
    [30, 40],
  ];
  const states = (list: readonly (readonly number[])[], more: Partial<CountEdge> = {}) => {
    const counts = net(list, true).map((c) => (c.key === '0/0' ? { ...c, earlier: true, ...more } : c));
    const { shown, unprotected } = suppress(counts, k);
    return [['0/0', '0/1', '1/0', '1/1'].map((key) => shown.get(key)).join(' '), unprotected.join()];
  };

  test('stays withheld, and gets company like a small count', () => {
    expect(states(rows(9))).toEqual(['withheld withheld withheld withheld', '']);
    expect(states(rows(5))).toEqual(['withheld withheld withheld withheld', '']);
  });

  test('is small where it is small now, and shown where it is none or published elsewhere', () => {
    expect(states(rows(4))).toEqual(['small withheld withheld withheld', '']);
    expect(states(rows(0))).toEqual(['shown shown shown shown', '']);
    expect(states(rows(9), { fixed: true })).toEqual(['shown shown shown shown', '']);
  });

  test('stays withheld without company where there is none, and is not called unprotected: it is not small', () => {
    // Five can move up only, and then its neighbour of five would have to move down.
    expect(states(rows(5, 5))).toEqual(['withheld shown shown shown', '']);
    expect(states(rows(6, 5))).toEqual(['withheld withheld withheld withheld', '']);
    expect(states(rows(9, 0))).toEqual(['withheld shown shown shown', '']);
  });
});

test('the least count that may be shown is what the campaign says', () => {
  const one = (value: number, least: number) => suppress([{ key: 'a', from: 'x', to: 'y', value }], least);
  expect([1, 4, 5].map((value) => one(value, 5).shown.get('a'))).toEqual(['small', 'small', 'shown']);
  expect([2, 3].map((value) => one(value, 3).shown.get('a'))).toEqual(['small', 'shown']);
  expect(one(1, 1).shown.get('a')).toBe('shown');
  // A ring back along itself protects nothing.
  expect(one(2, 5).unprotected).toEqual(['a']);
});
