import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dictionary } from '../clearance/dictionary.ts';
import type { FigureFilter } from '../clearance/filter.ts';
import { shanxiSettings } from '../../demo/shanxi-2019.ts';
import { checkText } from './check.ts';
import { parseBody, tokensOf } from './document.ts';
import { literalsIn } from './literals.ts';
import { printCount, printMoney, printPercent, type Reading } from './reading.ts';
import { figureKey, type FigureToken } from './token.ts';

const settings = shanxiSettings([]);
const asOf = '2019-08-05T18:00:00+08:00';
/** The published values, by id and filter. */
const values: Record<string, [number, number | null]> = {
  'problems.supervised': [2507, null],
  'problems.supervised 1,2,3': [1914, null],
  'problems.rectified': [1258, null],
  'problems.rectified 1,2,3': [1258, null],
  'clearance.rate': [1258, 2507],
  'clearance.rate 1,2,3': [1258, 1914],
  'clearance.net': [1200, 2507],
  'cases.typical': [62, null],
  'cases.typical daily-fine': [2, null],
  'cases.typical seizure': [15, null],
  'cases.typical restriction': [29, null],
  'cases.typical detention': [16, null],
  'fines.total': [3_555_000_000, null],
};

function readingOf(token: FigureToken, table = values): Reading {
  const definition = dictionary.find((d) => d.id === token.id);
  const [numerator, denominator] = table[[token.id, ...Object.values(token.filter)].join(' ')] ?? [0, null];
  const filter = Object.fromEntries(Object.entries(token.filter).map(([k, v]) => [k, k === 'batches' ? v.split(',').map(Number) : v]));
  const value = denominator === null ? numerator : numerator / denominator;
  return {
    id: token.id,
    version: token.version,
    filter: filter as FigureFilter,
    asOf: token.asOf ?? asOf,
    numerator,
    denominator,
    value,
    unit: definition?.unit ?? 'problem',
  };
}

interface More {
  readonly title?: string;
  readonly table?: typeof values;
  readonly lang?: 'zh' | 'en';
  readonly beside?: readonly string[];
}

function check(body: string, more: More = {}) {
  const blocks = parseBody(body);
  const readings = new Map(tokensOf(blocks).map(({ token }) => [figureKey(token), readingOf({ ...token, show: 'value' }, more.table)]));
  const candidates = ['problems.supervised', 'fines.total'].map((id) =>
    readingOf({ id, version: 1, filter: {}, asOf: null, show: 'value' }),
  );
  return checkText({
    title: more.title ?? '进展情况',
    blocks,
    lang: more.lang ?? 'zh',
    asOf,
    readings,
    figures: dictionary,
    settings,
    money: { currency: 'CNY', digits: 2 },
    beside: more.beside ?? [],
    // A font of the basic plane.
    canDraw: (codePoint) => codePoint <= 0xffff,
    candidates: [...candidates, readingOf({ id: 'clearance.rate', version: 1, filter: { batches: '1,2,3' }, asOf: null, show: 'value' })],
  });
}
const codes = (body: string, more?: Parameters<typeof check>[1]) => check(body, more).map((f) => f.code);
const ok = '{{problems.supervised@1}}';

describe('numbers that are typed', () => {
  test.each([
    ['督办2507个', ['2507']],
    ['罚款3,555万元', ['3,555万']],
    ['清零率65.73%，同比', ['65.73%']],
    ['罚款１２３元', ['１２３']],
    ['印发四批督办函', ['四']],
    ['共二十五家、两项', ['二十五', '两']],
    ['fines of 35.55 million yuan in four batches', ['35.55 million', 'four']],
    ['甲,1,234,乙', ['1,234']],
  ])('are found: %s', (text, found) => {
    expect(literalsIn(text).map((l) => l.text)).toEqual(found);
  });

  test.each([
    '截至2019年8月5日18时30分',
    '8月5日至10月8日',
    '2019-08-05T18:00:00+08:00',
    'on 5 August 2019 and 1 Jul, since October 2019',
    '第一批至第三批、第3条、第2、3批',
    'PM2.5和PM10',
    '晋环〔2019〕12号',
    '统一部署，百日清零，进一步，一个城市，一次',
    'batches 1–3 and batch 4',
  ])('are not taken from names, dates and ordinals: %s', (text) => {
    expect(literalsIn(text)).toEqual([]);
  });

  test('are errors until bound or marked as plain, wherever they stand', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e7 }), fc.constantFrom('共', '- ', '| 甲 |', '# '), (n, lead) => {
        expect(codes(`${lead}${n}个\n\n${ok}`)).toContain('number.loose');
        expect(codes(`${lead}{{=${n}}}个\n\n${ok}`)).toEqual([]);
      }),
    );
  });

  test('are answered with the figure that says the same', () => {
    const suggest = (body: string) => check(body).find((f) => f.code === 'number.loose')?.details.suggest;
    expect(suggest('督办2,507个')).toBe('{{problems.supervised@1}}');
    expect(suggest('罚款3555万元')).toBe('{{fines.total@1}}');
    expect(suggest('清零率65.73%')).toBe('{{clearance.rate@1 batches=1,2,3}}');
    expect(suggest('共77个')).toBeUndefined();
  });

  test('do not belong into a title', () => {
    expect(codes(ok, { title: '清零率65.73%' })).toEqual(['title.number']);
    expect(codes(ok, { title: '2019年8月5日情况' })).toEqual([]);
  });
});

describe('figures quoted together', () => {
  test('a rate beside a count of another cohort is an error', () => {
    expect(codes('{{problems.supervised@1}}个中已完成{{problems.rectified@1}}个，清零率{{clearance.rate@1 batches=1,2,3}}')).toEqual([
      'rate.denominator',
    ]);
    expect(
      codes(
        '{{problems.supervised@1 batches=1,2,3}}个中已完成{{problems.rectified@1 batches=1,2,3}}个，清零率{{clearance.rate@1 batches=1,2,3}}',
      ),
    ).toEqual([]);
    expect(codes('督办{{problems.supervised@1}}个\n\n清零率{{clearance.rate@1 batches=1,2,3}}')).toEqual([]);
    const broken = { ...values, 'problems.rectified 1,2,3': [1257, null] as [number, null] };
    expect(codes('已完成{{problems.rectified@1 batches=1,2,3}}个，清零率{{clearance.rate@1 batches=1,2,3}}', { table: broken })).toEqual([
      'rate.numerator',
    ]);
  });

  const parts = ['daily-fine', 'seizure', 'restriction', 'detention'].map((m) => `- {{cases.typical@1 measure=${m}}}件`);
  test('all parts add up to the total', () => {
    expect(codes(`共{{cases.typical@1}}件\n\n${parts.join('\n')}`)).toEqual([]);
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 10 }), (off) => {
        const table = { ...values, 'cases.typical seizure': [15 + off, null] as [number, null] };
        expect(codes(`共{{cases.typical@1}}件，其中\n\n${parts.join('\n')}`, { table })).toEqual(off === 0 ? [] : ['parts.sum']);
      }),
    );
  });

  test('some parts are a warning unless the text says that they are some', () => {
    const some = parts.slice(0, 2).join('，').replaceAll('- ', '');
    expect(check(`共{{cases.typical@1}}件：${some}`)).toMatchObject([
      { code: 'parts.incomplete', severity: 'warning', details: { total: 62, sum: 17 } },
    ]);
    expect(codes(`共{{cases.typical@1}}件，其中${some}`)).toEqual([]);
  });

  test('another instant must be named beside its figure', () => {
    const then = '{{problems.supervised@1 asOf=2019-07-28T18:00:00+08:00}}';
    expect(codes(`督办${ok}个，原为${then}个`)).toEqual(['asof.two']);
    expect(codes(`督办${ok}个，7月28日为${then}个`)).toEqual([]);
    expect(codes(`17月28日为${then}个${ok}`)).toContain('asof.two');
    expect(codes(`On 28 July ${then}, now ${ok}`, { lang: 'en' })).toEqual([]);
    expect(codes('{{clearance.net@1 asOf=2019-07-28T18:00:00+08:00}}')).toEqual(['asof.unsaid']);
    expect(codes('{{problems.supervised@1 asOf=2019-08-05T10:00:00Z}}')).toEqual([]);
  });

  test('one figure under two definitions, and a side that a count has not, are errors', () => {
    expect(codes(`${ok}和{{problems.supervised@2}}`)).toEqual(['figure.two-versions']);
    expect(codes('{{problems.supervised@1 show=percent}}{{problems.supervised@1 show=denominator}}')).toEqual([
      'token.not-rate',
      'token.not-rate',
    ]);
    expect(codes('{{clearance.rate@1 show=numerator}}／{{clearance.rate@1 show=denominator}}')).toEqual([]);
  });
});

describe('how figures are printed', () => {
  test.each([
    [3_555_000_000, '3,555万元', '35,550,000 yuan'],
    [12_500_000_000, '1.25亿元', '125,000,000 yuan'],
    [10_026_840_000, '1.00亿元', '100,268,400 yuan'],
    [123_456, '1,234.56元', '1,234.56 yuan'],
    [0, '0元', '0 yuan'],
  ])('%i fen', (fen, zh, en) => {
    const money = { currency: 'CNY', digits: 2 };
    expect([printMoney(fen, money, 'zh'), printMoney(fen, money, 'en')]).toEqual([zh, en]);
  });

  test('counts and rates', () => {
    expect([printCount(2507), printCount(12_345_678), printCount(7)]).toEqual(['2,507', '12,345,678', '7']);
    expect([printPercent(1258, 1914), printPercent(1258, 2507), printPercent(1, 0), printPercent(1, null)]).toEqual([
      '65.73%',
      '50.18%',
      '—',
      '—',
    ]);
  });
});

describe('characters that no font has', () => {
  test('are errors where they stand, each with its code point', () => {
    const found = check(`当事人𠮷某、𠮷𡈽。\n\n| 甲 | {{=😀}} |\n\n${ok}`).filter((f) => f.code === 'text.undrawable');
    expect(found.map((f) => [f.severity, f.at, f.details.characters, f.details.codePoints])).toEqual([
      ['error', { block: 0, part: 0, inline: 0, from: 3, to: 5 }, '𠮷', ['U+20BB7']],
      ['error', { block: 0, part: 0, inline: 0, from: 7, to: 11 }, '𠮷𡈽', ['U+20BB7', 'U+2123D']],
      ['error', { block: 1, part: 1, inline: 0, from: 0, to: 2 }, '😀', ['U+1F600']],
    ]);
  });

  test('are errors in the title and in names that are printed with the text', () => {
    const found = check(ok, { title: '𠮷县进展', beside: ['某专班', '𡈽镇专班', '𡈽镇专班'] });
    expect(found.map((f) => [f.code, f.at, f.details.codePoints, f.details.text])).toEqual([
      ['title.undrawable', null, ['U+20BB7'], '𠮷县进展'],
      ['names.undrawable', null, ['U+2123D'], '𡈽镇专班'],
    ]);
  });

  test('are none of those that need no ink', () => {
    expect(codes(`葛\u{e0100}城、甲\u200b乙\u3000丙，${ok}`)).toEqual([]);
  });
});
