import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printCount, printPercent } from '../../domain/publication/reading.ts';
import {
  batchName,
  formatDayTime,
  formatTime,
  formatBatches,
  formatChange,
  formatCount,
  formatDate,
  formatDay,
  formatMoment,
  formatMoney,
  moneyText,
  moneyTick,
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

describe('numbers at their edges', () => {
  const yuan = { currency: 'CNY', currencyDigits: 2 };
  test('counts of every size are grouped by three', () => {
    expect([0, 7, 999, 1000, 999_999, 1_000_000, Number.MAX_SAFE_INTEGER].map(formatCount)).toEqual([
      '0',
      '7',
      '999',
      '1,000',
      '999,999',
      '1,000,000',
      '9,007,199,254,740,991',
    ]);
  });

  test('no change is 0, whatever its sign', () => {
    expect([formatChange(0), formatChange(-0)]).toEqual(['0', '0']);
    expect([formatChange(1_000_000), formatChange(-1)]).toEqual(['+1,000,000', '−1']);
  });

  test('a rate has two decimals and no more precision than its parts', () => {
    expect([formatRate(0, 7), formatRate(1, 3), formatRate(2, 3), formatRate(7, 7), formatRate(8, 7)]).toEqual([
      '0.00',
      '33.33',
      '66.67',
      '100.00',
      '114.29',
    ]);
    // Exactly half of the last decimal goes up.
    expect([formatRate(1, 20_000), formatRate(3, 20_000), formatRate(1, 800)]).toEqual(['0.01', '0.02', '0.13']);
  });

  test('a rate of large numbers is not thrown off by them', () => {
    expect(formatRate(900_000_000_000, 1_800_000_000_000)).toBe('50.00');
    expect(formatRate(-1, 4)).toBe('-25.00');
  });

  test('money changes its unit at ten thousand and at a hundred million', () => {
    expect(formatMoney(999_999, yuan, 'zh')).toEqual({ value: '9,999.99', unit: '元' });
    expect(formatMoney(1_000_000, yuan, 'zh')).toEqual({ value: '1', unit: '万元' });
    expect(formatMoney(999_900_000_000, yuan, 'zh')).toEqual({ value: '99.99', unit: '亿元' });
    expect(formatMoney(10_000_000_000, yuan, 'zh')).toEqual({ value: '1.00', unit: '亿元' });
  });

  test('money that is nothing, owed, or of a currency without a name', () => {
    expect(moneyText(0, yuan, 'zh')).toBe('0元');
    expect(moneyText(-150_000_000, yuan, 'zh')).toBe('-150万元');
    expect(moneyText(1, yuan, 'en')).toBe('0.01 yuan');
    expect(formatMoney(5, { currency: 'XYZ', currencyDigits: 0 }, 'zh')).toEqual({ value: '5', unit: 'XYZ' });
    expect(formatMoney(1_234_567, { currency: 'KWD', currencyDigits: 3 }, 'en')).toEqual({ value: '1,234.57', unit: 'KWD' });
  });

  test('money on an axis is short, and a currency is not cut to a word of its own', () => {
    const yen = { currency: 'JPY', currencyDigits: 0 };
    expect([3_555_000_000, 12_500_000_000, 950_000, 0].map((v) => moneyTick(v, yuan, 'zh'))).toEqual([
      '3,555万',
      '1.25亿',
      '9,500元',
      '0元',
    ]);
    // 日 alone would be days.
    expect([moneyTick(5_000, yen, 'zh'), moneyTick(50_000, yen, 'zh'), moneyTick(5_000, yen, 'en')]).toEqual(['5,000日元', '5万', '5,000']);
  });

  test('the office writes a number as the bulletins do', () => {
    fc.assert(
      fc.property(fc.nat(5_000_000), fc.integer({ min: 1, max: 5_000_000 }), (n, d) => {
        expect(formatCount(n)).toBe(printCount(n));
        expect(`${formatRate(n, d)}%`).toBe(printPercent(n, d));
      }),
    );
  });
});

describe('civil time', () => {
  test('turns over at midnight of the campaign’s zone, at the end of a year and of February', () => {
    expect(formatDate('2019-12-31T15:59:59Z', 480, 'zh')).toBe('2019年12月31日');
    expect(formatDate('2019-12-31T16:00:00Z', 480, 'zh')).toBe('2020年1月1日');
    expect(formatDate('2020-02-28T16:00:00Z', 480, 'en')).toBe('29 Feb 2020');
    expect(formatDate('2019-02-28T16:00:00Z', 480, 'en')).toBe('1 Mar 2019');
    expect(formatDate('2020-01-01T03:29:59Z', -210, 'zh')).toBe('2019年12月31日');
    expect(formatDate('2019-12-31T18:15:00Z', 345, 'zh')).toBe('2020年1月1日');
  });

  test('is the same wherever the reader’s clock stands, also in an hour that their clocks leave out', () => {
    const zone = process.env.TZ;
    const shown = ['America/New_York', 'Asia/Shanghai', 'Pacific/Kiritimati', 'Europe/Berlin', 'UTC'].map((tz) => {
      process.env.TZ = tz;
      return [
        new Date(2019, 0, 1).getTimezoneOffset(),
        formatMoment('2019-03-10T07:30:00Z', 480, 'zh'),
        formatMoment('2019-03-31T02:30:00+08:00', 480, 'en'),
        formatDay('2019-11-03', -300, 'en'),
      ];
    });
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(new Set(shown.map(([offset]) => offset)).size).toBe(5);
    for (const [, ...texts] of shown) expect(texts).toEqual(['2019年3月10日15:30', '31 Mar 2019, 02:30', '3 Nov']);
  });

  test('of one instant is one, however its offset is written', () => {
    const same = ['2019-08-05T18:00:00+08:00', '2019-08-05T10:00:00Z', '2019-08-05T10:00:00.000Z', '2019-08-05T06:00:00-04:00'];
    expect(new Set(same.map((at) => formatMoment(at, 480, 'zh')))).toEqual(new Set(['2019年8月5日18:00']));
  });

  test('has seconds where there are any, and never in a history', () => {
    expect([formatTime('2019-08-05T10:00:00.999Z', 480), formatTime('2019-08-05T10:00:01Z', 480)]).toEqual(['18:00', '18:00:01']);
    expect([formatDayTime('2019-08-05T10:00:59Z', 480, 'zh'), formatDayTime('2019-08-05T10:00:59Z', 480, 'en')]).toEqual([
      '8月5日18:00',
      '5 Aug, 18:00',
    ]);
  });

  test('has every month in both languages', () => {
    const names = Array.from({ length: 12 }, (_, i) => formatDay(`2019-${String(i + 1).padStart(2, '0')}-09`, 0, 'en'));
    expect(names.join(' ')).toBe('9 Jan 9 Feb 9 Mar 9 Apr 9 May 9 Jun 9 Jul 9 Aug 9 Sep 9 Oct 9 Nov 9 Dec');
    expect(formatDay('2019-12-09', 0, 'zh')).toBe('12月9日');
  });
});

describe('batches', () => {
  test('of one, of a run, and of several runs', () => {
    expect([formatBatches([7], 'zh'), formatBatches([1, 2], 'zh'), formatBatches([1, 2, 3, 5, 8, 9], 'zh')]).toEqual([
      '第7批',
      '第1–2批',
      '第1–3、5、8–9批',
    ]);
    expect([formatBatches([10, 9], 'en'), formatBatches([1, 3], 'en')]).toEqual(['batches 9–10', 'batches 1, 3']);
  });

  test('named twice are one', () => {
    expect([formatBatches([1, 1, 2], 'zh'), formatBatches([3, 3], 'en')]).toEqual(['第1–2批', 'batch 3']);
  });

  test('are handed in sorted or not, and are not changed by it', () => {
    const list = [3, 1, 2];
    expect(formatBatches(list, 'en')).toBe('batches 1–3');
    expect(list).toEqual([3, 1, 2]);
  });

  test('have their own names in Chinese and their number in English', () => {
    expect(batchName(2, '', 'en')).toBe('Batch 2');
    expect(batchName(12, '回头看', 'en')).toBe('Batch 12');
    expect(batchName(2, '回头看', 'zh')).toContain('回头看');
  });
});

test('a hash of any length is never made longer', () => {
  expect(['', 'abc', 'a'.repeat(12), 'a'.repeat(13)].map(shortHash)).toEqual(['', 'abc', 'a'.repeat(12), 'aaaaaa…aaaa']);
});

describe('a date that cannot be read', () => {
  test.each(['', 'never', '2019-13-01', '2019-00-10', '2019-01-32', '2019年8月5日', '2019-08-05T25:00:00Z', 'NaN'])(
    '(%s) is shown as it is, and takes no page with it',
    (text) => {
      for (const lang of ['zh', 'en'] as const)
        for (const format of [formatDate, formatDay, formatMoment, formatDayTime]) expect(format(text, 480, lang)).toBe(text);
      expect(formatTime(text, 480)).toBe(text);
    },
  );
});
