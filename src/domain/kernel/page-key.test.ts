import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPageKey, writePageKey, type KeyPart } from './page-key.ts';

const id = '0198c5f0-0000-7000-8000-00000000000a';

describe('a page key', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 32_767 }), fc.integer({ min: -62_000_000_000_000, max: 253_000_000_000_000 }), (n, at) => {
        const key = { keys: [n, at], id };
        expect(readPageKey(writePageKey(key), ['small', 'instant'])).toEqual(key);
      }),
    );
    expect(readPageKey(`Infinity~${id}`, ['instant'])).toEqual({ keys: [Infinity], id });
  });

  test.each<[string, readonly KeyPart[]]>([
    ['', ['instant']],
    [id, ['instant']],
    [`5~${id}`, ['place', 'instant']],
    [`1~2~${id}`, ['instant']],
    [`999999999999999~${id}`, ['instant']],
    [`Infinity~${id}`, ['number']],
    [`-1~${id}`, ['number']],
    [`32768~5~${id}`, ['small', 'instant']],
    [`1000000~5~${id}`, ['place', 'instant']],
    [`1e3~${id}`, ['instant']],
    [`1~${'-'.repeat(36)}`, ['instant']],
    [`1~${id.toUpperCase()}`, ['instant']],
    [`1~${id}~`, ['instant']],
    [`1~${id}\n`, ['instant']],
  ])('%j is none for the order %j', (text, parts) => {
    expect(readPageKey(text, parts)).toBeUndefined();
  });
});
