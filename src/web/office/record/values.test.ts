import { expect, test } from 'vitest';
import { instantOf, localTime, missing, outOfHand, typeFor, type Values } from './values.ts';

const full: Values = {
  sourceId: 's',
  sourceNo: 'SX-Y000001',
  unit: '漱石演示砖瓦厂',
  place: 141_023,
  found: '2019-08-05T13:18',
  aspect: 'scattered',
  type: 'scattered',
  clue: 'inspection',
  text: '加药泵停运',
  evidence: [],
};

test('what is missing is told in the order of the page; a blank is nothing', () => {
  expect(missing(full)).toEqual([]);
  expect(missing({ ...full, unit: ' ', place: null, text: '\n' })).toEqual(['unit', 'place', 'text']);
  expect(missing({ ...full, found: '', aspect: '', type: '' })).toEqual(['found', 'aspect', 'type']);
});

test('a time of the campaign is the same instant on every machine', () => {
  expect(localTime(Date.UTC(2019, 7, 5, 5, 18, 59), 480)).toBe('2019-08-05T13:18');
  expect(instantOf('2019-08-05T13:18', 480)).toBe('2019-08-05T13:18:00+08:00');
  expect(instantOf('2019-08-05T13:18:30', -210)).toBe('2019-08-05T13:18:00-03:30');
  expect(localTime(Date.UTC(2019, 11, 31, 23, 0), 480)).toBe('2020-01-01T07:00');
});

test('the type follows the aspect where one has its name, and is left alone where none has', () => {
  const types = [{ code: 'scattered' }, { code: 'dust' }];
  expect(typeFor('dust', types, 'scattered')).toBe('dust');
  expect(typeFor('boilers', types, 'scattered')).toBe('scattered');
  expect(typeFor('boilers', types, '')).toBe('');
});

test('a file that was chosen before a reload has to be chosen again', () => {
  const file = (sha256: string) => ({ sha256, kind: 'photo' as const, name: `${sha256}.jpg`, takenAt: '2019-08-05T13:21:00+08:00' });
  expect(outOfHand([file('a'), file('b')], new Map([['a', 1]])).map((e) => e.sha256)).toEqual(['b']);
});
