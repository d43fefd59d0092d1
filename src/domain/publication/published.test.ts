import { describe, expect, test } from 'vitest';
import { parseInstant, type Instant } from '../kernel/instant.ts';
import type { Act } from '../acts/act.ts';
import { decideInstants, decidePublish, publishedAt, publishedFigures, type PublishedFigures } from './published.ts';

const at = (text: string) => parseInstant(text) as Instant;
const released = (asOf: string, figures: readonly string[] | null = null): PublishedFigures => ({
  asOf: at(asOf),
  recordedAt: at(asOf),
  figures: figures === null ? null : new Set(figures),
});
const [july, august, september] = ['2019-07-28T18:00:00+08:00', '2019-08-05T18:00:00+08:00', '2019-09-01T18:00:00+08:00'] as const;
const now = at('2019-10-01T00:00:00Z');
const quote = (asOf: string, ...figures: string[]) => ({ asOf, figures: figures.length === 0 ? ['clearance.rate'] : figures });

describe('instants that a bulletin quotes', () => {
  test('are published with it, in order, and one that is public is not published again', () => {
    expect(decideInstants([], [quote(august), quote(july)], now)).toEqual([july, august]);
    expect(decideInstants([released(july)], [quote(july), quote(august)], now)).toEqual([august]);
    expect(decideInstants([released(july), released(august)], [quote('2019-08-05T10:00:00Z')], now)).toEqual([]);
  });

  test('cannot lie before the last release unless they were published then, with what is quoted', () => {
    expect(decideInstants([released(august)], [quote(july)], now)).toMatchObject({
      code: 'bulletin.instant-passed',
      details: { asOf: july },
    });
    expect(decideInstants([released(august, ['clearance.rate'])], [quote(august, 'clearance.rate', 'fines.total')], now)).toMatchObject({
      code: 'bulletin.instant-passed',
    });
    expect(decideInstants([released(july)], [quote(september)], at('2019-08-06T00:00:00Z'))).toMatchObject({ code: 'publication.future' });
  });
});

describe('what was published', () => {
  const stream = (...acts: readonly (readonly [string, object, string])[]) =>
    acts.map(
      ([kind, payload, recorded], i) => ({ id: `${recorded}${i}`, seq: i + 1, kind, payload, recordedAt: at(recorded) }) as unknown as Act,
    );
  const release = (asOf: string, recorded: string, figures?: readonly string[]) =>
    ['FiguresPublished', figures === undefined ? { asOf } : { asOf, figures }, recorded] as const;

  test('is each instant once, ascending, with all that was released of it and since when', () => {
    const streams = [
      stream(release(september, '2019-09-02T00:00:00Z')),
      stream(release(july, '2019-08-03T00:00:00Z', ['a', 'b'])),
      stream(release(july, '2019-08-02T00:00:00Z', ['b', 'c'])),
      stream(['CasePublished', { no: '1' }, '2019-08-02T00:00:00Z']),
      stream(release('never', '2019-08-02T00:00:00Z')),
    ];
    expect(publishedFigures(streams)).toEqual([
      { asOf: at(july), recordedAt: at('2019-08-02T00:00:00Z'), figures: new Set(['a', 'b', 'c']) },
      { asOf: at(september), recordedAt: at('2019-09-02T00:00:00Z'), figures: null },
    ]);
    expect(publishedFigures([...streams].reverse())).toEqual(publishedFigures(streams));
  });

  test('is everything once everything was released, whichever came first', () => {
    const [some, whole] = [stream(release(july, '2019-08-02T00:00:00Z', ['a'])), stream(release(july, '2019-08-03T00:00:00Z'))];
    for (const list of [
      [some, whole],
      [whole, some],
    ])
      expect(publishedFigures(list)).toEqual([{ asOf: at(july), recordedAt: at('2019-08-02T00:00:00Z'), figures: null }]);
  });

  test('is nothing once it was withdrawn', () => {
    const withdrawn = stream(release(july, '2019-08-02T00:00:00Z'), ['PublicationWithdrawn', { reason: 'r' }, '2019-08-03T00:00:00Z']);
    expect(publishedFigures([withdrawn])).toEqual([]);
    const followed = stream(release(july, '2019-08-02T00:00:00Z'), ['CasePublished', { no: '1' }, '2019-08-03T00:00:00Z']);
    expect(publishedFigures([followed]).map((p) => p.asOf)).toEqual([at(july)]);
  });

  test('at an instant is the newest one that is not later', () => {
    const all = [released(july), released(august)];
    expect(publishedAt(all, at(july))).toBe(all[0]);
    expect(publishedAt(all, (at(august) - 1) as Instant)).toBe(all[0]);
    expect(publishedAt(all, at(september))).toBe(all[1]);
    expect(publishedAt(all, (at(july) - 1) as Instant)).toBeUndefined();
  });
});

test('figures are released forward only, and not before their time', () => {
  const decide = (asOf: string, all = [released(july), released(august)]) => decidePublish(all, at(asOf), asOf, at(september));
  expect(decide(september)).toBeUndefined();
  expect(decide('2019-09-01T18:00:00.001+08:00')).toEqual({
    refused: true,
    code: 'publication.future',
    details: { asOf: '2019-09-01T18:00:00.001+08:00' },
  });
  expect(decide(august)).toEqual({ refused: true, code: 'publication.not-later', details: { asOf: august } });
  expect(decide(july, [])).toBeUndefined();
  expect(decideInstants([], [quote('x'.repeat(70))], now)).toEqual({
    refused: true,
    code: 'asof.malformed',
    details: { value: 'x'.repeat(60) },
  });
  expect(decideInstants([released(august, ['a', 'b'])], [quote(august, 'a')], now)).toEqual([]);
});
