import { expect, test } from 'vitest';
import { defaultStart, historyRange } from './range.ts';

const campaign = {
  utcOffsetMinutes: 480,
  phases: [{ code: 'c', name: { zh: '', en: '' }, from: '2019-07-01', to: '2019-10-08' }],
  recorded: { from: '2019-06-01T00:00:00Z', to: '2019-10-31T10:00:00Z' },
  moments: [
    { at: '2019-07-28T18:00:00+08:00', name: { zh: '', en: '' } },
    { at: '2019-08-05T18:00:00+08:00', name: { zh: '', en: '' } },
  ],
};

test('a history never goes beyond the answer or the last record', () => {
  expect(historyRange(campaign, '2019-08-05T10:00:00Z')).toEqual({ from: '2019-07-01T00:00:00+08:00', to: '2019-08-05T18:00:00+08:00' });
  expect(historyRange(campaign, '2026-01-01T00:00:00Z')?.to).toBe('2019-10-31T18:00:00+08:00');
  expect(historyRange(campaign, '2019-06-15T00:00:00Z')).toBeNull();
});

test('a waterfall begins at the named moment before, else a week before', () => {
  expect(defaultStart(campaign, '2019-08-05T10:00:00Z')).toBe('2019-07-28T18:00:00+08:00');
  expect(defaultStart({ ...campaign, moments: [] }, '2019-08-05T10:00:00Z')).toBe('2019-07-29T18:00:00+08:00');
});
