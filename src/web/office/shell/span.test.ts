import { expect, test } from 'vitest';
import { dayNumber, endOfDay, offsetText, spanOf } from './span.ts';

const shanxi = {
  utcOffsetMinutes: 480,
  recorded: { from: null, to: null },
  phases: [
    { code: 'self', name: { zh: '', en: '' }, from: '2019-06-01', to: '2019-06-30' },
    { code: 'campaign', name: { zh: '', en: '' }, from: '2019-07-01', to: '2019-10-08' },
  ],
};

test('the ruler shows the hundred days, not the month of self-examination', () => {
  expect(spanOf(shanxi)).toEqual({ from: '2019-07-01', to: '2019-10-08', days: 100, counted: true });
});

test('5 August is day 36', () => {
  const span = spanOf(shanxi)!;
  expect(dayNumber(span, '2019-08-05T18:00:00+08:00', 480)).toBe(36);
  expect(dayNumber(span, '2019-08-05T17:00:00Z', 480)).toBe(37);
  expect(endOfDay(span, 36, 480)).toBe('2019-08-05T23:59:59+08:00');
});

test('a register without phases shows what was recorded', () => {
  const span = spanOf({ phases: [], utcOffsetMinutes: -300, recorded: { from: '2025-09-03T05:00:00Z', to: '2026-04-02T05:00:00Z' } });
  expect(span).toMatchObject({ from: '2025-09-03', to: '2026-04-02', counted: false });
  expect(spanOf({ phases: [], utcOffsetMinutes: 0, recorded: { from: null, to: null } })).toBeNull();
});

test('offsets are written with their sign', () => {
  expect(offsetText(480)).toBe('+08:00');
  expect(offsetText(-300)).toBe('-05:00');
});
