import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fewSettings } from '../../../test/generators/settings.ts';
import { isRefusal } from '../kernel/refusal.ts';
import { dictionary } from './dictionary.ts';
import { filterKeys, parseFilter } from './filter.ts';

const settings = fewSettings();
const figure = (id: string) => dictionary.find((d) => d.id === id)!;
const rate = figure('clearance.rate');
const code = (raw: Record<string, string>, id = 'clearance.rate') => {
  const result = parseFilter(raw, figure(id), settings);
  return isRefusal(result) ? result.code : result;
};

describe('a filter', () => {
  test('has one form: batches ascending and once each', () => {
    expect(code({ batches: '3, 1,2,1' })).toEqual({ batches: [1, 2, 3] });
    expect(code({})).toEqual({});
  });

  test('keeps its keys in one order, so that the same filter is the same text', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['batches', 'city', 'aspect', 'type'] as const), (keys) => {
        const all = { batches: '2,1', city: '140100', aspect: 'boilers', type: 'other' };
        const raw = Object.fromEntries(keys.map((k) => [k, all[k]]));
        const sorted = Object.fromEntries([...keys].sort().map((k) => [k, all[k]]));
        expect(JSON.stringify(parseFilter(raw, rate, settings))).toBe(JSON.stringify(parseFilter(sorted, rate, settings)));
      }),
    );
  });

  test.each([
    [{ batches: '' }, 'filter.malformed'],
    [{ batches: '0' }, 'filter.malformed'],
    [{ batches: '1,x' }, 'filter.malformed'],
    [{ city: '140105' }, 'filter.malformed'],
    [{ county: '140100' }, 'filter.malformed'],
    [{ city: '150100' }, 'filter.unknown-value'],
    [{ aspect: 'noise' }, 'filter.unknown-value'],
    [{ type: 'noise' }, 'filter.unknown-value'],
    [{ planet: 'earth' }, 'filter.unknown-key'],
    [{ measure: 'seizure' }, 'filter.not-of-figure'],
  ])('%j: %s', (raw, refusal) => {
    expect(code(raw as unknown as Record<string, string>)).toBe(refusal);
  });

  test('is only taken by a figure that knows its key', () => {
    for (const d of dictionary) {
      for (const key of filterKeys) {
        const value = { batches: '1', city: '140100', county: '140105', aspect: 'boilers', type: 'other', measure: 'seizure' }[key];
        const result = parseFilter({ [key]: value }, d, settings);
        expect(isRefusal(result)).toBe(!d.filters.includes(key));
      }
    }
  });

  test('takes values that the campaign has, as they were given', () => {
    expect(code({ batches: '10,9999,9' })).toEqual({ batches: [9, 10, 9999] });
    expect(code({ city: '140100', county: '140105', aspect: 'boilers', type: 'other' })).toEqual({
      city: '140100',
      county: '140105',
      aspect: 'boilers',
      type: 'other',
    });
    expect(code({ measure: 'seizure' }, 'cases.typical')).toEqual({ measure: 'seizure' });
  });

  test.each<[Record<string, string>, string, object]>([
    [{ batches: '10000' }, 'filter.malformed', { key: 'batches', value: '10000' }],
    [{ batches: 'x1' }, 'filter.malformed', { key: 'batches', value: 'x1' }],
    [{ batches: '1x' }, 'filter.malformed', { key: 'batches', value: '1x' }],
    [{ batches: '1,,2' }, 'filter.malformed', { key: 'batches', value: '1,,2' }],
    [{ city: 'Taiyuan' }, 'filter.malformed', { key: 'city', value: 'Taiyuan' }],
    [{ county: '140199' }, 'filter.unknown-value', { key: 'county', value: '140199' }],
    [{ aspect: 'noise' }, 'filter.unknown-value', { key: 'aspect', value: 'noise' }],
    [{ type: 'noise' }, 'filter.unknown-value', { key: 'type', value: 'noise' }],
    [{ planet: 'earth' }, 'filter.unknown-key', { key: 'planet', allowed: ['batches', 'city', 'county', 'aspect', 'type', 'measure'] }],
    [
      { measure: 'seizure' },
      'filter.not-of-figure',
      { key: 'measure', figure: 'clearance.rate', allowed: ['batches', 'city', 'county', 'aspect', 'type'] },
    ],
  ])('%j is refused with what was said and what there is', (raw, refusal, details) => {
    expect(parseFilter(raw, rate, settings)).toEqual({ refused: true, code: refusal, details });
  });

  test('of a measure names one of the four', () => {
    expect(parseFilter({ measure: 'boilers' }, figure('cases.typical'), settings)).toEqual({
      refused: true,
      code: 'filter.unknown-value',
      details: { key: 'measure', value: 'boilers' },
    });
  });
});
