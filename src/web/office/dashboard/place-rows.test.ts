import { describe, expect, test } from 'vitest';
import type { FigureValue } from '../../../contract/figures.ts';
import { starts, totals, value, worstColumn, type Row } from './place-rows.ts';

const count = (id: string, numerator: number, filter: FigureValue['filter'] = {}): FigureValue => ({
  id,
  version: 1,
  filter,
  numerator,
  denominator: null,
  value: numerator,
  unit: 'problem',
});
const rate = (numerator: number, denominator: number, filter: FigureValue['filter'] = {}): FigureValue => ({
  id: 'clearance.rate',
  version: 1,
  filter,
  numerator,
  denominator,
  value: denominator === 0 ? null : numerator / denominator,
  unit: 'ratio',
});
const row = (place: number, ...figures: FigureValue[]) => ({ place, name: String(place), figures, curve: [] });
const supervised = { id: 'problems.supervised', filter: {} };
const clearance = { id: 'clearance.rate', filter: {} };

describe('what rows are sorted by', () => {
  test('is the overall rate, else the first rate, else the first column', () => {
    const rates = [count('a', 1), rate(1, 2, { batches: [1] }), rate(1, 2)];
    expect(worstColumn({ figures: rates })).toBe(2);
    expect(worstColumn({ figures: rates.slice(0, 2) })).toBe(1);
    expect(worstColumn({ figures: [count('a', 1)] })).toBe(0);
    expect(worstColumn({ figures: [] })).toBe(0);
  });

  test('a rate without a denominator comes before the lowest', () => {
    const rows: Row[] = [{ figures: [rate(1, 2)] }, { figures: [rate(0, 5)] }, { figures: [rate(0, 0)] }];
    expect([...rows].sort((a, b) => value(a, 0) - value(b, 0)).map((r) => r.figures[0]?.denominator)).toEqual([0, 5, 2]);
    expect(value({ figures: [] }, 3)).toBe(0);
  });
});

describe('the last row of the table', () => {
  const cities = [row(1, count('problems.supervised', 739), rate(3, 5)), row(2, count('problems.supervised', 1175), rate(1, 5))];

  test('is what the page says of all places, by id and filter', () => {
    const headline = [count('problems.supervised', 1914), rate(4, 10)];
    const other = rate(9, 9, { batches: [1] });
    expect(totals({ cities, headline, pressSet: [other] }, [supervised, clearance]).map((f) => f?.numerator)).toEqual([1914, 4]);
  });

  test('is the sum where the page says nothing, if another column shows that places add up', () => {
    const [one, two] = totals({ cities, headline: [count('problems.supervised', 1914)], pressSet: [] }, [supervised, clearance]);
    expect(one?.numerator).toBe(1914);
    expect(two).toMatchObject({ id: 'clearance.rate', filter: {}, numerator: 4, denominator: 10, value: 0.4 });
  });

  test('is nothing where places do not add up: a sum that counts twice is no figure', () => {
    expect(totals({ cities, headline: [count('problems.supervised', 1900)], pressSet: [] }, [supervised, clearance])[1]).toBeUndefined();
    expect(totals({ cities, headline: [], pressSet: [] }, [supervised, clearance])).toEqual([undefined, undefined]);
  });

  test('of rates over nothing has no value', () => {
    const empty = [row(1, count('problems.supervised', 0), rate(0, 0))];
    const total = totals({ cities: empty, headline: [count('problems.supervised', 0)], pressSet: [] }, [supervised, clearance]);
    expect(total[1]).toMatchObject({ numerator: 0, denominator: 0, value: null });
  });

  test('of no places is nothing, and does not fail', () => {
    expect(totals({ cities: [], headline: [], pressSet: [] }, [supervised])).toEqual([undefined]);
  });
});

test('a line stands where counts, rates and what went wrong follow each other', () => {
  const figures = [
    count('problems.supervised', 1),
    count('problems.claimed', 1),
    rate(1, 2),
    rate(1, 2),
    count('problems.overdue', 1),
    count('problems.open', 1),
  ];
  expect(figures.map((_, i) => starts({ figures }, i))).toEqual([false, false, true, false, true, false]);
  expect(starts(undefined, 1)).toBe(false);
});
