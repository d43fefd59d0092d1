import { describe, expect, test } from 'vitest';
import { printCount, printMoney, printPercent, printReading, type Reading } from './reading.ts';
import type { Show } from './token.ts';

const yuan = { currency: 'CNY', digits: 2 };

describe('how a figure is written', () => {
  test.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [2507, '2,507'],
    [1_234_567, '1,234,567'],
  ])('the count %d is %s', (n, text) => {
    expect(printCount(n)).toBe(text);
  });

  test.each([
    [1258, 1914, '65.73%'],
    [5294, 5363, '98.71%'],
    [1, 1, '100.00%'],
    [0, 7, '0.00%'],
    [1, 3, '33.33%'],
    [2, 3, '66.67%'],
    [0, 0, '—'],
    [5, null, '—'],
  ])('%d of %j is %s', (numerator, denominator, text) => {
    expect(printPercent(numerator, denominator)).toBe(text);
  });

  test.each([
    // Fen: 35.55 million yuan in the press.
    [3_555_000_000, '3,555万元', '35,550,000 yuan'],
    [12_500_000_000, '1.25亿元', '125,000,000 yuan'],
    [10_000_000_000, '1.00亿元', '100,000,000 yuan'],
    [1_000_000, '1万元', '10,000 yuan'],
    [999_999, '9,999.99元', '9,999.99 yuan'],
    [1_234_500, '1.23万元', '12,345 yuan'],
    [150, '1.5元', '1.5 yuan'],
    [5, '0.05元', '0.05 yuan'],
    [0, '0元', '0 yuan'],
    [-150, '-1.5元', '-1.5 yuan'],
    [-1_000_000, '-1万元', '-10,000 yuan'],
    [-10_000_000_000, '-1.00亿元', '-100,000,000 yuan'],
  ])('%d fen are %s and %s', (minor, zh, en) => {
    expect([printMoney(minor, yuan, 'zh'), printMoney(minor, yuan, 'en')]).toEqual([zh, en]);
  });

  test('other money goes by its code and its own decimals', () => {
    expect(printMoney(123_456, { currency: 'USD', digits: 2 }, 'en')).toBe('1,234.56 USD');
    expect(printMoney(5000, { currency: 'JPY', digits: 0 }, 'en')).toBe('5,000 JPY');
    expect(printMoney(50_000, { currency: 'JPY', digits: 0 }, 'zh')).toBe('5万JPY');
  });
});

describe('what a token stands for', () => {
  const reading = (unit: string, numerator: number, denominator: number | null): Reading => ({
    id: 'x',
    version: 1,
    filter: {},
    asOf: '2019-08-05T18:00:00+08:00',
    numerator,
    denominator,
    value: null,
    unit,
  });
  const shown = (r: Reading) =>
    (['value', 'numerator', 'denominator', 'percent'] as const).map((show: Show) => printReading(r, show, yuan, 'zh'));

  test('of a rate is its percentage, or either side of it', () => {
    expect(shown(reading('ratio', 1258, 1914))).toEqual(['65.73%', '1,258', '1,914', '65.73%']);
  });

  test('of a count is the count, and a dash for what it does not have', () => {
    expect(shown(reading('problem', 2507, null))).toEqual(['2,507', '2,507', '—', '—']);
  });

  test('of money is money', () => {
    expect(shown(reading('fen', 3_555_000_000, null))).toEqual(['3,555万元', '3,555万元', '—', '—']);
  });
});
