import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant } from '../../domain/kernel/instant.ts';
import { nodesAround, openBucket, treeNode } from './time-tree.ts';

const time = fc.integer({ min: Date.parse('1990-01-01T00:00:00Z'), max: Date.parse('2150-01-01T00:00:00Z') });
const length = fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 1, max: 10 ** 12 }));

describe('the tree over time', () => {
  test('has every interval around an instant at one of the nodes of that instant', () => {
    fc.assert(
      fc.property(time, length, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (from, long, share) => {
        const at = from + Math.floor(long * share);
        expect(nodesAround(instant(at))).toContain(treeNode(instant(from), instant(from + long)));
      }),
      { numRuns: 5000 },
    );
  });

  test('keeps those without an end apart, the later ones further below zero', () => {
    fc.assert(
      fc.property(time, time, (a, b) => {
        expect(treeNode(instant(a), null)).toBe(openBucket(instant(a)));
        expect(treeNode(instant(a), null)).toBeLessThan(0);
        if (a <= b) expect(openBucket(instant(a))).toBeGreaterThanOrEqual(openBucket(instant(b)));
      }),
    );
  });

  test('keeps an interval of a day off the nodes of another month', () => {
    const day = treeNode(instant(Date.parse('2019-08-05T01:00:00Z')), instant(Date.parse('2019-08-06T01:00:00Z')));
    expect(nodesAround(instant(Date.parse('2019-10-05T01:00:00Z')))).not.toContain(day);
  });
});
