import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rfc6962Root } from '../../../test/support/rfc6962.ts';
import { diffTexts } from './diff.ts';
import { recordsRoot } from './merkle.ts';

describe('the root over the records of a figure', () => {
  test('is that of RFC 6962 over the sorted ids, whatever the order they come in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 70 }), (ids) => {
        const expected = rfc6962Root([...ids].sort());
        expect(recordsRoot(ids)).toBe(expected);
        expect(recordsRoot([...ids].reverse())).toBe(expected);
        if (ids.length > 0) expect(recordsRoot(ids.slice(1))).not.toBe(expected);
      }),
    );
  });
});

describe('what changed between two texts', () => {
  const texts = fc.string({ unit: fc.constantFrom('共', '个', '1', '2', ' ', 'ab', '\n', '%'), maxLength: 40 });
  test('gives back both of them', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const changes = diffTexts(a, b);
        const side = (not: string) =>
          changes
            .filter((c) => c.kind !== not)
            .map((c) => c.text)
            .join('');
        expect([side('new'), side('gone')]).toEqual([a, b]);
        if (a === b) expect(changes.every((c) => c.kind === 'same')).toBe(true);
      }),
    );
  });

  test('shows a number as a whole', () => {
    expect(diffTexts('共2,507个。', '共2,517个。')).toEqual([
      { kind: 'same', text: '共' },
      { kind: 'gone', text: '2,507' },
      { kind: 'new', text: '2,517' },
      { kind: 'same', text: '个。' },
    ]);
  });
});
