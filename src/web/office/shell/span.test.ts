import { daysBetween } from '../../../domain/kernel/instant.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayNumber, dayPosition, endOfDay, offsetText, spanOf, type Span } from './span.ts';

const phase = (code: string, from: string, to: string) => ({ code, name: { zh: '', en: '' }, from, to });
const shanxi = {
  utcOffsetMinutes: 480,
  recorded: { from: null, to: null },
  phases: [phase('self', '2019-06-01', '2019-06-30'), phase('campaign', '2019-07-01', '2019-10-08')],
};
const hundred = spanOf(shanxi) as Span;

describe('the days a ruler shows', () => {
  test('are the hundred days, not the month of self-examination', () => {
    expect(hundred).toEqual({ from: '2019-07-01', to: '2019-10-08', days: 100, counted: true });
  });

  test('of a register without phases are what was recorded', () => {
    const span = spanOf({ phases: [], utcOffsetMinutes: -300, recorded: { from: '2025-09-03T05:00:00Z', to: '2026-04-02T05:00:00Z' } });
    expect(span).toMatchObject({ from: '2025-09-03', to: '2026-04-02', counted: false });
    expect(spanOf({ phases: [], utcOffsetMinutes: 0, recorded: { from: null, to: null } })).toBeNull();
    expect(spanOf({ phases: [], utcOffsetMinutes: 0, recorded: { from: '2025-09-03T05:00:00Z', to: null } })).toBeNull();
    expect(spanOf({ phases: [], utcOffsetMinutes: 0, recorded: { from: 'yesterday', to: 'today' } })).toBeNull();
  });

  test('are counted one by one up to two hundred', () => {
    const of = (to: string) => spanOf({ ...shanxi, phases: [phase('a', '2019-01-01', to)] });
    expect([of('2019-07-19')?.days, of('2019-07-19')?.counted, of('2019-07-20')?.counted]).toEqual([200, true, false]);
  });

  test('of two phases of one length are those of the first, and the campaign’s list is not sorted by it', () => {
    const phases = [phase('a', '2019-07-01', '2019-07-10'), phase('b', '2019-08-01', '2019-08-10')];
    expect(spanOf({ ...shanxi, phases })?.from).toBe('2019-07-01');
    expect(phases.map((p) => p.code)).toEqual(['a', 'b']);
    expect(spanOf({ ...shanxi, phases: [phase('one', '2019-07-01', '2019-07-01')] })?.days).toBe(1);
  });

  test('of one recorded second are one day', () => {
    const at = '2019-12-31T16:00:00Z';
    expect(spanOf({ phases: [], utcOffsetMinutes: 480, recorded: { from: at, to: at } })).toMatchObject({ from: '2020-01-01', days: 1 });
  });
});

describe('the day of an instant', () => {
  test('is counted from 1 in the campaign’s zone', () => {
    expect(dayNumber(hundred, '2019-08-05T18:00:00+08:00', 480)).toBe(36);
    expect(dayNumber(hundred, '2019-08-05T17:00:00Z', 480)).toBe(37);
    expect(endOfDay(hundred, 36, 480)).toBe('2019-08-05T23:59:59+08:00');
  });

  test('before the first is 0 or less, after the last more than there are', () => {
    expect(dayNumber(hundred, '2019-06-30T15:59:59Z', 480)).toBe(0);
    expect(dayNumber(hundred, '2019-06-30T16:00:00Z', 480)).toBe(1);
    expect(dayNumber(hundred, '2019-10-08T15:59:59Z', 480)).toBe(100);
    expect(dayNumber(hundred, '2019-10-08T16:00:00Z', 480)).toBe(101);
    expect(dayNumber(hundred, '2018-07-01T00:00:00Z', 480)).toBe(-364);
  });

  test('that is none is no day', () => {
    for (const at of ['', 'now', '2019-08-05', '2019-13-01T00:00:00Z'])
      expect([dayNumber(hundred, at, 480), dayPosition(hundred, at, 480)]).toEqual([0, 0]);
  });

  test('has its place within the day', () => {
    expect(dayPosition(hundred, '2019-07-01T00:00:00+08:00', 480)).toBe(0);
    expect(dayPosition(hundred, '2019-07-02T12:00:00+08:00', 480)).toBe(1.5);
    expect(dayPosition(hundred, '2019-06-30T18:00:00+08:00', 480)).toBe(-0.25);
  });

  test('ends on that day and not on the next, whatever the zone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: -720, max: 840 }), (day, offset) => {
        const end = endOfDay(hundred, day, offset);
        expect(dayNumber(hundred, end, offset)).toBe(day);
        expect(dayNumber(hundred, new Date(Date.parse(end) + 1000).toISOString(), offset)).toBe(day + 1);
      }),
    );
  });
});

test('days are counted over leap days and the nights when clocks are changed', () => {
  expect([
    daysBetween('2020-02-28', '2020-03-01'),
    daysBetween('2019-02-28', '2019-03-01'),
    daysBetween('2019-12-31', '2020-01-01'),
  ]).toEqual([2, 1, 1]);
  expect([
    daysBetween('2019-03-09', '2019-03-11'),
    daysBetween('2019-07-02', '2019-07-01'),
    daysBetween('2019-07-01', '2019-07-01'),
  ]).toEqual([2, -1, 0]);
});

test('offsets are written with their sign, and with minutes where there are some', () => {
  expect([480, -300, 0, 345, -210, 840].map(offsetText)).toEqual(['+08:00', '-05:00', '+00:00', '+05:45', '-03:30', '+14:00']);
});
