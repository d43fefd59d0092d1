import { describe, expect, test } from 'vitest';
import {
  formatBatches,
  formatChange,
  formatCount,
  formatDate,
  formatDay,
  formatMoment,
  formatMoney,
  moneyText,
  formatRate,
  shortHash,
} from './format.ts';

describe('figures as people read them', () => {
  test('1258 of 1914 is 65.73, of 2507 it is 50.18', () => {
    expect(formatRate(1258, 1914)).toBe('65.73');
    expect(formatRate(1258, 2507)).toBe('50.18');
    expect(formatRate(3, 3)).toBe('100.00');
  });
  test('a rate without a denominator has no value', () => {
    expect(formatRate(0, 0)).toBeNull();
    expect(formatRate(5, null)).toBeNull();
  });
  test('counts have separators, changes a sign', () => {
    expect(formatCount(22234)).toBe('22,234');
    expect(formatChange(69)).toBe('+69');
    expect(formatChange(-1100)).toBe('−1,100');
    expect(formatChange(0)).toBe('0');
  });
  const yuan = { currency: 'CNY', currencyDigits: 2 };
  test('35.55 million yuan is 3,555 wan in Chinese', () => {
    expect(formatMoney(3_555_000_000, yuan, 'zh')).toEqual({ value: '3,555', unit: '万元' });
    expect(formatMoney(12_500_000_000, yuan, 'zh')).toEqual({ value: '1.25', unit: '亿元' });
    expect(formatMoney(950_050, yuan, 'zh')).toEqual({ value: '9,500.5', unit: '元' });
    expect(formatMoney(3_555_000_000, yuan, 'en')).toEqual({ value: '35,550,000', unit: 'yuan' });
    expect(formatMoney(125_00, { currency: 'USD', currencyDigits: 2 }, 'en')).toEqual({ value: '125', unit: 'USD' });
    expect([moneyText(3_555_000_000, yuan, 'zh'), moneyText(3_555_000_000, yuan, 'en')]).toEqual(['3,555万元', '35,550,000 yuan']);
  });
  test('a currency kept in whole units is not divided', () => {
    expect(formatMoney(9_500, { currency: 'CNY', currencyDigits: 0 }, 'zh')).toEqual({ value: '9,500', unit: '元' });
    expect(formatMoney(133_814_009, { currency: 'USD', currencyDigits: 0 }, 'en')).toEqual({ value: '133,814,009', unit: 'USD' });
    expect(formatMoney(20_000, { currency: 'JPY', currencyDigits: 0 }, 'zh')).toEqual({ value: '2', unit: '万日元' });
  });
});

describe('dates in the campaign’s own zone', () => {
  test('an instant is shown on its civil day', () => {
    expect(formatDate('2019-08-04T18:30:00Z', 480, 'zh')).toBe('2019年8月5日');
    expect(formatDate('2019-08-04T18:30:00Z', -300, 'en')).toBe('4 Aug 2019');
  });
  test('a plain date is not shifted', () => {
    expect(formatDay('2019-08-05', 480, 'zh')).toBe('8月5日');
    expect(formatDay('2019-08-05', -300, 'en')).toBe('5 Aug');
  });
  test('the moment says seconds only when there are any', () => {
    expect(formatMoment('2019-08-05T18:00:00+08:00', 480, 'zh')).toBe('2019年8月5日18:00');
    expect(formatMoment('2019-08-05T18:00:07+08:00', 480, 'en')).toBe('5 Aug 2019, 18:00:07');
  });
});

test('neighbouring batches become a range', () => {
  expect(formatBatches([3, 1, 2], 'zh')).toBe('第1–3批');
  expect(formatBatches([1, 2, 4], 'en')).toBe('batches 1–2, 4');
  expect(formatBatches([4], 'en')).toBe('batch 4');
});

test('a hash is shortened to its ends', () => {
  expect(shortHash('9a41e0'.repeat(10))).toBe('9a41e0…41e0');
});
