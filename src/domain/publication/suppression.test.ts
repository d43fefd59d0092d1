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
