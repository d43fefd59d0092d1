import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  dateOf,
  endOfDate,
  formatInstant,
  formatWithOffset,
  instant,
  isPlainDate,
  parseInstant,
  startOfDate,
  type Instant,
} from './instant.ts';

const instants = fc
  .integer({ min: Date.parse('0001-01-02T00:00:00Z'), max: Date.parse('9999-12-30T00:00:00Z') })
  .map((ms) => ms as Instant);
const offsets = fc.integer({ min: -12 * 60, max: 14 * 60 });

describe('an instant', () => {
  test('is read back as it was written, whatever the offset', () => {
    fc.assert(
      fc.property(instants, offsets, (at, offset) => {
        expect(parseInstant(formatInstant(at))).toBe(at);
        expect(parseInstant(formatWithOffset(at, offset))).toBe(at);
      }),
    );
  });

  test('is the same moment under any offset', () => {
    expect(parseInstant('2019-08-05T18:00:00+08:00')).toBe(parseInstant('2019-08-05T10:00:00Z'));
    expect(parseInstant('2019-08-05T18:00+0800')).toBe(parseInstant('2019-08-05T10:00:00.000Z'));
  });

  test('is cut to milliseconds, not rounded up', () => {
    expect(parseInstant('2019-08-05T18:00:00.9999+08:00')).toBe(parseInstant('2019-08-05T18:00:00.999+08:00'));
    expect(parseInstant('2019-08-05T18:00:00.5+08:00')).toBe((parseInstant('2019-08-05T18:00:00+08:00') as number) + 500);
  });

  test.each([
    '2019-08-05',
    '2019-08-05T18:00:00',
    '2019-08-05 18:00:00+08:00',
    '2019-02-29T00:00:00Z',
    '2019-13-01T00:00:00Z',
    '2019-00-10T00:00:00Z',
    '2019-08-32T00:00:00Z',
    '2019-08-05T24:00:00Z',
    '2019-08-05T23:60:00Z',
    '2019-08-05T23:59:60Z',
    '2019-08-05T18:00:00+15:00',
    '2019-08-05T18:00:00+08:60',
    '2019-08-05T18:00:00 08:00',
    '+12019-08-05T18:00:00Z',
    '1565000000000',
    'yesterday',
    '',
  ])('refuses %s', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  test('cannot be part of a millisecond', () => {
    expect(() => instant(0.5)).toThrow('whole number');
    expect(() => instant(Number.NaN)).toThrow('whole number');
  });
});

describe('a civil date', () => {
  test.each([
    ['2019-08-05', true],
    ['2020-02-29', true],
    ['1900-02-29', false],
    ['0050-01-01', true],
    ['2019-2-3', false],
    ['2019-04-31', false],
  ])('%s: %s', (text, real) => {
    expect(isPlainDate(text)).toBe(real);
  });

  test('holds exactly the instants from its start to its end', () => {
    fc.assert(
      fc.property(instants, offsets, (at, offset) => {
        const date = dateOf(at, offset);
        expect(startOfDate(date, offset)).toBeLessThanOrEqual(at);
        expect(endOfDate(date, offset)).toBeGreaterThan(at);
        expect(startOfDate(addDays(date, 1), offset)).toBe(endOfDate(date, offset));
      }),
    );
  });

  test('begins at midnight in Beijing, not at midnight UTC', () => {
    expect(formatInstant(startOfDate('2019-08-05', 480))).toBe('2019-08-04T16:00:00.000Z');
    expect(dateOf(parseInstant('2019-08-04T16:00:00Z') as Instant, 480)).toBe('2019-08-05');
  });
});

describe('the edges of what is read as an instant', () => {
  const ms = (text: string) => parseInstant(text) as number | undefined;

  test.each([
    ['1970-01-01T00:00Z', 0],
    ['1970-01-01T00:00:01Z', 1000],
    ['1970-01-01T01:02:03.004Z', 3_723_004],
    ['1970-01-01T00:00:00.04Z', 40],
    ['1970-01-01T00:00:00.123456789Z', 123],
    ['1970-12-31T23:59:59Z', 31_535_999_000],
    ['2020-02-29T00:00:00Z', 1_582_934_400_000],
    ['1970-01-01T14:59:00+14:59', 0],
    ['1969-12-31T09:01:00-14:59', 0],
    ['1970-01-01T00:00:00-00:30', 1_800_000],
    ['  1970-01-01T00:00Z\n', 0],
    ['0001-01-01T00:00:00Z', -62_135_596_800_000],
    ['0099-12-31T00:00:00Z', -59_011_545_600_000],
  ])('%j is %d ms', (text, wanted) => {
    expect(ms(text)).toBe(wanted);
  });

  test.each([
    'x1970-01-01T00:00Z',
    '1970-01-01T00:00Zx',
    '1970-01-00T00:00Z',
    '1970-01-01T00:00:00.Z',
    '1970-01-01T00:00:00.1234567890Z',
    '1970-01-01T00:00+15:00',
    '1970-01-01T00:00+14:60',
    '1970-01-01T00:00+8:00',
    '1970-01-01T00:00z',
    '1970-1-01T00:00Z',
    '197-01-01T00:00Z',
  ])('refuses %j', (text) => {
    expect(ms(text)).toBeUndefined();
  });
});

describe('how an instant is written', () => {
  test('with an offset east or west, in two digits each, and milliseconds only if there are any', () => {
    const at = instant(Date.UTC(2019, 7, 5, 10, 0, 0, 7));
    expect(formatWithOffset(at, 480)).toBe('2019-08-05T18:00:00.007+08:00');
    expect(formatWithOffset(instant(at - 7), 0)).toBe('2019-08-05T10:00:00+00:00');
    expect(formatWithOffset(instant(at - 7), -570)).toBe('2019-08-05T00:30:00-09:30');
    expect(formatWithOffset(instant(at - 7), 845)).toBe('2019-08-06T00:05:00+14:05');
    expect(formatInstant(instant(0))).toBe('1970-01-01T00:00:00.000Z');
  });
});

describe('civil dates', () => {
  test('follow one another over the ends of months and years', () => {
    expect([addDays('2019-12-31', 1), addDays('2020-02-28', 1), addDays('2019-03-01', -1), addDays('2019-07-01', 99)]).toEqual([
      '2020-01-01',
      '2020-02-29',
      '2019-02-28',
      // The hundred days of the campaign end on 8 October.
      '2019-10-08',
    ]);
  });

  test('end where the next one begins, a day of 24 hours later', () => {
    expect(formatInstant(endOfDate('2019-08-05', 480))).toBe('2019-08-05T16:00:00.000Z');
    expect(formatInstant(startOfDate('2019-08-05', -300))).toBe('2019-08-05T05:00:00.000Z');
    expect(dateOf(instant(Date.UTC(2019, 7, 5, 4, 59, 59)), -300)).toBe('2019-08-04');
  });

  test.each([
    ['2019-00-10', false],
    ['2019-13-01', false],
    ['2019-12-31', true],
    ['2019-01-01', true],
    ['2019-01-00', false],
    ['2019-01-32', false],
    ['2000-02-29', true],
    ['2019-08-05 ', false],
    ['x2019-08-05', false],
    ['2019-08-05T00:00', false],
  ])('%j is one: %s', (text, real) => {
    expect(isPlainDate(text)).toBe(real);
  });
});

test('an instant has to be a safe whole number', () => {
  expect(instant(-1)).toBe(-1);
  expect(() => instant(2 ** 53)).toThrow('not a whole number of milliseconds: 9007199254740992');
});
