import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { histories, play } from '../../../test/generators/problem-histories.ts';
import { recomputedLeaf } from '../../../test/support/leaf.ts';
import type { Act } from './act.ts';
import { canonicalJson, leafHash, leafText } from './leaf.ts';

const acts = histories.map((list) => play(list).office.acts).filter((list) => list.length > 0);
const texts = fc.string({ unit: 'grapheme', maxLength: 20 });

describe('the leaf hash of an act', () => {
  test('is SHA-256 over a zero byte and the canonical JSON of everything in the act', () => {
    fc.assert(
      fc.property(acts, texts, (list, name) => {
        for (const act of list.slice(0, 20)) {
          const named = { ...act, actor: { ...act.actor, name } } as Act;
          expect(leafHash(named)).toBe(recomputedLeaf(named));
          expect(JSON.parse(leafText(named))).toEqual(
            JSON.parse(
              canonicalize({
                ...named,
                happenedAt: new Date(act.happenedAt).toISOString(),
                recordedAt: new Date(act.recordedAt).toISOString(),
              }) as string,
            ),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  test('changes with any field', () => {
    fc.assert(
      fc.property(acts, fc.nat(), (list, n) => {
        const act = list[n % list.length] as Act;
        const others = [
          { ...act, id: '01900000-0000-7000-8000-ffffffffffff' },
          { ...act, campaign: 'another' },
          { ...act, stream: 'source' },
          { ...act, streamId: '01900000-0000-7000-8000-ffffffffffff' },
          { ...act, seq: act.seq + 1 },
          { ...act, kind: 'CaseFiled' },
          { ...act, schema: 2 },
          { ...act, payload: { ...act.payload, more: null } },
          { ...act, actor: { ...act.actor, id: 'someone' } },
          { ...act, actor: { ...act.actor, org: 'elsewhere' } },
          { ...act, actor: { ...act.actor, name: '' } },
          { ...act, happenedAt: act.happenedAt + 1 },
          { ...act, recordedAt: act.recordedAt + 1 },
        ] as Act[];
        expect(new Set([act, ...others].map(leafHash)).size).toBe(others.length + 1);
      }),
      { numRuns: 40 },
    );
  });

  test('does not depend on the order of the members', () => {
    expect(canonicalJson({ b: 1, a: [{ d: 1, c: 2 }] })).toBe('{"a":[{"c":2,"d":1}],"b":1}');
  });

  test('is refused to what JSON cannot hold', () => {
    expect(() => canonicalJson({ n: Number.NaN })).toThrow('NaN');
    expect(() => canonicalJson(undefined)).toThrow('no JSON form');
  });
});
