import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAmount } from './amounts.ts';
import { dateFormat, readDate, type DateFormat } from './dates.ts';

const date = (text: string, format: string, pivot?: number) => readDate(text, [dateFormat(format) as DateFormat], pivot);

describe('dates', () => {
  test.each([
    ['8/29/25', 'M/D/YY', { date: '2025-08-29', time: '00:00:00' }],
    ['1/6/05', 'M/D/YY', { date: '2005-01-06', time: '00:00:00' }],
    ['2015/11/19 09:12', 'YYYY/MM/DD HH:mm', { date: '2015-11-19', time: '09:12:00' }],
    ['09/03/2025 9:00 AM', 'MM/DD/YYYY h:mm A', { date: '2025-09-03', time: '09:00:00' }],
    ['12/02/2025 12PM', 'MM/DD/YYYY hhA', { date: '2025-12-02', time: '12:00:00' }],
    ['12/02/2025 12am', 'MM/DD/YYYY hhA', { date: '2025-12-02', time: '00:00:00' }],
    ['31.12.2020', 'D.M.YYYY', { date: '2020-12-31', time: '00:00:00' }],
    ['29/2/2020', 'D/M/YYYY', { date: '2020-02-29', time: '00:00:00' }],
    ['29/2/2021', 'D/M/YYYY', undefined],
    ['2/30/25', 'M/D/YY', undefined],
    ['13/1/25', 'M/D/YY', undefined],
    ['2025-8-1', 'YYYY-MM-DD', undefined],
    ['8/29/25 x', 'M/D/YY', undefined],
    ['12/02/2025 13PM', 'MM/DD/YYYY hhA', undefined],
    ['31x12x2020', 'D.M.YYYY', undefined],
  ])('%s as %s', (text, format, expected) => expect(date(text, format)).toEqual(expected));

  test('two-digit years turn at the pivot', () => {
    expect([date('1/1/69', 'M/D/YY', 70)?.date, date('1/1/70', 'M/D/YY', 70)?.date, date('1/1/70', 'M/D/YY', 71)?.date]).toEqual([
      '2069-01-01',
      '1970-01-01',
      '2070-01-01',
    ]);
  });

  test.each(['M/D', 'YYYY', 'YYYY YY MM DD', ''])('%j is no date format', (format) => expect(dateFormat(format)).toBeUndefined());
});

describe('amounts', () => {
  test.each([
    ['37200', {}, 2, 3_720_000],
    ['0', {}, 2, 0],
    ['12.5', {}, 2, 1250],
    ['12.500', {}, 2, 1250],
    ['12.505', {}, 2, undefined],
    ['1.5', {}, 0, undefined],
    ['1,234,567.89', { thousands: ',' as const }, 2, 123_456_789],
    ['1,23', { thousands: ',' as const }, 2, undefined],
    ['1.234,5', { thousands: '.' as const, decimal: ',' as const }, 2, 123_450],
    ['-5', {}, 2, undefined],
    ['-5', { negative: true }, 2, -500],
    ['1e5', {}, 2, undefined],
    ['0x10', {}, 2, undefined],
    ['９', {}, 2, undefined],
    ['99999999999999999999', {}, 2, undefined],
    ['$5', {}, 2, undefined],
  ])('%s %j with %i digits', (text, rule, digits, expected) => expect(readAmount(text, rule, digits)).toBe(expected));

  test('reads back whatever it is written as', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 50 }), fc.constantFrom(0, 2, 3), (minor, digits) => {
        const text = String(minor).padStart(digits + 1, '0');
        const written = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
        expect(readAmount(written, {}, digits)).toBe(minor);
      }),
    );
  });
});
