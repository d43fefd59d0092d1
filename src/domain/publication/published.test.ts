import { describe, expect, test } from 'vitest';
import { parseInstant, type Instant } from '../kernel/instant.ts';
import { decideInstants, type PublishedFigures } from './published.ts';

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
