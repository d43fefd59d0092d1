import { describe, expect, test } from 'vitest';
import { instantsOf, parseDays, writeDays } from './day-range.ts';

describe('a range of civil days', () => {
  test.each([
    ['2019-07-01..2019-07-31', { from: '2019-07-01', to: '2019-07-31' }],
    ['2019-07-01..', { from: '2019-07-01', to: null }],
    ['..2019-07-31', { from: null, to: '2019-07-31' }],
    ['2020-02-29..2020-02-29', { from: '2020-02-29', to: '2020-02-29' }],
  ])('is read and written: %s', (text, range) => {
    expect(parseDays(text)).toEqual(range);
    expect(writeDays(range)).toBe(text);
  });

  test('may be one day', () => {
    expect(parseDays('2019-07-01')).toEqual({ from: '2019-07-01', to: '2019-07-01' });
  });

  test.each([
    '',
    '..',
    '2019-07-31..2019-07-01',
    '2019-02-29..',
    '2019-7-1..',
    '2019-07-01...2019-07-02',
    'x..2019-07-01',
    '2019-07-01..x',
  ])('is not read from what is none: %s', (text) => expect(parseDays(text)).toBeUndefined());

  test('with both ends open is nothing', () => expect(writeDays({ from: null, to: null })).toBe(''));

  test('holds the whole of its days in the place where they are', () => {
    const range = instantsOf({ from: '2019-07-01', to: '2019-07-02' }, 480);
    expect(new Date(range.from ?? 0).toISOString()).toBe('2019-06-30T16:00:00.000Z');
    expect(new Date(range.before ?? 0).toISOString()).toBe('2019-07-02T16:00:00.000Z');
    expect(instantsOf({ from: null, to: null }, 480)).toEqual({ from: null, before: null });
  });
});
