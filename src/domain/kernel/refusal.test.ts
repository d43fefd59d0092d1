import { describe, expect, test } from 'vitest';
import { assertNever, isRefusal, refusalOf, refuse } from './refusal.ts';
import { says } from './says.ts';
import { uuidFrom } from './uuid.ts';

describe('a refusal', () => {
  test('is data: a code and the details that its words name', () => {
    expect(refuse('evidence.empty')).toEqual({ refused: true, code: 'evidence.empty', details: {} });
    expect(refuse('text.malformed', { field: 'plan.goal' })).toEqual({
      refused: true,
      code: 'text.malformed',
      details: { field: 'plan.goal' },
    });
    expect(refusalOf('lead.own', { more: 1 })).toEqual({ refused: true, code: 'lead.own', details: { more: 1 } });
  });

  test('is told from whatever else may come back', () => {
    expect(isRefusal(refuse('evidence.empty'))).toBe(true);
    for (const other of [undefined, null, true, 'refused', 7, [], {}, { refused: false }, { refused: 'true' }, () => ({ refused: true })])
      expect(isRefusal(other)).toBe(false);
    // A function that carries the mark is no data.
    expect(isRefusal(Object.assign(() => undefined, { refused: true }))).toBe(false);
  });

  test('says its words with the status that it is answered with', () => {
    expect(says(404, '没有。', 'None.')).toEqual({ status: 404, zh: '没有。', en: 'None.' });
  });
});

test('what no switch knows stops the program and is named', () => {
  expect(() => assertNever({ kind: 'Unheard' } as never)).toThrow('unexpected: {"kind":"Unheard"}');
});

describe('a UUID made of a hash', () => {
  const ff = new Uint8Array(32).fill(255);

  test('has the version 8 and the variant of RFC 9562, and else the bytes of the hash', () => {
    expect(uuidFrom(ff)).toBe('ffffffff-ffff-8fff-bfff-ffffffffffff');
    expect(uuidFrom(new Uint8Array(32))).toBe('00000000-0000-8000-8000-000000000000');
    expect(uuidFrom(Uint8Array.from({ length: 16 }, (_, i) => i * 17))).toBe('00112233-4455-8677-8899-aabbccddeeff');
  });

  test('leaves the hash as it was', () => {
    uuidFrom(ff);
    expect([...new Set(ff)]).toEqual([255]);
  });
});
