import { describe, expect, test } from 'vitest';
import { figureKey, parseToken, printToken, type FigureToken } from './token.ts';

const read = (inner: string) => parseToken(inner) as FigureToken;
const refused = (code: string, details: object) => ({ refused: true, code, details });

describe('what stands between double braces', () => {
  test('is a figure with version, filter, instant and side', () => {
    expect(read(' clearance.rate@12 show=numerator asOf=2019-08-05T18:00:00+08:00 type=other  batches=10,9,9 ')).toEqual({
      id: 'clearance.rate',
      version: 12,
      filter: { batches: '9,10', type: 'other' },
      asOf: '2019-08-05T18:00:00+08:00',
      show: 'numerator',
    });
    expect(read('x@1')).toEqual({ id: 'x', version: 1, filter: {}, asOf: null, show: 'value' });
    expect(read('cases.typical-new.v2@9999').id).toBe('cases.typical-new.v2');
  });

  test('has one order of its keys: those of filters as filters have them, others after them by name', () => {
    const token = read('x@1 zoo=1 measure=m type=t aspect=a county=k city=c batches=1 alpha=2');
    expect(printToken(token)).toBe('{{x@1 batches=1 city=c county=k aspect=a type=t measure=m alpha=2 zoo=1}}');
    expect(Object.keys(token.filter)).toEqual(['batches', 'city', 'county', 'aspect', 'type', 'measure', 'alpha', 'zoo']);
    expect(printToken({ ...token, filter: { city: 'c', batches: '1' }, asOf: 'T', show: 'percent' })).toBe(
      '{{x@1 batches=1 city=c asOf=T show=percent}}',
    );
  });

  test('keeps a list of batches that is none as it was written, and other lists too', () => {
    for (const list of ['2,x1', '2,1x', '0,1', '3,', '2,10000', '1,1.5'])
      expect(read(`x@1 batches=${list}`).filter).toEqual({ batches: list });
    expect(read('x@1 batches=22,3').filter).toEqual({ batches: '3,22' });
    expect(read('x@1 city=3,1').filter).toEqual({ city: '3,1' });
  });

  test.each([
    ['xx', { token: 'xx' }],
    ['!x@1', { token: '!x@1' }],
    ['x@1!', { token: 'x@1!' }],
    ['x@10000', { token: 'x@10000' }],
    ['X@1', { token: 'X@1' }],
    ['a..b@1', { token: 'a..b@1' }],
    ['x@1 a={', { token: 'x@1 a={' }],
    ['x@1 a1=2', { token: 'x@1 a1=2' }],
    [`x@1${'y'.repeat(200)}`, { token: `x@1${'y'.repeat(117)}` }],
  ])('%j is malformed', (inner, details) => {
    expect(parseToken(inner)).toEqual(refused('token.malformed', details));
  });

  test('names each key once and a side that there is', () => {
    expect(parseToken('x@1 show=value show=value')).toEqual(
      refused('token.key-twice', { token: 'x@1 show=value show=value', key: 'show' }),
    );
    expect(parseToken('x@1 asOf=a asOf=a')).toEqual(refused('token.key-twice', { token: 'x@1 asOf=a asOf=a', key: 'asOf' }));
    const long = `x@1 city=${'1'.repeat(150)} city=2`;
    expect(parseToken(long)).toEqual(refused('token.key-twice', { token: long.slice(0, 120), key: 'city' }));
    expect(parseToken('x@1 show=all')).toEqual(
      refused('token.show-unknown', { show: 'all', known: ['value', 'numerator', 'denominator', 'percent'] }),
    );
  });
});

test('a figure is the same whichever side of it is shown, and another one as of another instant', () => {
  expect(figureKey(read('x@1 show=percent batches=2,1'))).toBe('{{x@1 batches=1,2}}');
  expect(figureKey(read('x@1 asOf=T show=percent'))).toBe('{{x@1 asOf=T}}');
});
