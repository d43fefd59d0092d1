import { describe, expect, test } from 'vitest';
import type { FigureValue } from '../../../contract/figures.ts';
import { dictionary } from '../../../domain/clearance/dictionary.ts';
import { termNames } from '../figure/term-names.ts';
import { lineStyle } from './lines.ts';
import { pairOf } from './pair.ts';
import { shortName } from './short-name.ts';
import { squeezeEnd } from './squeeze-end.ts';

const rate = (id: string, filter: FigureValue['filter']): FigureValue => ({
  id,
  version: 1,
  filter,
  numerator: 1,
  denominator: 2,
  value: 0.5,
  unit: 'ratio',
});

describe('the sentence that answers', () => {
  const [cohort, overall] = [rate('clearance.rate', { batches: [1, 2] }), rate('clearance.rate', {})];

  test('has the rate of the cohort and the same rate over all, in whatever order they come', () => {
    expect(pairOf([cohort, overall])).toEqual({ cohort, overall });
    expect(pairOf([overall, cohort])).toEqual({ cohort, overall });
  });

  test('sets no other rate beside it, nor one of a place', () => {
    expect(pairOf([cohort, rate('claim.rate', {})])).toEqual({ cohort, overall: null });
    expect(pairOf([rate('clearance.rate', { city: '140100' })])).toEqual({ cohort: null, overall: null });
  });

  test('has the first rate alone where no cohort was published, and none where there is no rate', () => {
    expect(pairOf([overall, rate('claim.rate', {})])).toEqual({ cohort: null, overall });
    expect(pairOf([{ ...overall, unit: 'problem' }])).toEqual({ cohort: null, overall: null });
    expect(pairOf([])).toEqual({ cohort: null, overall: null });
  });
});

test('a figure is short without what stands in brackets at its end', () => {
  expect(
    ['清零率（公布口径）', 'clearance rate (published)', '清零率', '（全省）清零率', 'a (b) c', '（只有括号）'].map(shortName),
  ).toEqual(['清零率', 'clearance rate', '清零率', '（全省）清零率', 'a (b) c', '']);
});

describe('lines of a chart', () => {
  test('that are known keep their looks wherever they stand; others differ by more than colour', () => {
    expect(lineStyle('problems.rectified', 0)).toBe(lineStyle('problems.rectified', 7));
    const spare = [0, 1, 2, 3].map((i) => lineStyle(`other.${i}`, i));
    expect(new Set(spare.map((s) => `${s.width} ${s.dash}`)).size).toBe(4);
    expect(lineStyle('other', 4)).toBe(lineStyle('other', 0));
  });
});

describe('the last point of a course', () => {
  const day = 86_400_000;
  test('that is long after the last day stands a day after it', () => {
    expect(squeezeEnd([0, day, 2 * day, 400 * day])).toEqual([0, day, 2 * day, 3 * day]);
    expect(squeezeEnd([0, 4 * day])).toEqual([0, day]);
  });
  test('stays where it is within three days', () => {
    expect(squeezeEnd([0, day, 4 * day])).toEqual([0, day, 4 * day]);
    expect([squeezeEnd([]), squeezeEnd([5])]).toEqual([[], [5]]);
  });
});

test('every rate of the dictionary names its two sides in both languages', () => {
  const rates = dictionary.filter((d) => d.ratio !== undefined);
  expect(rates.length).toBeGreaterThan(2);
  for (const d of rates)
    for (const text of [d.predicate.zh, d.predicate.en]) {
      const [over, under] = termNames(text);
      expect(over, text).toMatch(/^[^÷/]+$/u);
      expect(under, text).toMatch(/^[^÷/]+$/u);
    }
});
