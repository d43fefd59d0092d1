import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameValues } from './same-values.ts';

describe('two forms hold the same', () => {
  test('whatever was never touched, emptied, or filled in another order', () => {
    expect(sameValues({ text: '', person: undefined, days: null, evidence: [] }, {})).toBe(true);
    expect(sameValues({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
  });

  test('not when a single thing was typed, a blank included', () => {
    for (const other of [{ a: 'x ' }, { a: 'X' }, { a: 'x', b: 0 }, { a: 'x', b: false }, { a: 'x', b: ' ' }, { a: 'x', e: [1] }, {}])
      expect(sameValues({ a: 'x' }, other), JSON.stringify(other)).toBe(false);
  });

  test('nor when files were chosen in another order: the order is told to the reader', () => {
    expect(sameValues({ evidence: ['a', 'b'] }, { evidence: ['b', 'a'] })).toBe(false);
  });

  test('a number and its text are two', () => {
    expect(sameValues({ days: 7 }, { days: '7' })).toBe(false);
  });

  test('a filter in which nothing is chosen is none', () => {
    expect(sameValues({ id: 'f', filter: { city: '' } }, { id: 'f', filter: {} })).toBe(true);
    expect(sameValues({ id: 'f', filter: { city: '', county: '1' } }, { id: 'f', filter: { county: '1' } })).toBe(true);
    expect(sameValues({ filter: { a: '1', b: '2' } }, { filter: { b: '2', a: '1' } })).toBe(true);
    expect(sameValues({ filter: { a: '1' } }, { filter: { a: '2' } })).toBe(false);
  });

  test('either way round', () => {
    const form = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.oneof(fc.string({ maxLength: 2 }), fc.constant(null), fc.integer({ min: 0, max: 2 })),
    );
    fc.assert(fc.property(form, form, (a, b) => sameValues(a, b) === sameValues(b, a)));
    fc.assert(fc.property(form, (a) => sameValues(a, { ...a, d: '' })));
  });
});
