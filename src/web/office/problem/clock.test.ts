import { describe, expect, test } from 'vitest';
import { clockOf } from './clock.ts';

const of = { asOf: '2019-08-05T18:00:00+08:00', start: '2019-07-26T09:00:00+08:00', deadline: '2019-08-15', stopped: false };

describe('the line of a deadline', () => {
  test('goes from the letter to the deadline, with today on it', () => {
    const { from, today, x } = clockOf(of, 480);
    expect([from, today]).toEqual(['2019-07-26', '2019-08-05']);
    expect([x(from), x(today), x('2019-08-15')]).toEqual([0, 200, 400]);
  });

  test('goes on to today when the deadline has passed', () => {
    const { x, today } = clockOf({ ...of, asOf: '2019-08-25T00:30:00+08:00' }, 480);
    expect([x('2019-08-15'), x(today)]).toEqual([(20 / 30) * 400, 400]);
  });

  test('ends at the deadline when the clock was stopped, however long ago', () => {
    const { x } = clockOf({ ...of, asOf: '2026-01-01T00:00:00Z', stopped: true }, 480);
    expect([x('2019-08-15'), x('2026-01-01')]).toEqual([400, 400]);
  });

  test('counts civil days of the campaign, not of the reader or of UTC', () => {
    const late = { ...of, asOf: '2019-08-05T16:30:00Z', start: '2019-07-25T16:00:00Z' };
    expect(clockOf(late, 480)).toMatchObject({ from: '2019-07-26', today: '2019-08-06' });
    expect(clockOf(late, -300)).toMatchObject({ from: '2019-07-25', today: '2019-08-05' });
  });

  test('of a single day has room for it, and stays on the drawing', () => {
    const { x } = clockOf({ ...of, start: '2019-08-15T01:00:00+08:00', asOf: '2019-08-15T02:00:00+08:00' }, 480);
    expect([x('2019-08-14'), x('2019-08-15'), x('2019-08-16')]).toEqual([0, 0, 400]);
  });

  test('over a new year and a leap day counts each day once', () => {
    const { x } = clockOf({ ...of, start: '2019-12-31T00:00:00+08:00', asOf: '2020-01-01T00:00:00+08:00', deadline: '2020-03-01' }, 480);
    expect(x('2020-01-01')).toBeCloseTo(400 / 61);
    expect(x('2020-02-29')).toBeCloseTo((60 / 61) * 400);
  });
});
