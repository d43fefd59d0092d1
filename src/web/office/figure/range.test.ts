import { describe, expect, test } from 'vitest';
import { defaultStart, historyRange } from './range.ts';

const moment = (at: string) => ({ at, name: { zh: '', en: '' } });
const campaign = {
  utcOffsetMinutes: 480,
  phases: [{ code: 'c', name: { zh: '', en: '' }, from: '2019-07-01', to: '2019-10-08' }],
  recorded: { from: '2019-06-01T00:00:00Z', to: '2019-10-31T10:00:00Z' },
  moments: [moment('2019-07-28T18:00:00+08:00'), moment('2019-08-05T18:00:00+08:00')],
};

describe('the stretch of a history', () => {
  test('never goes beyond the answer or the last record', () => {
    expect(historyRange(campaign, '2019-08-05T10:00:00Z')).toEqual({ from: '2019-07-01T00:00:00+08:00', to: '2019-08-05T18:00:00+08:00' });
    expect(historyRange(campaign, '2026-01-01T00:00:00Z')?.to).toBe('2019-10-31T18:00:00+08:00');
  });

  test('is none before the first day, at its very beginning, or without an instant', () => {
    expect(historyRange(campaign, '2019-06-15T00:00:00Z')).toBeNull();
    expect(historyRange(campaign, '2019-06-30T16:00:00Z')).toBeNull();
    expect(historyRange(campaign, 'now')).toBeNull();
    expect(historyRange({ ...campaign, phases: [], recorded: { from: null, to: null } }, '2019-08-05T10:00:00Z')).toBeNull();
  });

  test('ends on a whole second that holds the last record, and not after the answer', () => {
    const last = { ...campaign, recorded: { ...campaign.recorded, to: '2019-08-01T10:00:00.250Z' } };
    expect(historyRange(last, '2019-08-05T10:00:00Z')?.to).toBe('2019-08-01T18:00:01+08:00');
    expect(historyRange(last, '2019-08-01T10:00:00.500Z')?.to).toBe('2019-08-01T18:00:00.500+08:00');
    expect(historyRange(campaign, '2019-08-05T10:00:00.007Z')?.to).toBe('2019-08-05T18:00:00.007+08:00');
  });

  test('of a campaign that still records goes on to the answer', () => {
    expect(historyRange({ ...campaign, recorded: { from: null, to: null } }, '2019-08-05T10:00:00Z')?.to).toBe('2019-08-05T18:00:00+08:00');
  });

  test('begins at midnight of the campaign’s zone', () => {
    expect(historyRange({ ...campaign, utcOffsetMinutes: -210 }, '2019-08-05T10:00:00Z')?.from).toBe('2019-07-01T00:00:00-03:30');
  });
});

describe('a waterfall begins', () => {
  test('at the named moment before the answer, else a week before', () => {
    expect(defaultStart(campaign, '2019-08-05T10:00:00Z')).toBe('2019-07-28T18:00:00+08:00');
    expect(defaultStart({ ...campaign, moments: [] }, '2019-08-05T10:00:00Z')).toBe('2019-07-29T18:00:00+08:00');
  });

  test('at the nearest of several, in whatever order and offset they are listed', () => {
    const moments = [
      moment('2019-08-05T10:00:00.000Z'),
      moment('2019-07-01T00:00:00+08:00'),
      moment('2019-08-01T00:00:00-05:00'),
      moment('never'),
    ];
    expect(defaultStart({ ...campaign, moments }, '2019-08-04T00:00:00Z')).toBe('2019-08-01T13:00:00+08:00');
    expect(defaultStart({ ...campaign, moments }, '2019-06-01T00:00:00Z')).toBe('2019-05-25T08:00:00+08:00');
  });

  test('a week before over the end of a year', () => {
    expect(defaultStart({ ...campaign, moments: [] }, '2020-01-03T00:00:00Z')).toBe('2019-12-27T08:00:00+08:00');
  });
});
