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
