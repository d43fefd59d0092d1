import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { histories, play } from '../../../test/generators/problem-histories.ts';
import { streamKinds, type ActKind, type StreamKind } from './act.ts';
import { misplaced, streamRules, type Placing, type StreamRule } from './streams.ts';

const rules: [StreamKind, StreamRule][] = streamKinds.map((k) => [k, streamRules[k]]);
const at = (stream: StreamKind, kind: ActKind, happenedAt = 0): Placing => ({ stream, kind, happenedAt });

describe('an opening act', () => {
  test.each(rules.flatMap(([stream, rule]) => rule.opens.map((kind) => [stream, kind] as const)))(
    'of a %s (%s) needs an empty stream',
    (stream, kind) => {
      expect(misplaced(at(stream, kind), [])).toBeUndefined();
      for (const [other, rule] of rules) {
        const there = misplaced(at(stream, kind), [at(other, rule.opens[0] as ActKind)]);
        // Only the custody of evidence and an outside record go on with the kind of act that opened them.
        const goesOn = other === stream && (kind === 'EvidenceReceived' || kind === 'RecordAppeared');
        expect(there).toBe(goesOn ? undefined : kind === 'EvidenceReceived' || kind === 'RecordAppeared' ? 'foreign' : 'taken');
      }
    },
  );
});

describe('any other act', () => {
  test('needs a stream of its own kind that is open', () => {
    for (const [stream, rule] of rules) {
      for (const kind of rule.takes) {
        if (rule.opens.includes(kind)) continue;
        expect(misplaced(at(stream, kind), [])).toBe('unopened');
        for (const [other, otherRule] of rules) {
          const verdict = misplaced(at(stream, kind), [at(other, otherRule.opens[0] as ActKind)]);
          expect(verdict).toBe(other === stream ? undefined : 'foreign');
        }
      }
    }
  });

  test('does not stand under a kind of stream that does not take it', () => {
    expect(misplaced(at('problem', 'PenaltyRevoked'), [at('problem', 'ProblemFound')])).toBe('foreign');
    expect(misplaced(at('case', 'ProblemFound'), [])).toBe('foreign');
  });
});

describe('order of time', () => {
  test('an act that rests on others did not happen before any of them', () => {
    const before = [at('problem', 'ProblemFound', 10), at('problem', 'ProblemConfirmed', 30), at('problem', 'ProblemAssigned', 20)];
    expect(misplaced(at('problem', 'ProblemSupervised', 29), before)).toBe('early');
    expect(misplaced(at('problem', 'ProblemSupervised', 30), before)).toBeUndefined();
  });

  test('inspections, custody and records of registers are dated as they were', () => {
    expect(misplaced(at('source', 'InspectionCompleted', 1), [at('source', 'SourceRegistered', 9)])).toBeUndefined();
    expect(misplaced(at('record', 'RecordChanged', 1), [at('record', 'RecordAppeared', 9)])).toBeUndefined();
    expect(misplaced(at('evidence', 'EvidenceSealed', 1), [at('evidence', 'EvidenceReceived', 9)])).toBeUndefined();
  });
});

test('whatever the rules of a problem let through stands in its place', () => {
  fc.assert(
    fc.property(histories, (list) => {
      const acts = play(list).office.acts;
      const streams = Map.groupBy(acts, (a) => a.streamId);
      for (const stream of streams.values()) {
        stream.forEach((act, i) => {
          const verdict = misplaced(act, stream.slice(0, i));
          expect(verdict === undefined || verdict === 'early').toBe(true);
        });
      }
    }),
    { numRuns: 50 },
  );
});
