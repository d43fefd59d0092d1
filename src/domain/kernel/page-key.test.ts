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

describe('a part of a page key', () => {
  test.each<[KeyPart, number, number, number, number]>([
    // From the second day of the year 1, so that no offset leads out of it; a long number, six digits, and what a smallint holds.
    ['instant', Date.parse('0001-01-02T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z'), -1, 1],
    ['number', 0, 999_999_999_999_999, -1, 1],
    ['place', 0, 999_999, -1, 1],
    ['small', 0, 32_767, -1, 1],
  ])('of kind %s lies between %d and %d', (part, least, most, below, above) => {
    const read = (value: number) => readPageKey(`${value}~${id}`, [part])?.keys[0];
    expect([read(least), read(most)]).toEqual([least, most]);
    expect([read(least + below), read(most + above)]).toEqual([undefined, undefined]);
  });

  test('is whole digits, with a sign before them at most', () => {
    for (const text of ['', ' 5', '5 ', '+5', '--5', '5-', '0x5', '5.0', '1234567890123456', '-Infinity', 'NaN'])
      expect(readPageKey(`${text}~${id}`, ['number'])).toBeUndefined();
    expect(readPageKey(`-5~${id}`, ['instant'])).toEqual({ keys: [-5], id });
    expect(readPageKey(id, [])).toEqual({ keys: [], id });
    expect(readPageKey('', [])).toBeUndefined();
    expect(readPageKey(`x${id}`, [])).toBeUndefined();
  });

  test('that cannot be read spoils the key, whichever it is', () => {
    expect(readPageKey(`x~5~${id}`, ['instant', 'small'])).toBeUndefined();
    expect(readPageKey(`5~x~${id}`, ['instant', 'small'])).toBeUndefined();
  });
});

test('a page key is the values of the order and the id, told apart by tildes', () => {
  expect(writePageKey({ keys: [140_105, -5, Infinity], id })).toBe(`140105~-5~Infinity~${id}`);
});
