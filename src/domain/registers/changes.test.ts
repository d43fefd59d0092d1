import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyChange, changedFields, compareRecord, type Known } from './changes.ts';
import type { RegisterItem } from './item.ts';

const few = fc.constantFrom('a', 'b', '');
const someDate = fc.constantFrom('2020-01-01', '2020-02-02');
const anItem = (key: string): fc.Arbitrary<RegisterItem> =>
  fc.record({
    key: fc.constant(key),
    register: fc.constant('r'),
    no: fc.constant(key),
    unit: few,
    unitKey: fc.option(few),
    place: fc.constantFrom(900100, 900200),
    lon: fc.option(fc.constantFrom(1, 2)),
    lat: fc.constant(null),
    aspect: fc.option(few),
    type: fc.option(few),
    state: fc.constantFrom('open', 'closed'),
    text: few,
    openedOn: fc.option(someDate),
    deadline: fc.option(someDate),
    steps: fc.uniqueArray(fc.record({ code: fc.constantFrom('x', 'y'), on: someDate }), { selector: (s) => s.code }),
    amounts: fc.dictionary(fc.constantFrom('m', 'n'), fc.constantFrom(0, 5)),
    flags: fc.uniqueArray(fc.constantFrom('f', 'g')),
    fields: fc.dictionary(fc.constantFrom('c', 'd'), few),
  });

const keys = ['1', '2', '3', '4'] as const;
const aSnapshot = fc
  .tuple(...keys.map((key) => fc.option(anItem(key))))
  .map((items) => new Map(items.flatMap((i) => (i === null ? [] : [[i.key, i] as const]))));

test('following the changes from one snapshot to the next gives the next, however many there are', () => {
  fc.assert(
    fc.property(fc.array(aSnapshot, { minLength: 1, maxLength: 5 }), fc.boolean(), (snapshots, full) => {
      const known = new Map<string, Known>();
      const seen = new Map<string, RegisterItem>();
      for (const snapshot of snapshots) {
        for (const key of keys) {
          const change = compareRecord(known.get(key), snapshot.get(key), full, new Set());
          if (change === null) continue;
          const after = applyChange(known.get(key), change);
          if (after !== undefined) known.set(key, after);
        }
        if (full) seen.clear();
        for (const [key, item] of snapshot) seen.set(key, item);
        const there = [...known].filter(([, k]) => !k.vanished).map(([key]) => key);
        expect(there.sort()).toEqual([...seen.keys()].sort());
        for (const [key, item] of seen) expect(changedFields(known.get(key)!.item, item)).toEqual([]);
      }
      // The same snapshot again changes nothing.
      const last = snapshots.at(-1)!;
      for (const key of keys) expect(compareRecord(known.get(key), last.get(key), full, new Set())).toBeNull();
    }),
    { numRuns: 300 },
  );
});

test('a change of nothing but correctable fields is a correction', () => {
  fc.assert(
    fc.property(
      anItem('1'),
      anItem('1'),
      fc.uniqueArray(fc.constantFrom('unit', 'place', 'state', 'step.x', 'amount.m', 'flag.f', 'field.c')),
      (a, c, list) => {
        const change = compareRecord({ item: a, vanished: false }, c, true, new Set(list));
        const changed = changedFields(a, c);
        if (changed.length === 0) expect(change).toBeNull();
        else expect(change).toMatchObject({ kind: changed.every((x) => new Set<string>(list).has(x)) ? 'corrected' : 'changed', changed });
      },
    ),
  );
});
