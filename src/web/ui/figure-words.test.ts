import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CampaignView } from '../../contract/campaign.ts';
import type { FigureValue } from '../../contract/figures.ts';
import { wordsOf } from '../i18n/words-of.ts';
import {
  cohortText,
  countUnit,
  definitionOf,
  figureName,
  figureParts,
  filterKey,
  fractionText,
  inBrackets,
  isMoney,
  overAll,
  sameRef,
  unitWord,
} from './figure-words.ts';

const [zh, en] = [await wordsOf('zh'), await wordsOf('en')];
const both = <T>(f: (words: typeof zh) => T): [T, T] => [f(zh), f(en)];

const definition = (id: string, kind: 'count' | 'sum' | 'ratio' | 'estimate', name: { zh: string; en: string }) => ({
  id,
  version: 1,
  unit: kind === 'ratio' ? 'ratio' : 'problem',
  name,
  predicate: { zh: '', en: '' },
  filters: [],
  kind,
});
const aspect = (code: string, version: number, name: { zh: string; en: string }) =>
  ({ code, version, name }) as CampaignView['aspects'][number];

const campaign = {
  currency: 'CNY',
  currencyDigits: 2,
  places: [
    { code: 140100, name: '太原市', nameEn: 'Taiyuan', level: 'city' },
    { code: 141024, name: '洪洞县', nameEn: 'Hongtong', level: 'county' },
    { code: 140400, name: '长治市', level: 'city' },
  ],
  aspects: [aspect('coke', 1, { zh: '焦化（旧）', en: 'coke (old)' }), aspect('coke', 2, { zh: '焦化', en: 'coke' })],
  types: [{ code: 'air', name: { zh: '大气', en: '' } }],
  measures: [{ code: 'seal', name: { zh: '查封', en: 'seizure' } }],
  batches: [{ no: 1, name: '', issuedAt: '' }],
  figures: [
    definition('clearance.rate', 'ratio', { zh: '清零率', en: 'clearance rate' }),
    definition('penalties.fine', 'sum', { zh: '罚款', en: 'fines' }),
    definition('problems.found', 'count', { zh: '发现问题', en: '' }),
  ],
} as unknown as CampaignView;

const figure = (more: Partial<FigureValue>): FigureValue => ({
  id: 'problems.found',
  version: 1,
  filter: {},
  numerator: 0,
  denominator: null,
  value: 0,
  unit: 'problem',
  ...more,
});

describe('a figure in words', () => {
  test('of a rate is its percentage with the fraction beside it', () => {
    const rate = figure({ id: 'clearance.rate', unit: 'ratio', numerator: 1258, denominator: 1914 });
    expect(both((w) => figureParts(campaign, rate, w))).toEqual([
      { value: '65.73', unit: '%', fraction: '1,258／1,914' },
      { value: '65.73', unit: '%', fraction: '1,258 / 1,914' },
    ]);
  });

  test('of a rate over nothing has no value, and its fraction says why', () => {
    const rate = figure({ id: 'clearance.rate', unit: 'ratio', numerator: 0, denominator: 0, value: null });
    expect(figureParts(campaign, rate, zh)).toEqual({ value: null, unit: '%', fraction: '0／0' });
    expect(figureParts(campaign, { ...rate, denominator: null }, en)).toEqual({ value: null, unit: '%', fraction: '0 / 0' });
  });

  test('of a count is the count and its unit, in the right number', () => {
    expect(both((w) => figureParts(campaign, figure({ numerator: 1 }), w).unit)).toEqual([unitWord('problem', 1, zh), 'problem']);
    expect(figureParts(campaign, figure({ numerator: 2507 }), en)).toEqual({ value: '2,507', unit: 'problems', fraction: null });
  });

  test('of money is in the currency, whether its unit or its definition says so', () => {
    expect(figureParts(campaign, figure({ id: 'penalties.fine', numerator: 3_555_000_000, unit: 'problem' }), zh)).toEqual({
      value: '3,555',
      unit: '万元',
      fraction: null,
    });
    expect([isMoney(campaign, { id: 'x', unit: 'fen' }), isMoney(campaign, { id: 'x', unit: 'problem' })]).toEqual([true, false]);
  });

  test('of a unit or a definition nobody here knows stays as published', () => {
    expect(both((w) => unitWord('klafter', 3, w))).toEqual(['klafter', 'klafter']);
    expect(both((w) => figureName(campaign, 'other.figure', w))).toEqual(['other.figure', 'other.figure']);
    expect(definitionOf(campaign, 'constructor')).toBeUndefined();
  });

  test('has the other language’s name where its own is missing', () => {
    expect(both((w) => figureName(campaign, 'problems.found', w))).toEqual(['发现问题', '发现问题']);
  });

  test('has a fraction also where a denominator is missing', () => {
    expect(both((w) => fractionText({ numerator: 5, denominator: null }, w.lang))).toEqual(['5／0', '5 / 0']);
  });
});

describe('the cohort of a filter', () => {
  test('names batches, place, class and kind, in this order whatever the order of its keys', () => {
    const filter = { measure: 'seal', type: 'air', aspect: 'coke', county: '141024', city: '140100', batches: [3, 1, 2] };
    expect(both((w) => cohortText(campaign, filter, w))).toEqual([
      '第1–3批，太原市，洪洞县，焦化，大气，查封',
      'batches 1–3, Taiyuan, Hongtong, coke, 大气, seizure',
    ]);
  });

  test('of nothing is empty, and what a campaign does not know stays as its code', () => {
    expect(both((w) => cohortText(campaign, {}, w))).toEqual(['', '']);
    expect(cohortText(campaign, { aspect: 'gone', city: '999900', type: 7 }, zh)).toBe('999900，gone，7');
    expect(cohortText(campaign, { other: 'x' }, zh)).toBe('');
  });

  test('is named by the newest version of its class', () => {
    expect(cohortText(campaign, { aspect: 'coke' }, zh)).toBe('焦化');
  });

  test('stands in the brackets of its language, and none in none', () => {
    expect([inBrackets('太原市', 'zh'), inBrackets('Taiyuan', 'en'), inBrackets('', 'zh'), inBrackets('', 'en')]).toEqual([
      '（太原市）',
      ' (Taiyuan)',
      '',
      '',
    ]);
  });

  test('of a rate over all is said where there are batches, and nothing where there are none', () => {
    expect(both((w) => overAll(campaign, w)).every((text) => text !== '')).toBe(true);
    expect(overAll({ ...campaign, batches: [] }, zh)).toBe('');
  });
});

describe('two figures are the same', () => {
  test('by id and filter, whatever the order of its keys, and not by half of either', () => {
    const one = { id: 'a', filter: { city: '1', batches: [1, 2] } };
    expect(sameRef(one, { id: 'a', filter: { batches: [1, 2], city: '1' } })).toBe(true);
    for (const other of [
      { id: 'b', filter: one.filter },
      { id: 'a', filter: {} },
      { id: 'a', filter: { city: '1', batches: [1] } },
      { id: 'a', filter: { city: '1', batches: '1,2' } },
      { id: 'a', filter: { city: 1, batches: [1, 2] } },
    ])
      expect(sameRef(one, other), JSON.stringify(other)).toBe(false);
  });

  test('only then: no two filters have one key', () => {
    const filters = fc.dictionary(fc.constantFrom('city', 'county', 'type', 'a"b', ','), fc.string({ maxLength: 3 }));
    fc.assert(
      fc.property(filters, filters, (a, b) => {
        const equal = Object.keys({ ...a, ...b }).every((k) => Object.hasOwn(a, k) && Object.hasOwn(b, k) && a[k] === b[k]);
        expect(filterKey(a) === filterKey(b)).toBe(equal);
      }),
    );
  });
});

test('what the server wrote gets the word of its unit, unless it has one', () => {
  expect(countUnit({ unit: 'problem', numerator: 5363 }, zh)).toBe('个');
  expect(countUnit({ unit: 'ratio', numerator: 5 }, zh)).toBe('');
  expect(countUnit({ unit: 'fen', numerator: 5 }, zh)).toBe('');
});
